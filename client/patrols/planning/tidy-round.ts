import { MOST_MATRIX_POINTS } from '../../../geodata/network/network.schema.ts'
import type { Round, Team } from '../../../geodata/patrols/plan.schema.ts'
import { costOf, orderStops } from '../../../geodata/routing/order-stops.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { findMatrix } from '../../api/patrols.ts'
import { leastCost } from './least-cost.ts'
import { placesOf } from './plan-edits.ts'

export interface Tidied {
  /** Places of the stops as they stood. */
  order: number[]
  /** By how much the ways become shorter, along the streets. */
  savedMetres: number
  /** At most this share longer than the shortest of all orders. */
  gap: number
}

export const MOST_TIDY_STOPS = MOST_MATRIX_POINTS - 2
/** For the page not to stand still. */
const SEARCH_MS = 60
/** In place of a way that does not exist: worse than any that does. */
const NO_WAY_METRES = 1e7

/** A shorter order of the stops of a round, never a longer one. Takes at most MOST_TIDY_STOPS. Throws ApiError. */
export async function tidyRound(round: Round, team: Team): Promise<Tidied> {
  const places = placesOf(round, team).filter((place): place is LngLat => place !== undefined)
  const first = team.start ? 1 : 0
  const { metres } = await findMatrix(places)
  const n = places.length
  const costs = Float64Array.from(metres.flat(), (cost) => cost ?? NO_WAY_METRES)
  // A way may differ by a rounding between its directions.
  for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) costs[a * n + b] = costs[b * n + a]!
  const ends = { start: team.start ? 0 : undefined, end: team.end ? n - 1 : undefined }
  const drawn = Array.from({ length: n }, (_, at) => at)
  const until = performance.now() + SEARCH_MS
  const question = { costs, n, ...ends, order: drawn, seed: 1 }
  const found = orderStops({ ...question, isOver: () => performance.now() > until })
  const before = costOf(drawn, question)
  const least = leastCost(costs, n, ends)
  const cost = Math.min(before, found.cost)
  const order = found.cost < before - 0.5 ? [...found.order] : drawn
  return {
    order: order.slice(first, first + round.stops.length).map((place) => place - first),
    savedMetres: Math.max(0, before - cost),
    gap: least > 0 ? Math.max(0, cost / least - 1) : 0,
  }
}
