import type { Ring } from '../../shared/geojson.ts'

/** Bands of latitude into which the sides of polygons are sorted. */
const BANDS = 2048

/**
 * The polygon that holds each place, or, where none does, one `nearDegrees` beside it; −1: none. Polygons do not overlap;
 * a side that many bands share is looked at in each. Even-odd rule, so holes are no part.
 */
export function assignToPolygons(
  polygons: readonly Ring[][],
  places: { lng: ArrayLike<number>; lat: ArrayLike<number> },
  nearDegrees: readonly [lng: number, lat: number],
): Int32Array {
  const assigned = new Int32Array(places.lng.length).fill(-1)
  const holder = findHolder(polygons)
  if (!holder) return assigned
  const [dx, dy] = nearDegrees
  for (let place = 0; place < assigned.length; place++) {
    const [lng, lat] = [places.lng[place]!, places.lat[place]!]
    let found = holder(lng, lat)
    for (const [x, y] of AROUND) {
      if (found >= 0) break
      found = holder(lng + x * dx, lat + y * dy)
    }
    assigned[place] = found
  }
  return assigned
}

const AROUND = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [0.7, 0.7],
  [-0.7, 0.7],
  [0.7, -0.7],
  [-0.7, -0.7],
] as const

/** undefined: there is no side at all. */
function findHolder(polygons: readonly Ring[][]): ((lng: number, lat: number) => number) | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const ring of polygons.flat())
    for (const [, lat] of ring) {
      low = Math.min(low, lat)
      high = Math.max(high, lat)
    }
  if (!(high > low)) return undefined
  const bandOf = (lat: number) => Math.min(BANDS - 1, Math.floor(((lat - low) / (high - low)) * BANDS))
  /** By band: polygon and both ends of each side, five numbers. */
  const bands: number[][] = Array.from({ length: BANDS }, () => [])
  for (const [polygon, rings] of polygons.entries())
    for (const ring of rings)
      for (let i = 1; i < ring.length; i++) {
        const [[ax, ay], [bx, by]] = [ring[i - 1]!, ring[i]!]
        if (ay === by) continue
        const last = bandOf(Math.max(ay, by))
        for (let band = bandOf(Math.min(ay, by)); band <= last; band++)
          bands[band]!.push(polygon, ax, ay, bx, by)
      }
  const isOdd = new Set<number>()
  return (lng, lat) => {
    if (!(lat >= low && lat <= high)) return -1
    isOdd.clear()
    const sides = bands[bandOf(lat)]!
    for (let at = 0; at < sides.length; at += 5) {
      const [polygon, ax, ay, bx, by] = [
        sides[at]!,
        sides[at + 1]!,
        sides[at + 2]!,
        sides[at + 3]!,
        sides[at + 4]!,
      ]
      if (ay > lat === by > lat || ax + ((lat - ay) / (by - ay)) * (bx - ax) <= lng) continue
      if (!isOdd.delete(polygon)) isOdd.add(polygon)
    }
    return isOdd.values().next().value ?? -1
  }
}
