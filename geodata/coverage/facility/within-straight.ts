import { segmentMetres } from '../../network/segment-metres.ts'
import type { LngLat } from '../../shared/geojson.ts'

/** Degrees of latitude that a metre is at most, anywhere. */
const DEGREES_PER_METRE = 1 / 110_000

/** By place: 1 where one of the sites is within some metres, straight. Sites are sorted by latitude and looked through in a band. */
export function withinStraight(
  places: { lng: ArrayLike<number>; lat: ArrayLike<number> },
  sites: readonly LngLat[],
  metres: number,
): Uint8Array {
  const sorted = [...sites].sort((a, b) => a[1] - b[1])
  const reach = metres * DEGREES_PER_METRE
  return Uint8Array.from({ length: places.lng.length }, (_, place) => {
    const [lng, lat] = [places.lng[place]!, places.lat[place]!]
    const wide = reach / Math.max(0.01, Math.cos((lat * Math.PI) / 180))
    for (let at = firstNotBelow(sorted, lat - reach); at < sorted.length; at++) {
      const site = sorted[at]!
      if (site[1] > lat + reach) break
      if (Math.abs(site[0] - lng) <= wide && segmentMetres(lng, lat, ...site) <= metres) return 1
    }
    return 0
  })
}

function firstNotBelow(sorted: readonly LngLat[], lat: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]![1] < lat) low = middle + 1
    else high = middle
  }
  return low
}
