import type { Run, RunSummary, WalkSummary } from '../../geodata/walks/run.schema.ts'
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
