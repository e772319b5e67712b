import {
  type DutyChanges,
  type DutyPut,
  dutyPutSchema,
  MAX_DUTY_CHANGES,
  type SavedDuties,
} from '../../geodata/duties/duty.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { getAnalysis } from '../coverage/analysis.store.ts'
import type { Reader } from '../coverage/reader.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { type DutyWriter, saveDutiesIn } from './save-duties.store.ts'

/** The part of an analysis that says who is to hold what. */
const PARTS: Record<string, string> = { duty: 'assigned', groups: 'shop' }

/**
 * Makes duties of what an analysis proposes, in place of those that it found: all of it, or nothing. Throws not-found,
 * wrong-state when it proposes nothing, too-large.
 */
export async function adoptDuties(
  sql: Sql,
  id: string,
  writer: DutyWriter,
  reader: Reader,
): Promise<SavedDuties> {
  const { kind, state, parts } = await getAnalysis(sql, id, reader, false)
  const part = PARTS[kind]
  if (state !== 'done' || !parts.some((one) => one.part === part))
    throw new Problem(
      'wrong-state',
      'This analysis proposes nobody for anything. Run one that hands duties out, or groups premises.',
    )
  return sql.begin(async (tx) => {
    const proposed = await readProposed(tx, id, part!)
    const changes = await changesTo(tx, proposed)
    if (changes.puts.length + changes.deletes.length > MAX_DUTY_CHANGES)
      throw new Problem(
        'too-large',
        `This would change ${changes.puts.length + changes.deletes.length} duties at once, of at most ${MAX_DUTY_CHANGES}. Ask about a smaller area, and adopt one after the other.`,
      )
    return saveDutiesIn(tx, changes, writer, { analysis: id })
  }) as Promise<SavedDuties>
}

async function readProposed(tx: TransactionSql, id: string, part: string): Promise<DutyPut[]> {
  const rows = await tx<{ role: string; layer: string; feature: number; holder: string }[]>`
    SELECT properties->>'role' AS role, properties->>'layer' AS layer,
      (properties->>'feature')::bigint AS feature, properties->>'holder' AS holder
    FROM analysis_feature WHERE analysis_id = ${id} AND part = ${part}
      AND properties->>'role' IS NOT NULL AND properties->>'holder' IS NOT NULL ORDER BY seq`
  return rows.map((row) => dutyPutSchema.parse({ id: null, version: null, ...row }))
}

/**
 * The duties that go are those of the same kind for the same things, and of fire watches all of a group of that name:
 * who is in it now is what is proposed. What somebody holds already stays as it is.
 */
async function changesTo(tx: TransactionSql, proposed: readonly DutyPut[]): Promise<DutyChanges> {
  const standing = await tx<
    { id: number; version: number; role: string; layer: string; feature: number; holder: string }[]
  >`
    SELECT DISTINCT d.id, d.version, d.role, d.layer, d.feature_id AS feature, d.holder
    FROM duty d JOIN jsonb_to_recordset(${JSON.stringify(proposed)}::text::jsonb)
      AS row (role text, layer text, feature bigint, holder text)
      ON replace(d.role, '-leader', '') = replace(row.role, '-leader', '')
        AND (d.role LIKE 'fire-watch%' OR d.role = row.role)
        AND (d.layer = row.layer AND d.feature_id = row.feature
          OR d.role LIKE 'fire-watch%' AND d.holder = row.holder)
    ORDER BY d.id`
  const keyOf = (duty: Pick<DutyPut, 'feature' | 'holder'> & { role: string; layer: string }) =>
    JSON.stringify([duty.role, duty.layer, duty.feature, duty.holder])
  const wanted = new Set(proposed.map(keyOf))
  const held = new Set(standing.map(keyOf))
  return {
    puts: proposed.filter((duty) => !held.has(keyOf(duty))),
    deletes: standing.filter((duty) => !wanted.has(keyOf(duty))).map(({ id, version }) => ({ id, version })),
  }
}
