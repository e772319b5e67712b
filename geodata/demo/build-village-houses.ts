import { ell, place, rectangle } from './footprints.ts'
import { type Frame, lerp, ringCentroid, toLocal, toWorld, unit, type Vec } from './plane.ts'
import type { Random } from './random.ts'
import type { BuildingDraft, MicroDraft } from './town.ts'
import { createYard, type Yard } from './yard.ts'

/** Self-built houses of three or four floors, a step apart, in crooked rows; now and then a low annexe. */
export function buildVillageHouses(ring: Vec[], micro: MicroDraft, random: Random): void {
  const yard = createYard([ring], [])
  const tilt = facing(ring)
  const frame = { origin: ringCentroid(ring), angle: tilt }
  const local = ring.map((p) => toLocal(frame, p))
  const us = local.map((p) => p[0])
  const vs = local.map((p) => p[1])
  const pitch = random.between(12.4, 14)
  for (let v = Math.min(...vs) + 6; v < Math.max(...vs) - 4; v += pitch) {
    let u = Math.min(...us) + random.between(5, 7)
    while (u < Math.max(...us) - 4) {
      const [width, depth] = [random.between(9, 12.5), random.between(9.5, 12)]
      const at = {
        origin: toWorld(frame, [u + width / 2 - 5, v + random.between(-0.8, 0.8)]),
        angle: tilt + random.between(-0.05, 0.05),
      }
      const ground = place(rectangle(width, depth), at)
      if (!yard.fits(ground, random.between(0.9, 1.6))) {
        u += 1.2
        continue
      }
      yard.take(ground)
      u += width + random.between(1, 2.6)
      if (random.chance(0.03)) continue
      micro.buildings.push(house(width, depth, at, random))
    }
  }
  fillGaps(ring, yard, micro, random)
}

/** Later houses, squeezed in where there was room, each turned as it pleased its builder. */
function fillGaps(ring: readonly Vec[], yard: Yard, micro: MicroDraft, random: Random) {
  for (let attempt = 0; attempt < 130; attempt++) {
    const [a, b] = [random.pick(ring), random.pick(ring)]
    const origin = lerp(lerp(a, b, random.next()), ringCentroid(ring), random.between(0, 0.5))
    const [width, depth] = [random.between(6.8, 9.5), random.between(7.5, 10.5)]
    const at: Frame = { origin, angle: facing(ring) + random.between(-0.2, 0.2) }
    const ground = place(rectangle(width, depth), at)
    if (!yard.fits(ground, 1.1)) continue
    yard.take(ground)
    micro.buildings.push(house(width, depth, at, random))
  }
}

function house(width: number, depth: number, at: Frame, random: Random): BuildingDraft {
  const floors = random.pick([2, 3, 3, 3, 4, 4])
  const shape = random.chance(0.22) ? ell(width, depth, random.between(5, 6.5)) : rectangle(width, depth)
  return {
    rings: [place(shape, at)],
    use: random.chance(0.07) ? 'mixed' : 'residential',
    floors,
    heightMetres: Math.round(floors * 32) / 10,
    households: Math.max(1, floors - random.int(0, 1)),
    name: null,
    address: null,
    role: 'house',
  }
}

/** The direction of the longest side, turned by quarters until it is nearest to east: houses face the south. */
function facing(ring: readonly Vec[]): number {
  let longest = 0
  let angle = 0
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    if (length <= longest) return
    longest = length
    const [x, y] = unit(a, b)
    angle = Math.atan2(y, x)
  })
  return angle - Math.round(angle / (Math.PI / 2)) * (Math.PI / 2)
}
