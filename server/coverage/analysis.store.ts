import type { Analysis, AnalysisInput, AnalysisSummary } from '../../geodata/coverage/analysis.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { type AreaRow, resolveArea } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import { cellsInReach } from '../access/reaches-cells.sql.ts'
import { lastEventId } from '../live/events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { analysisColumns, IS_SILENT, readableClause } from './analysis.sql.ts'
import type { DataSource } from './analysis-kind.ts'
import type { Reader } from './reader.ts'
import { markStale } from './stale.store.ts'

/** An analysis is kept until somebody deletes it. */
const MOST_OF_ONE = 200
/** What lies so far beyond the border may still count, degrees: some 1.5 km. */
const NEAR_DEGREES = 0.015

export interface NewAnalysis extends Omit<AnalysisInput, 'params'> {
  params: object
  needs: string | undefined
  reads: readonly DataSource[]
  rerunOf: string | undefined
  by: string
  reach: Reach
}

/**
 * Writes an analysis down that waits for its turn. Answers with the cells that were named. Throws invalid-body for codes
 * of no cell in reach, outside-area when there are no cells in reach at all, too-many-kept.
 */
export function createAnalysis(sql: Sql, id: string, asked: NewAnalysis): Promise<AreaRow[]> {
  return sql.begin(async (tx) => {
    await refuseTooMany(tx, asked.by)
    await dropRests(tx)
    const { reach } = asked
    const named = await resolveArea(tx, asked.area, reach)
    const cells = named.length > 0 || reach === 'everywhere' ? named : await ownCells(tx, reach)
    await tx`
      INSERT INTO analysis (id, kind, title, area, everywhere, params, needs, rerun_of, reads, created_by)
      VALUES (${id}, ${asked.kind}, ${asked.title}, ${[...new Set(asked.area)]}::text[], ${cells.length === 0},
        ${JSON.stringify(asked.params)}::text::jsonb, ${asked.needs ?? null}, ${asked.rerunOf ?? null}::uuid,
        ${[...asked.reads]}::text[], ${asked.by})`
    await tx`
      INSERT INTO analysis_area (analysis_id, layer, cell_id)
      SELECT ${id}, * FROM unnest(${cells.map(({ layer }) => layer)}::text[], ${cells.map(({ cellId }) => cellId)}::bigint[])`
    await tx`
      UPDATE analysis SET west = ST_XMin(box) - ${NEAR_DEGREES}, south = ST_YMin(box) - ${NEAR_DEGREES},
        east = ST_XMax(box) + ${NEAR_DEGREES}, north = ST_YMax(box) + ${NEAR_DEGREES}
      FROM (SELECT ST_Extent(c.geom) AS box FROM analysis_area a JOIN (
        SELECT 'communities' AS layer, id, geom FROM community UNION ALL SELECT 'grids', id, geom FROM grid
        UNION ALL SELECT 'micro-grids', id, geom FROM micro_grid) c ON c.layer = a.layer AND c.id = a.cell_id
        WHERE a.analysis_id = ${id}) AS extent
      WHERE id = ${id}`
    return named
  }) as Promise<AreaRow[]>
}

async function refuseTooMany(tx: TransactionSql, by: string): Promise<void> {
  const [{ kept } = { kept: 0 }] = await tx<{ kept: number }[]>`
    SELECT count(*)::int AS kept FROM analysis WHERE created_by = ${by}`
  if (kept >= MOST_OF_ONE)
    throw new Problem(
      'too-many-kept',
      `${kept} analyses of yours are kept, which is as many as there may be. Delete some that you need no more.`,
    )
}

async function ownCells(tx: TransactionSql, reach: Exclude<Reach, 'everywhere'>): Promise<AreaRow[]> {
  const parameters: (string | number[])[] = []
  const cells = await tx.unsafe<AreaRow[]>(
    cellsInReach(reach, (ids) => `$${parameters.push(ids)}`),
    parameters,
  )
  if (cells.length > 0) return [...cells]
  throw new Problem('outside-area', 'There are no cells in your area, so there is nothing to look at.')
}

/** What processes wrote that were stopped before they were done. */
async function dropRests(tx: TransactionSql): Promise<void> {
  await tx`
    DELETE FROM analysis_feature f USING analysis a
    WHERE a.id = f.analysis_id AND a.parts = '[]' AND ${tx.unsafe(IS_SILENT)}`
}

/** Before anything is read for it: what is told from here on makes it stale. */
export async function beginReading(sql: Sql, id: string): Promise<void> {
  await sql`UPDATE analysis SET read_event = ${await lastEventId(sql)} WHERE id = ${id}`
}

/** Throws not-found, also for one that the reader may not see. */
export async function getAnalysis(sql: Sql, id: string, reader: Reader, whole: true): Promise<Analysis>
export async function getAnalysis(
  sql: Sql,
  id: string,
  reader: Reader,
  whole: boolean,
): Promise<AnalysisSummary>
export async function getAnalysis(
  sql: Sql,
  id: string,
  reader: Reader,
  whole: boolean,
): Promise<AnalysisSummary> {
  await markStale(sql, id)
  const parameters: (string | number[])[] = [id]
  const [found] = await sql.unsafe<AnalysisSummary[]>(
    `SELECT ${analysisColumns(whole)} FROM analysis a
     WHERE a.id = $1::uuid AND ${readableClause(reader, (ids) => `$${parameters.push(ids)}`)}`,
    parameters,
    { prepare: true },
  )
  if (found) return found
  throw new Problem('not-found', `There is no analysis ${id}, or it is of an area that you do not reach.`)
}

export interface AnalysisQuery {
  kind: AnalysisInput['kind'] | undefined
  by: string | undefined
  limit: number
  offset: number
}

/** Analyses that the reader may see, the newest first, without figures. */
export async function listAnalyses(
  sql: Sql,
  reader: Reader,
  { kind, by, limit, offset }: AnalysisQuery,
): Promise<{ analyses: AnalysisSummary[]; next: number | undefined }> {
  await markStale(sql)
  const parameters: (string | number | number[])[] = [limit + 1, offset]
  const bind = (value: string | number[]) => `$${parameters.push(value)}`
  const clauses = [readableClause(reader, bind)]
  if (kind !== undefined) clauses.push(`a.kind = ${bind(kind)}`)
  if (by !== undefined) clauses.push(`a.created_by = ${bind(by)}`)
  const rows = await sql.unsafe<AnalysisSummary[]>(
    `SELECT ${analysisColumns(false)} FROM analysis a WHERE ${clauses.join(' AND ')}
     ORDER BY a.created_at DESC, a.id LIMIT $1 OFFSET $2`,
    parameters,
    { prepare: true },
  )
  return { analyses: rows.slice(0, limit), next: rows.length > limit ? offset + limit : undefined }
}

/** It is over at once for whoever looks, and ended by whichever process runs it. Nothing, when it is over already. */
export async function cancelAnalysis(sql: Sql, id: string): Promise<void> {
  await sql`
    UPDATE analysis SET state = 'cancelled', finished_at = now(), updated_at = now(), revision = revision + 1
    WHERE id = ${id} AND state IN ('waiting', 'running')`
}

/** With all that was found. */
export async function deleteAnalysis(tx: TransactionSql, id: string): Promise<void> {
  await tx`DELETE FROM analysis WHERE id = ${id}`
}
