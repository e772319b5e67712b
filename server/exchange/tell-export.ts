import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Actor } from '../access/actor.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import type { FeatureFilter } from '../features/feature.filter.ts'
import type { Sql } from '../platform/database.ts'

export interface ToldExport {
  sql: Sql
  actor: Actor
  layer: LayerId
  filter: FeatureFilter
  format: string
  /** Aborted when nobody wants the rest. */
  signal?: AbortSignal
}

/**
 * The pieces of an export, which is written into the audit trail: with the filter, the features handed out, and whether it was
 * complete, given up or failed. The last piece is handed out once that is written: none is complete that is not told.
 */
export async function* tellExport(
  { sql, actor, layer, filter, format, signal }: ToldExport,
  pieces: AsyncIterable<{ text: string; features: number }>,
): AsyncGenerator<{ text: string; features: number }> {
  let features = 0
  let told = false
  const tell = (outcome: 'complete' | 'given-up' | 'failed') => {
    told = true
    return recordAudit(sql, actor, { kind: 'export', layer, detail: { format, filter, features, outcome } })
  }
  let held: { text: string; features: number } | undefined
  try {
    for await (const piece of pieces) {
      if (held) yield held
      features += held?.features ?? 0
      held = piece
    }
    features += held?.features ?? 0
    await tell('complete')
    if (held) yield held
  } catch (error) {
    if (!told) await tell(signal?.aborted ? 'given-up' : 'failed').catch(() => {})
    throw error
  } finally {
    if (!told) await tell('given-up')
  }
}
