import { clipLeft, insetRing, isSimple, lerp, ringArea, ringCentroid, type Vec } from './plane.ts'
import type { Random } from './random.ts'
import type { MicroDraft } from './town.ts'

/** Old lane houses: the ground is parted into crooked plots, each nearly filled; some have a courtyard. */
export function buildLaneHouses(plotSquareMetres: number) {
  return (ring: Vec[], micro: MicroDraft, random: Random): void => {
    const usual = plotSquareMetres * random.pick([0.75, 0.9, 1, 1, 1.2, 2.1])
    for (const plot of part(ring, usual, random)) {
      if (random.chance(0.05)) continue
      const outer = insetRing(plot, new Array(plot.length).fill(random.between(0.18, 0.5)))
      if (!outer || ringArea(outer) < 28 || !isStout(outer)) continue
      const area = ringArea(outer)
      const yard = area > 120 && random.chance(0.65) ? courtyard(outer, random) : undefined
      const floors = random.pick([1, 2, 2, 2, 2, 3])
      const isShop = random.chance(0.06)
      micro.buildings.push({
        rings: yard ? [outer, yard] : [outer],
        use: isShop ? 'mixed' : 'residential',
        floors,
        heightMetres: floors * 3.2,
        households: Math.max(1, Math.round((area * floors) / 95)),
        name: null,
        address: null,
        role: 'house',
      })
    }
  }
}

function part(ring: Vec[], plotSquareMetres: number, random: Random): Vec[][] {
  const area = ringArea(ring)
  if (ring.length < 3 || area < 25) return []
  if (area < plotSquareMetres * random.between(0.9, 1.9)) return [ring]
  const { along, length } = longAxis(ring)
  if (length < 9) return [ring]
  const share = random.between(0.4, 0.6)
  const us = ring.map(([x, y]) => x * along[0] + y * along[1])
  const at = Math.min(...us) + (Math.max(...us) - Math.min(...us)) * share
  const middle = ringCentroid(ring)
  const off = at - (middle[0] * along[0] + middle[1] * along[1])
  const p: Vec = [middle[0] + along[0] * off, middle[1] + along[1] * off]
  const turn = random.between(-0.06, 0.06)
  const d: Vec = [-along[1] + along[0] * turn, along[0] + along[1] * turn]
  return [clipLeft(ring, p, d), clipLeft(ring, p, [-d[0], -d[1]])]
    .filter((half) => half.length > 2 && isSimple(half))
    .flatMap((half) => part(half, plotSquareMetres, random))
}

/** Direction of the longest side, or across it, whichever way the ring extends farther. */
function longAxis(ring: readonly Vec[]): { along: Vec; length: number } {
  let best: Vec = [1, 0]
  let longest = 0
  ring.forEach((a, i) => {
    const b = ring[(i + 1) % ring.length]!
    const length = Math.hypot(b[0] - a[0], b[1] - a[1])
    if (length > longest) {
      longest = length
      best = [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
    }
  })
  const spread = ([dx, dy]: Vec) => {
    const us = ring.map(([x, y]) => x * dx + y * dy)
    return Math.max(...us) - Math.min(...us)
  }
  const across: Vec = [-best[1], best[0]]
  const [one, other] = [spread(best), spread(across)]
  return one >= other ? { along: best, length: one } : { along: across, length: other }
}

/** No slivers: a house is at least about four metres deep. */
const isStout = (ring: readonly Vec[]) => {
  const perimeter = ring.reduce((sum, a, i) => {
    const b = ring[(i + 1) % ring.length]!
    return sum + Math.hypot(b[0] - a[0], b[1] - a[1])
  }, 0)
  return (2 * ringArea(ring)) / perimeter > 1.9
}

function courtyard(outer: readonly Vec[], random: Random): Vec[] | undefined {
  const inner = insetRing(outer, new Array(outer.length).fill(random.between(3.1, 4.2)))
  if (!inner || ringArea(inner) < 12) return undefined
  const middle = ringCentroid(inner)
  return inner.map((p) => lerp(p, middle, 0.05))
}
