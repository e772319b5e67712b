import type { LngLat } from '../shared/geojson.ts'

export interface NetworkFigures {
  segments: number
  kilometres: number
  walkableKilometres: number
  /** Connected parts of the walkable network. */
  components: number
  /** Share of the walkable length that the longest part holds, 0–1; 0 without walkable roads. */
  largestShare: number
}

/** Figures of a noded network: segments are joined where their end coordinates are equal. Degrees in, km out. */
export function measureNetwork(
  segments: Iterable<{ coordinates: LngLat[]; walkable: boolean }>,
): NetworkFigures {
  const parent = new Map<string, string>()
  const root = (key: string): string => {
    let at = key
    while (parent.get(at) !== at) {
      parent.set(at, parent.get(parent.get(at)!)!)
      at = parent.get(at)!
    }
    return at
  }
  const walkable: { end: string; metres: number }[] = []
  let count = 0
  let metres = 0
  for (const segment of segments) {
    count++
    const length = lengthMetres(segment.coordinates)
    metres += length
    if (!segment.walkable) continue
    const [from, to] = [String(segment.coordinates[0]), String(segment.coordinates.at(-1))]
    for (const end of [from, to]) if (!parent.has(end)) parent.set(end, end)
    parent.set(root(from), root(to))
    walkable.push({ end: from, metres: length })
  }
  const lengths = new Map<string, number>()
  let walkableMetres = 0
  for (const { end, metres: length } of walkable) {
    walkableMetres += length
    lengths.set(root(end), (lengths.get(root(end)) ?? 0) + length)
  }
  const largest = [...lengths.values()].reduce((a, b) => Math.max(a, b), 0)
  return {
    segments: count,
    kilometres: metres / 1000,
    walkableKilometres: walkableMetres / 1000,
    components: lengths.size,
    largestShare: walkableMetres > 0 ? largest / walkableMetres : 0,
  }
}

const SEMI_MAJOR = 6_378_137
const ECCENTRICITY_SQUARED = 0.006_694_379_990_14

/** Metres on WGS 84, from the radii of curvature at each stretch: right to a millimetre for streets. */
function lengthMetres(coordinates: LngLat[]): number {
  let sum = 0
  for (let i = 1; i < coordinates.length; i++) {
    const [fromLng, fromLat] = coordinates[i - 1]!
    const [toLng, toLat] = coordinates[i]!
    const latitude = (((fromLat + toLat) / 2) * Math.PI) / 180
    const w = 1 - ECCENTRICITY_SQUARED * Math.sin(latitude) ** 2
    const north =
      (((toLat - fromLat) * Math.PI) / 180) * ((SEMI_MAJOR * (1 - ECCENTRICITY_SQUARED)) / w ** 1.5)
    const east = (((toLng - fromLng) * Math.PI) / 180) * (SEMI_MAJOR / Math.sqrt(w)) * Math.cos(latitude)
    sum += Math.hypot(north, east)
  }
  return sum
}
