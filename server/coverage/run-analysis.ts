import { PERMISSIONS } from '../../geodata/access/permissions.ts'
import type { AnalysisInput } from '../../geodata/coverage/analysis.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AreaRow } from '../access/area.store.ts'
import type { Network } from '../network/network.ts'
import { reachWithin } from '../patrols/reach-of-codes.ts'
import type { Sql } from '../platform/database.ts'
import type { JobRunner } from '../platform/jobs.ts'
import { beginReading, createAnalysis } from './analysis.store.ts'
import type { AnyAnalysisKind } from './analysis-kind.ts'
import type { Reader } from './reader.ts'
import { type KeptAnswer, saveAnalysis } from './save-analysis.store.ts'
import { writeParts } from './write-parts.store.ts'

/** Its features are written when the last stage is reached. */
const COMPUTED_SHARE = 0.9

export interface AnalysisRunner {
  /** Begins an analysis, or lets it wait for its turn. Returns its id. Throws invalid-body, not-permitted, and as createAnalysis. */
  start(asked: AnalysisInput & { rerunOf?: string }, reader: Reader, by: string): Promise<string>
  end(id: string): void
}

export function createAnalysisRunner(
  sql: Sql,
  network: Network,
  jobs: JobRunner,
  kinds: readonly AnyAnalysisKind[],
): AnalysisRunner {
  return {
    async start(asked, reader, by) {
      const kind = kinds.find((one) => one.kind === asked.kind)
      if (!kind)
        throw new Problem('invalid-body', `This server cannot answer “${asked.kind}”.`, {
          issues: [{ at: '/kind', message: `expected one of ${kinds.map((one) => one.kind).join(', ')}` }],
        })
      const question = kind.ask(asked.params)
      const { needs } = question
      if (needs !== undefined && !reader.permissions.includes(needs))
        throw new Problem(
          'not-permitted',
          `This analysis needs the permission “${needs}” (${PERMISSIONS[needs].en}). An administrator can give it.`,
        )
      const { reach } = reader
      const { title, area, rerunOf } = asked
      let cells: AreaRow[] = []
      return jobs.run<KeptAnswer>({
        by,
        async create(id) {
          const { params } = question
          const { reads } = kind
          cells = await createAnalysis(sql, id, {
            kind: kind.kind,
            ...{ title, area, params, needs, reads, rerunOf, by, reach },
          })
        },
        save: (id, news) => saveAnalysis(sql, id, news),
        keepsBest: false,
        async work(id, signal, say) {
          await beginReading(sql, id)
          const { result, notes, parts } = await question.run({
            sql,
            network,
            reach: reachWithin(reach, cells),
            wholeReach: reach,
            cells,
            signal,
            progress: (share, stage) => say.progress(COMPUTED_SHARE * Math.min(1, Math.max(0, share)), stage),
          })
          signal.throwIfAborted()
          say.progress(COMPUTED_SHARE, 'keep')
          return { result, notes, parts: await writeParts(sql, id, parts, signal) }
        },
      })
    },
    end: (id) => jobs.end(id),
  }
}
