import type { Map as MapLibreMap } from 'maplibre-gl'
import type { DueSite } from '../../../geodata/patrols/due.schema.ts'
import { putImage } from '../../map/draw-image.ts'
import { type Scheme, TEAM_HUES, TOKENS } from '../../ui/tokens.ts'

/** Steps in which a ring empties as the limit nears. */
export const RING_STEPS = 8

/** The part of its interval that a site has left at a moment, 0 to 1. */
export function shareLeft(site: Pick<DueSite, 'limitAt' | 'intervalMinutes'>, at: string): number {
  const left = (Date.parse(site.limitAt) - Date.parse(at)) / (site.intervalMinutes * 60_000)
  return Math.max(0, Math.min(1, left))
}

/** The image of a site: a ring that empties, a disc once it is overdue, a question mark where nobody ever was. */
export function ringOf(site: Pick<DueSite, 'state' | 'limitAt' | 'intervalMinutes'>, at: string): string {
  if (site.state === 'overdue' || site.state === 'never') return `patrol-ring-${site.state}`
  return `patrol-ring-${site.state}-${Math.ceil(shareLeft(site, at) * RING_STEPS)}`
}

export const arrowOf = (hue: number) => `patrol-arrow-${hue}`
/** Colours repeat beyond their number. */
export const hueOf = (place: number) => Math.max(0, place) % TEAM_HUES.dark.length

const RADIUS = 7
const WIDTH = 3
const SIZE = 24

export function drawPlanSymbols(map: MapLibreMap, scheme: Scheme): void {
  const tokens = TOKENS[scheme]
  /** `isFull`: the mark stands on the colour; else on the panel, and the ring is whole. */
  const ring = (name: string, colour: string, share: number, mark = '', isFull = false) =>
    putImage(map, name, {
      size: SIZE,
      draw(context) {
        const middle = SIZE / 2
        context.beginPath()
        context.arc(middle, middle, RADIUS + WIDTH / 2 + 1.2, 0, Math.PI * 2)
        context.fillStyle = tokens.halo
        context.fill()
        context.beginPath()
        context.arc(middle, middle, RADIUS + WIDTH / 2, 0, Math.PI * 2)
        context.fillStyle = isFull ? colour : tokens.panel
        context.fill()
        context.lineWidth = 1
        context.strokeStyle = colour
        context.stroke()
        if (share > 0) {
          context.beginPath()
          context.arc(middle, middle, RADIUS, -Math.PI / 2, -Math.PI / 2 + Math.PI * 2 * share)
          context.lineWidth = WIDTH
          context.stroke()
        }
        if (!mark) return
        context.font = `700 ${isFull ? 12 : 10}px 'Inter Variable', sans-serif`
        context.textAlign = 'center'
        context.textBaseline = 'middle'
        context.fillStyle = isFull ? tokens.onColour : colour
        context.fillText(mark, middle, middle + 0.5)
      },
    })
  for (let step = 0; step <= RING_STEPS; step++) {
    ring(`patrol-ring-due-${step}`, tokens.due, step / RING_STEPS)
    ring(`patrol-ring-later-${step}`, tokens.info, step / RING_STEPS)
  }
  ring('patrol-ring-overdue', tokens.critical, 0, '!', true)
  ring('patrol-ring-never', tokens.critical, 1, '?')
  for (const [hue, colour] of TEAM_HUES[scheme].entries())
    putImage(map, arrowOf(hue), {
      size: 14,
      draw(context, size) {
        const middle = size / 2
        context.beginPath()
        context.moveTo(middle - 3.5, middle - 5)
        context.lineTo(middle + 5, middle)
        context.lineTo(middle - 3.5, middle + 5)
        context.closePath()
        context.lineJoin = 'round'
        context.lineWidth = 2.5
        context.strokeStyle = tokens.halo
        context.stroke()
        context.fillStyle = colour
        context.fill()
      },
    })
}
