import { resolveArea } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import { reachWithin } from '../patrols/reach-of-codes.ts'
import type { AnalysisContext, AnalysisFound, AnalysisKind } from './analysis-kind.ts'

/**
 * Answers a question that nobody keeps: for the command line. `area`: codes of cells; none: everything in reach. Throws
 * invalid-body for codes of no cell, the reason of the signal, and as the kind does.
 */
export async function askOnce<Params extends object, Result extends object>(
  kind: AnalysisKind<Params, Result>,
  {
    area,
    reach,
    ...context
  }: Pick<AnalysisContext, 'sql' | 'network' | 'signal' | 'progress'> & {
    area: readonly string[]
    reach: Reach
  },
  params: Params,
): Promise<AnalysisFound<Result>> {
  const cells = await resolveArea(context.sql, area, reach)
  return kind.run({ ...context, cells, reach: reachWithin(reach, cells), wholeReach: reach }, params)
}
