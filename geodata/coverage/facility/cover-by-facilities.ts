import { serviceArea } from '../../network/service-area.ts'
import { snap } from '../../network/snap.ts'
import { sourcesByEdge, type TwoNearest, twoNearest, twoNearestTo } from '../../network/two-nearest.ts'
import type { SnappedPoint, Streets } from '../../network/walk-graph.ts'
import type { Bbox, LngLat } from '../../shared/geojson.ts'
import { type Catchments, type CatchmentWeights, catchments } from './catchments.ts'
import { type ReachArea, reachAreas, straightAreas } from './reach-areas.ts'
import { type ReachedSpans, toSpans } from './street-runs.ts'
import { withinStraight } from './within-straight.ts'

export interface Places {
  /** Degrees. */
  lng: Float64Array
  lat: Float64Array
}

export interface CoverQuestion {
  streets: Streets
  /** `supply`: what each can serve. */
  facilities: Places & { supply: Float64Array }
  /** `demand`: NaN where nobody knows. */
  buildings: Places & { demand: Float64Array }
  /** Where areas are drawn; undefined: nowhere. Does not cross the antimeridian. */
  bbox: Bbox | undefined
  limitMetres: number
  /** Further distances whose areas are drawn. */
  bandMetres: readonly number[]
  /** How far from a street a place may be, straight. */
  accessMetres: number
  weights: CatchmentWeights
  /** Whether circles are drawn, too, to compare with. */
  straight: boolean
}

export interface CoverAnswer extends Catchments {
  /** By facility: where it stands on the streets; undefined: no street is near enough. */
  sources: (SnappedPoint | undefined)[]
  /** By node, for places that are asked for later; the numbers are those of the facilities that stand on streets. */
  labels: TwoNearest
  /** By building: facilities by their number, −1 and Infinity where there is none. */
  nearest: TwoNearest
  /** By building: 1 where no street is near enough. */
  isOffStreet: Uint8Array
  /** By building: 1 where a facility is within the limit as the crow flies. */
  isNearStraight: Uint8Array
  streets: ReachedSpans
  /** By distance, ascending: bands and limit. */
  areas: ReachArea[]
  straightArea: ReachArea | undefined
  stepMetres: number
}

/** How many snaps are made between two words on progress. */
const SOME = 500

/**
 * Everything about coverage by facilities that takes long. Distances are those of geodata/network with the straight ways
 * at both ends. Facilities without a street near them serve nobody.
 */
export function coverByFacilities(
  question: CoverQuestion,
  progress: (share: number, stage: string) => void = () => {},
): CoverAnswer {
  const { streets, facilities, buildings, limitMetres, accessMetres, weights, bbox } = question
  const places: (SnappedPoint | undefined)[] = []
  for (let i = 0; i < buildings.lng.length; i++) {
    if (i % SOME === 0) progress((0.4 * i) / buildings.lng.length, 'snapping')
    places.push(snap(streets, placeAt(buildings, i), accessMetres))
  }
  const sources = Array.from(facilities.lng, (_, i) => snap(streets, placeAt(facilities, i), accessMetres))
  const standing = sources.flatMap((at) => at ?? [])
  const facilityOf = Int32Array.from(sources.flatMap((at, number) => (at ? [number] : [])))

  progress(0.45, 'walking')
  const labels = twoNearest(streets, standing)
  const byEdge = sourcesByEdge(standing)
  const nearest = pairsOf(places.length)
  for (const [i, place] of places.entries()) {
    if (!place) continue
    const { first, firstMetres, second, secondMetres } = twoNearestTo(
      streets,
      labels,
      place,
      standing,
      byEdge,
    )
    nearest.first[i] = first < 0 ? -1 : facilityOf[first]!
    nearest.second[i] = second < 0 ? -1 : facilityOf[second]!
    nearest.firstMetres[i] = firstMetres
    nearest.secondMetres[i] = secondMetres
  }

  progress(0.5, 'sharing')
  const shared = catchments(streets, sources, facilities.supply, places, buildings.demand, {
    limitMetres,
    weights,
  })
  const reached = serviceArea(streets, standing, limitMetres)

  progress(0.7, 'drawing')
  const distances = [...new Set([...question.bandMetres, limitMetres])].sort((a, b) => a - b)
  const drawn = bbox
    ? reachAreas(streets, labels, standing, byEdge, { bbox, distances, accessMetres })
    : { areas: [], stepMetres: 0 }
  const sites = Array.from(facilities.lng, (_, i) => placeAt(facilities, i))
  return {
    ...shared,
    sources,
    labels,
    nearest,
    isOffStreet: Uint8Array.from(places, (at) => (at ? 0 : 1)),
    isNearStraight: withinStraight(buildings, sites, limitMetres),
    streets: toSpans(reached),
    areas: drawn.areas,
    straightArea: question.straight && bbox ? straightAreas(sites, bbox, limitMetres) : undefined,
    stepMetres: drawn.stepMetres,
  }
}

const placeAt = ({ lng, lat }: Places, i: number): LngLat => [lng[i]!, lat[i]!]

const pairsOf = (length: number): TwoNearest => ({
  first: new Int32Array(length).fill(-1),
  firstMetres: new Float64Array(length).fill(Number.POSITIVE_INFINITY),
  second: new Int32Array(length).fill(-1),
  secondMetres: new Float64Array(length).fill(Number.POSITIVE_INFINITY),
})
