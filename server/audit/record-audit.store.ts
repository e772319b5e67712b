import type { AuditKind, FeatureKind } from '../../geodata/access/audit.ts'
import { cleanJson, cleanText } from '../../geodata/shared/clean-text.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Actor } from '../access/actor.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'

/** Something that happened to no feature. Never put a secret into it: it can never be taken away again. */
export interface AuditEntry {
  kind: Exclude<AuditKind, FeatureKind>
  /** Which layer was exported. */
  layer?: LayerId
  before?: object
  after?: object
  /** What is neither before nor after. */
  detail?: object
  /** What live readers are told; then it is written in their order (see inEventOrder). */
  told?: object
}

/**
 * Writes an entry of the audit trail; within the transaction of what it tells of, where that changes anything. Takes
 * no lock: only events of features must be read in the order in which they were committed.
 */
export async function recordAudit(
  sql: Sql | TransactionSql,
  actor: Actor,
  { kind, layer, before, after, detail, told }: AuditEntry,
): Promise<void> {
  await sql`
    INSERT INTO event (kind, layer, actor, person_id, origin_address, request_id, before, after, detail, told)
    VALUES (${kind}, ${layer ?? null}, ${cleanText(actor.name)}, ${actor.personId ?? null}, ${actor.from ?? null},
      ${actor.requestId ?? null}, ${asJson(before)}::text::jsonb, ${asJson(after)}::text::jsonb, ${asJson(detail)}::text::jsonb,
      ${asJson(told)}::text::jsonb)`
}

const asJson = (value: object | undefined): string | null => (value === undefined ? null : cleanJson(value))
