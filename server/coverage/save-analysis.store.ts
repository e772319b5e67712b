import type { AnalysisNote, AnalysisPartHead } from '../../geodata/coverage/analysis.schema.ts'
import { isOver } from '../../geodata/patrols/generation.schema.ts'
import { cleanJson } from '../../geodata/shared/clean-text.ts'
import type { Sql } from '../platform/database.ts'
import type { JobNews } from '../platform/jobs.ts'

/** All that is shown of an analysis once it is done; its features are written by then. */
export interface KeptAnswer {
  result: object
  notes: AnalysisNote[]
  parts: AnalysisPartHead[]
}

/**
 * Says that an analysis runs, or what became of it. Returns whether it is to end: somebody cancelled or deleted it. Features of
 * one that is not done go with the word that it is over.
 */
export function saveAnalysis(sql: Sql, id: string, news: JobNews<KeptAnswer>): Promise<boolean> {
  const over = isOver(news.state)
  return sql.begin(async (tx) => {
    const found = news.state === 'done' ? news.found : undefined
    const [row] = await tx`
      UPDATE analysis SET state = ${news.state}, progress = ${news.progress}, stage = ${news.stage},
        revision = revision + (CASE WHEN state = ${news.state} THEN 0 ELSE 1 END),
        result = ${found ? cleanJson(found.result) : null}::text::jsonb,
        notes = ${cleanJson(found?.notes ?? [])}::text::jsonb, parts = ${JSON.stringify(found?.parts ?? [])}::text::jsonb,
        problem = ${news.problem ? cleanJson(news.problem) : null}::text::jsonb,
        finished_at = CASE WHEN ${over} THEN now() END, updated_at = now()
      WHERE id = ${id} AND state IN ('waiting', 'running') RETURNING id`
    if (over && !(row && found)) await tx`DELETE FROM analysis_feature WHERE analysis_id = ${id}`
    return row === undefined
  }) as Promise<boolean>
}
