import { reachesCellsClause } from '../access/reaches-cells.sql.ts'
import type { BindIds } from '../access/scope.sql.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import type { Reader } from './reader.ts'

/** One that nobody says runs for this long runs no more: its process was stopped. */
const SILENT_SECONDS = 60

export const IS_SILENT = `a.state IN ('waiting', 'running') AND a.updated_at < now() - interval '${SILENT_SECONDS} seconds'`
const SILENCE = JSON.stringify({
  code: 'unavailable',
  detail: 'The server that computed this was stopped before it was done. Run it again.',
})

/** Columns of an analysis over `analysis a`. `whole` left out: without figures and notes. */
export const analysisColumns = (
  whole: boolean,
): string => `a.id, a.kind, a.title, to_jsonb(a.area) AS area, a.params, a.needs,
  CASE WHEN ${IS_SILENT} THEN 'failed' ELSE a.state END AS state, a.progress, a.stage, a.revision,
  ${whole ? 'a.result, a.notes,' : ''} a.parts,
  CASE WHEN ${IS_SILENT} THEN '${SILENCE.replaceAll("'", "''")}'::jsonb ELSE a.problem END AS problem,
  a.created_by AS "createdBy", ${isoTime('a.created_at')} AS "createdAt", ${isoTime('a.updated_at')} AS "updatedAt",
  ${isoTime('a.finished_at')} AS "finishedAt", ${isoTime('a.stale_since')} AS "staleSince", a.rerun_of AS "rerunOf"`

/**
 * Which analyses someone may read, over `analysis a`: those of cells that are all in reach, whose permission they have.
 * One of everywhere, or of a cell that is gone, is for those who reach everything.
 */
export function readableClause({ reach, permissions }: Reader, bind: BindIds): string {
  const known = permissions.map((permission) => `'${permission}'`).join(', ')
  return `(a.needs IS NULL OR a.needs IN (${known})) AND ${
    reach === 'everywhere'
      ? 'true'
      : `NOT a.everywhere AND ${reachesCellsClause(reach, bind, 'analysis_area', 'analysis_id', 'a.id')}`
  }`
}
