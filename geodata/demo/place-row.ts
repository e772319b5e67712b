import { type Estate, type EstateStyle, type Plot, SECTION_METRES } from './estate.ts'
import { place, rectangle, slab, tower } from './footprints.ts'
import { type Frame, toWorld } from './plane.ts'
import type { MicroDraft } from './town.ts'
import type { Yard } from './yard.ts'

/** Slabs or towers along one row, wherever the yard leaves room. */
export function placeRow({ frame, bounds, style }: Estate, { yard, micro }: Plot, v: number): void {
  const step = 1.5
  let start: number | undefined
  for (let u = bounds.west; u <= bounds.east + step; u += step) {
    const slice = [-0.5, -0.25, 0, 0.25, 0.5].map((k) => toWorld(frame, [u, v + style.depth * k]))
    const isFree = u <= bounds.east && slice.every(yard.isFree)
    if (isFree && start === undefined) start = u
    if (!isFree && start !== undefined) {
      fillRun(yard, start, u - step, v, frame, style, micro)
      start = undefined
    }
  }
}

function fillRun(
  yard: Yard,
  from: number,
  to: number,
  v: number,
  frame: Frame,
  style: EstateStyle,
  micro: MicroDraft,
) {
  const pieces = divideRun(to - from, style)
  const used = pieces.reduce((sum, { length }) => sum + length, 0)
  const gap = pieces.length > 1 ? Math.min(style.gap * 1.6, (to - from - used) / (pieces.length - 1)) : 0
  let u = from + (to - from - used - gap * (pieces.length - 1)) / 2
  for (const { length, sections } of pieces) {
    const at: Frame = { origin: toWorld(frame, [u + length / 2, v]), angle: frame.angle }
    u += length + gap
    if (!yard.fits(place(rectangle(length, style.depth), at), 4)) continue
    yard.take(place(rectangle(length, style.depth), at))
    const shape = sections === 0 ? tower(length, style.depth) : slab(length, style.depth, sections)
    micro.buildings.push({
      rings: [place(shape, at)],
      use: 'residential',
      floors: style.floors,
      heightMetres: 0,
      households: Math.max(1, sections),
      name: null,
      address: null,
      role: sections === 0 ? 'tower' : 'slab',
    })
  }
}

/** Buildings that fill a run of so many metres; sections are 13 to 17 metres long so that no stump is left over. */
function divideRun(width: number, style: EstateStyle): { length: number; sections: number }[] {
  if (style.sections === 0) {
    return new Array(Math.floor((width + style.gap) / (26 + style.gap))).fill({ length: 26, sections: 0 })
  }
  const longest = style.sections * SECTION_METRES
  const count = Math.max(1, Math.round((width + style.gap) / (longest + style.gap)))
  const room = width - (count - 1) * style.gap
  const sections = Math.min(style.sections * count, Math.round(room / SECTION_METRES))
  if (sections < 2) return room > 17 ? [{ length: Math.min(room, 19), sections: 1 }] : []
  const each = Math.min(17, room / sections)
  return Array.from({ length: count }, (_, i) => {
    const own = Math.floor((sections * (i + 1)) / count) - Math.floor((sections * i) / count)
    return { length: own * each, sections: own }
  }).filter((piece) => piece.sections > 0)
}
