import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Actor } from '../access/actor.ts'
import type { Sql } from '../platform/database.ts'
import { recordAudit } from './record-audit.store.ts'

export interface ToldExport {
  sql: Sql
  actor: Actor
  layer?: LayerId
  /** What was asked for: at least the format and the filter. */
  asked: { format: string; filter: object } & Record<string, unknown>
  /** Aborted when nobody wants the rest. */
  signal?: AbortSignal
}

export interface ExportPiece {
  text: string
  rows: number
}

/**
 * The pieces of an export, which is written into the audit trail: what was asked for, the rows handed out, and whether it was
 * complete, given up or failed. The last piece is handed out once that is written: none is complete that is not told.
 */
export async function* tellExport(
  { sql, actor, layer, asked, signal }: ToldExport,
  pieces: AsyncIterable<ExportPiece>,
): AsyncGenerator<ExportPiece> {
  let rows = 0
  let told = false
  const tell = (outcome: 'complete' | 'given-up' | 'failed') => {
    told = true
    const detail = { ...asked, rows, outcome }
    return recordAudit(sql, actor, { kind: 'export', ...(layer ? { layer } : {}), detail })
  }
  let held: ExportPiece | undefined
  try {
    for await (const piece of pieces) {
      if (held) {
        // Counted first: a reader that goes away now has had it.
        rows += held.rows
        yield held
      }
      held = piece
    }
    rows += held?.rows ?? 0
    await tell('complete')
    if (held) yield held
  } catch (error) {
    if (!told) await tell(signal?.aborted ? 'given-up' : 'failed').catch(() => {})
    throw error
  } finally {
    if (!told) await tell('given-up')
  }
}
