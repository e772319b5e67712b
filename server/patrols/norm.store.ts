import type { VisitNorm, VisitNorms } from '../../geodata/patrols/norm.schema.ts'
import type { Actor } from '../access/actor.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { requireVersion } from '../platform/require-version.ts'

/** All norms, by site type and risk. They have one version, since they are replaced as one. */
export async function readNorms(sql: Sql | TransactionSql): Promise<VisitNorms> {
  const rows = await sql<(VisitNorm & { version: number })[]>`
    SELECT site_type AS "siteType", risk, interval_minutes AS "intervalMinutes", grace_minutes AS "graceMinutes",
      service_minutes AS "serviceMinutes", example, version
    FROM visit_norm ORDER BY site_type, array_position(ARRAY['low', 'medium', 'high'], risk)`
  return {
    version: rows.reduce((most, { version }) => Math.max(most, version), 0),
    norms: rows.map(({ version: _, ...norm }) => norm),
  }
}

/** Throws version-conflict. What did not change stays an example if it was one. */
export async function replaceNorms(
  sql: Sql,
  expectedVersion: number,
  norms: readonly VisitNorm[],
  actor: Actor,
): Promise<VisitNorms> {
  const answer = await sql.begin(async (tx) => {
    // Two that read one version do not both write.
    await tx`LOCK TABLE visit_norm IN SHARE ROW EXCLUSIVE MODE`
    const before = await readNorms(tx)
    requireVersion('the visit norms', expectedVersion, before.version)
    await tx`
      INSERT INTO visit_norm (site_type, risk, interval_minutes, grace_minutes, service_minutes, example, version)
      SELECT "siteType", risk, "intervalMinutes", "graceMinutes", "serviceMinutes", example, ${before.version + 1}
      FROM jsonb_to_recordset(${JSON.stringify(norms)}::text::jsonb) AS norm ("siteType" text, risk text,
        "intervalMinutes" integer, "graceMinutes" integer, "serviceMinutes" integer, example boolean)
      ON CONFLICT (site_type, risk) DO UPDATE SET version = excluded.version,
        interval_minutes = excluded.interval_minutes, grace_minutes = excluded.grace_minutes,
        service_minutes = excluded.service_minutes,
        example = excluded.example AND (visit_norm.interval_minutes, visit_norm.grace_minutes, visit_norm.service_minutes)
          = (excluded.interval_minutes, excluded.grace_minutes, excluded.service_minutes)`
    const after = await readNorms(tx)
    const changed = (list: VisitNorms, other: VisitNorms) =>
      list.norms.filter((norm, at) => JSON.stringify(norm) !== JSON.stringify(other.norms[at]))
    await recordAudit(tx, actor, {
      kind: 'norm',
      before: { norms: changed(before, after) },
      after: { norms: changed(after, before) },
    })
    return after
  })
  return answer as VisitNorms
}
