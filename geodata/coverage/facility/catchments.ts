import { alongEdge, StreetSearch } from '../../network/street-search.ts'
import type { SnappedPoint, Streets } from '../../network/walk-graph.ts'

/** How much a way counts: fading to nothing at the limit, or in three rings. */
export const CATCHMENT_WEIGHTS = ['gaussian', 'steps'] as const
export type CatchmentWeights = (typeof CATCHMENT_WEIGHTS)[number]

const E_HALF = Math.exp(-0.5)

/**
 * Of a way of so many metres, 0 to 1; 0 beyond the limit. `gaussian`: (e^(−½(d/L)²) − e^(−½)) / (1 − e^(−½)), 1 at the
 * door and 0 at the limit (Dai 2010). `steps`: 1, 0.68 and 0.22 in equal thirds of the limit (Luo & Qi 2009).
 */
export function catchmentWeight(weights: CatchmentWeights, metres: number, limitMetres: number): number {
  if (!(metres <= limitMetres)) return 0
  if (limitMetres === 0) return 1
  const share = metres / limitMetres
  if (weights === 'steps') return share <= 1 / 3 ? 1 : share <= 2 / 3 ? 0.68 : 0.22
  return (Math.exp(-0.5 * share * share) - E_HALF) / (1 - E_HALF)
}

export interface Catchments {
  /** By place: how many facilities reach it. */
  reachedBy: Int32Array
  /** By place: Σ R_j W(d_ij), in units of supply for one of demand. */
  accessibility: Float64Array
  /** By facility: S_j / Σ P_k W(d_kj); NaN where nobody in reach asks for it. */
  ratio: Float64Array
  /** By facility: places in reach. */
  reached: Int32Array
}

/**
 * Who reaches whom within a limit, and the enhanced two-step floating catchment area (Luo & Qi 2009): R_j = S_j / Σ P_k
 * W(d_kj), A_i = Σ R_j W(d_ij); so Σ P_i A_i = Σ S_j over the facilities that somebody asks for. A bounded search from
 * each facility. `places`: undefined where no street is near. `demand`: NaN (not known) counts as none.
 */
export function catchments(
  streets: Streets,
  facilities: readonly (SnappedPoint | undefined)[],
  supply: Float64Array,
  places: readonly (SnappedPoint | undefined)[],
  demand: Float64Array,
  { limitMetres, weights }: { limitMetres: number; weights: CatchmentWeights },
): Catchments {
  const found: Catchments = {
    reachedBy: new Int32Array(places.length),
    accessibility: new Float64Array(places.length),
    ratio: new Float64Array(facilities.length).fill(Number.NaN),
    reached: new Int32Array(facilities.length),
  }
  const onEdge = placesByEdge(streets.edgeCount, places)
  const search = new StreetSearch(streets)
  const seen = new Int32Array(streets.edgeCount).fill(-1)
  const { edgeFrom, edgeTo, edgeMetres, linkStart, linkEdge } = streets
  const inReach: number[] = []
  const ways: number[] = []
  for (const [j, facility] of facilities.entries()) {
    if (!facility) continue
    search.clear()
    search.startAt(facility, facility.distanceMetres)
    while (search.settledMetres <= limitMetres && search.settle() >= 0);
    inReach.length = 0
    ways.length = 0
    const look = (edge: number) => {
      if (seen[edge] === j) return
      seen[edge] = j
      for (let at = onEdge.start[edge]!; at < onEdge.start[edge + 1]!; at++) {
        const place = onEdge.places[at]!
        const { fraction, distanceMetres } = places[place]!
        const along = fraction * edgeMetres[edge]!
        const metres =
          distanceMetres +
          Math.min(
            search.metres[edgeFrom[edge]!]! + along,
            search.metres[edgeTo[edge]!]! + edgeMetres[edge]! - along,
            facility.distanceMetres + alongEdge(streets, facility, places[place]!),
          )
        if (metres > limitMetres) continue
        inReach.push(place)
        ways.push(metres)
      }
    }
    look(facility.edge)
    for (let i = 0; i < search.metCount; i++) {
      const node = search.met[i]!
      if (search.metres[node]! > limitMetres) continue
      for (let link = linkStart[node]!; link < linkStart[node + 1]!; link++) look(linkEdge[link]!)
    }
    found.reached[j] = inReach.length
    let asked = 0
    for (const [i, place] of inReach.entries()) {
      found.reachedBy[place]!++
      asked += (demand[place]! || 0) * catchmentWeight(weights, ways[i]!, limitMetres)
    }
    if (!(asked > 0)) continue
    found.ratio[j] = supply[j]! / asked
    for (const [i, place] of inReach.entries())
      found.accessibility[place]! += found.ratio[j]! * catchmentWeight(weights, ways[i]!, limitMetres)
  }
  return found
}

/** Places by the edge they stand at, in compressed rows. */
function placesByEdge(
  edgeCount: number,
  places: readonly (SnappedPoint | undefined)[],
): { start: Int32Array; places: Int32Array } {
  const start = new Int32Array(edgeCount + 1)
  for (const place of places) if (place) start[place.edge + 1]!++
  for (let edge = 0; edge < edgeCount; edge++) start[edge + 1]! += start[edge]!
  const sorted = new Int32Array(start[edgeCount]!)
  const next = start.slice()
  for (const [index, place] of places.entries()) if (place) sorted[next[place.edge]!++] = index
  return { start, places: sorted }
}
