import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Passed, Run, RunSummary, Tracks, WalkSummary } from '../../geodata/walks/run.schema.ts'
import { requestJson, withQuery } from './request.ts'

const PATROLS = '/api/v1/patrols'
const RUN_PAGE = 200

/** Rounds that begin in [from, to), walked or not. Throws ApiError 413 for more plans than are summed up at once. */
export const getWalkSummary = (from: string, to: string, signal?: AbortSignal) =>
  requestJson<WalkSummary>(withQuery(`${PATROLS}/summary`, { from, to }), signal ? { signal } : {})

/** Every walk of rounds whose hours meet [from, to), the latest first. */
export async function listRuns(from: string, to: string, signal?: AbortSignal): Promise<RunSummary[]> {
  const runs: RunSummary[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page: { runs: RunSummary[]; next: string | null } = await requestJson(
      withQuery(`${PATROLS}/runs`, { from, to, limit: RUN_PAGE, cursor }),
      signal ? { signal } : {},
    )
    runs.push(...page.runs)
    cursor = page.next
  }
  return runs
}

export const getRun = (id: number, signal?: AbortSignal) =>
  requestJson<Run>(`${PATROLS}/runs/${id}`, signal ? { signal } : {})

/** The streets walked in [from, to), with times. */
export const getTracks = (from: string, to: string, signal?: AbortSignal) =>
  requestJson<Tracks>(withQuery(`${PATROLS}/tracks`, { from, to }), signal ? { signal } : {})

export interface PassedQuery {
  /** Open ring. */
  area: readonly LngLat[]
  from: string
  to: string
}

/** Who went through an area in [from, to). Throws ApiError 400 for an area that is none, or for more than 62 days. */
export const getPassed = ({ area, from, to }: PassedQuery, signal?: AbortSignal) =>
  requestJson<Passed>(
    withQuery(`${PATROLS}/passed`, { area: area.map((at) => at.join()).join(';'), from, to }),
    signal ? { signal } : {},
  )
