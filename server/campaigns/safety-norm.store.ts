import { SAFETY_NORMS, type SafetyNorms, type SafetyNormsInput } from '../../geodata/campaigns/norm.schema.ts'
import type { Actor } from '../access/actor.ts'
import { recordRegisterEvent } from '../live/register-events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { requireVersion } from '../platform/require-version.ts'

type Row = SafetyNorms['norms'][number] & { version: number }

/** All norms; they have one version, since they are replaced as one. */
export async function readSafetyNorms(sql: Sql | TransactionSql): Promise<SafetyNorms> {
  const rows = await sql<Row[]>`
    SELECT code, days, example, version FROM safety_norm ORDER BY array_position(${[...SAFETY_NORMS]}::text[], code)`
  return {
    version: rows.reduce((most, { version }) => Math.max(most, version), 0),
    norms: rows.map(({ version: _, ...norm }) => norm),
  }
}

/** Throws version-conflict. What did not change stays an example if it was one. */
export async function replaceSafetyNorms(
  sql: Sql,
  version: number,
  { norms }: SafetyNormsInput,
  actor: Actor,
): Promise<SafetyNorms> {
  return (await sql.begin(async (tx) => {
    // Two that read one version do not both write.
    await tx`LOCK TABLE safety_norm IN SHARE ROW EXCLUSIVE MODE`
    const before = await readSafetyNorms(tx)
    requireVersion('these norms', version, before.version)
    await tx`
      UPDATE safety_norm n SET days = row.days, example = n.example AND n.days = row.days, version = ${version + 1}
      FROM jsonb_to_recordset(${JSON.stringify(norms)}::text::jsonb) AS row (code text, days integer)
      WHERE n.code = row.code`
    const after = await readSafetyNorms(tx)
    await recordRegisterEvent(
      tx,
      actor,
      { register: 'safety-norms' },
      { before, after, detail: { what: 'norms' } },
    )
    return after
  })) as SafetyNorms
}
