import type { AnalysisNote } from '../../geodata/coverage/analysis.schema.ts'
import type { Streets } from '../../geodata/network/walk-graph.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import {
  alongStreets,
  type Candidate,
  crossings,
  nearNeed,
  spaceOut,
  thinOut,
} from '../../geodata/siting/propose-sites.ts'
import type { SitingParams } from '../../geodata/siting/siting.schema.ts'
import type { CandidateOrigin } from '../../geodata/siting/siting-choices.ts'
import type { AnalysisContext } from '../coverage/analysis-kind.ts'
import { readFacilities } from '../coverage/facility/cover-inputs.store.ts'
import { keepInReach, readCheckpoints, readGrounds } from './candidates.store.ts'

/** Ways that are kept at once: 100 MB. */
const MOST_WAYS = 12_000_000
const MOST_PROPOSED = 600
/** Places on streets that are looked at; more are first thinned by their order. */
const MOST_LOOKED_AT = 200_000

export interface Candidates {
  candidates: Candidate[]
  notes: AnalysisNote[]
}

/**
 * Places to choose from, within the area: those that stand and may move, those that were drawn, then other facilities,
 * checkpoints, grounds and places on streets near somebody in need, spaced out. Throws too-large.
 */
export async function findCandidates(
  { sql, reach, signal }: Pick<AnalysisContext, 'sql' | 'reach' | 'signal'>,
  params: SitingParams,
  streets: Streets,
  movable: readonly Candidate[],
  demand: readonly LngLat[],
): Promise<Candidates> {
  const { candidates: wanted, price, kinds } = params
  const notes: AnalysisNote[] = []
  const from =
    (origin: CandidateOrigin) =>
    ({ id, name, lng, lat }: { id: number; name: string | null; lng: number; lat: number }): Candidate => ({
      origin,
      lngLat: [lng, lat],
      name,
      price,
      id,
    })
  const onStreet =
    (origin: CandidateOrigin) =>
    (lngLat: LngLat): Candidate => ({ origin, lngLat, name: null, price, id: null })
  const given = wanted.drawn.map(
    (one): Candidate => ({
      origin: 'drawn',
      lngLat: one.lngLat,
      name: one.name || null,
      price: one.price ?? price,
      id: null,
    }),
  )
  const drawn = await keepInReach(sql, given, reach, signal)
  if (drawn.length < given.length)
    notes.push({ code: 'drawn-outside', values: { count: given.length - drawn.length } })

  const proposed: Candidate[] = []
  // What is to be sited and stands at a place already is no candidate: it is known.
  const others = wanted.facilityKinds.filter((kind) => !kinds.includes(kind))
  if (others.length > 0) {
    const rows = await readFacilities(
      sql,
      { kinds: others, statuses: ['in-service'], asOf: null },
      reach,
      signal,
    )
    proposed.push(...rows.map(from('facility')))
  }
  if (wanted.checkpoints)
    proposed.push(...(await readCheckpoints(sql, reach, signal)).map(from('checkpoint')))
  if (wanted.grounds) {
    const grounds = (await readGrounds(sql, reach, signal)).map(from('ground'))
    proposed.push(...(await keepInReach(sql, grounds, reach, signal)))
  }
  const generated: Candidate[] = []
  if (wanted.crossings) generated.push(...crossings(streets).map(onStreet('crossing')))
  if (wanted.streetMetres !== null)
    generated.push(...alongStreets(streets, wanted.streetMetres).map(onStreet('street')))
  const near = nearNeed(generated.slice(0, MOST_LOOKED_AT), demand, params.walkMetres)
  const inReach = await keepInReach(sql, spaceOut(near, wanted.spacingMetres), reach, signal)

  const ways = Math.max(1, demand.length)
  const room = Math.floor(MOST_WAYS / ways) - movable.length - drawn.length
  if (room < 0)
    throw new Problem(
      'too-large',
      `${ways} buildings and ${movable.length + drawn.length} sites have more ways between them than ${MOST_WAYS}. Ask about a smaller area, or draw fewer sites.`,
    )
  const all = [...proposed, ...inReach]
  const thinned = thinOut(all, wanted.spacingMetres, Math.min(MOST_PROPOSED, room))
  if (
    thinned.spacingMetres > wanted.spacingMetres ||
    thinned.places.length < spaceOut(all, wanted.spacingMetres).length
  )
    notes.push({
      code: 'candidates-thinned',
      values: { count: thinned.places.length, metres: Math.round(thinned.spacingMetres) },
    })
  return { candidates: [...movable, ...drawn, ...thinned.places], notes }
}
