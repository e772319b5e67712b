import {
  DUTY_LAYERS,
  type Duty,
  type DutyChanges,
  type DutyPut,
  type SavedDuties,
} from '../../geodata/duties/duty.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import { reachedIds } from '../access/reaches-feature.store.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { DUTY_FIELDS } from './duty.sql.ts'
import { listDuties } from './duty.store.ts'

/** Who writes, and what they reach. */
export interface DutyWriter {
  actor: Actor
  reach: Reach
}

/** Of a large change the audit trail has the first. */
const MOST_TOLD = 200

/**
 * Puts and deletes duties: all of it, or nothing. Throws version-conflict, not-found for targets that are not there or out
 * of reach, name-conflict when somebody would hold the same twice.
 */
export async function saveDuties(sql: Sql, changes: DutyChanges, writer: DutyWriter): Promise<SavedDuties> {
  try {
    return (await sql.begin((tx) => saveDutiesIn(tx, changes, writer))) as SavedDuties
  } catch (error) {
    if ((error as { constraint_name?: string }).constraint_name !== 'duty_held_once') throw error
    throw new Problem(
      'name-conflict',
      'Somebody would hold the same duty for the same thing twice. Change the one that there is instead.',
    )
  }
}

/** The same, with others in one transaction. `detail`: what the audit trail is told beside. */
export async function saveDutiesIn(
  tx: TransactionSql,
  { puts, deletes }: DutyChanges,
  { actor, reach }: DutyWriter,
  detail: object = {},
): Promise<SavedDuties> {
  const before = await lockStanding(tx, [...puts, ...deletes])
  await expectTargets(tx, [...puts, ...before.values()], reach)
  await tx`DELETE FROM duty WHERE id = ANY(${deletes.map(({ id }) => id)}::bigint[])`
  await update(tx, puts)
  const made = await insert(tx, puts)
  const ids = puts.map(({ id }) => id ?? made.shift()!)
  const after = new Map((await readAll(tx, ids, reach)).map((duty) => [duty.id, duty]))
  const duties = ids.map((id) => after.get(id)!)
  const gone = deletes.map(({ id }) => before.get(id)!)
  const changed = puts.flatMap(({ id }) => (id === null ? [] : before.get(id)!))
  await recordAudit(tx, actor, {
    kind: 'duty',
    before: { duties: [...changed, ...gone].slice(0, MOST_TOLD) },
    after: { duties: duties.slice(0, MOST_TOLD) },
    detail: { put: puts.length, deleted: deletes.length, ...detail },
  })
  // Analyses of duties read them whatever they are held for.
  await tx`UPDATE analysis SET stale_since = now() WHERE kind = 'duty' AND state = 'done' AND stale_since IS NULL`
  return {
    duties,
    undo: {
      puts: [
        ...changed.map((duty) => ({ ...inputOf(duty), id: duty.id, version: after.get(duty.id)!.version })),
        ...gone.map((duty) => ({ ...inputOf(duty), id: null, version: null })),
      ],
      deletes: duties.flatMap(({ id, version }) => (before.has(id) ? [] : { id, version })),
    },
  }
}

type Standing = Omit<Duty, 'code' | 'name'>

/** Writers of the same duties wait for each other here; the second then finds another version. */
async function lockStanding(
  tx: TransactionSql,
  sent: readonly { id: number | null; version: number | null }[],
): Promise<Map<number, Standing>> {
  const ids = sent.flatMap(({ id }) => id ?? []).sort((a, b) => a - b)
  const rows = await tx.unsafe<Standing[]>(
    `SELECT ${DUTY_FIELDS} FROM duty d WHERE d.id = ANY($1::bigint[]) ORDER BY d.id FOR UPDATE`,
    [ids],
  )
  const standing = new Map(rows.map((row) => [row.id, row]))
  const passed = sent.filter(({ id, version }) => id !== null && standing.get(id)?.version !== version)
  if (passed.length === 0) return standing
  throw new Problem(
    'version-conflict',
    `${passed.length} of these duties changed in the meantime, or are gone. Nothing was done: fetch them again and apply your change to what is there now.`,
    {
      extra: {
        conflicts: passed
          .slice(0, 50)
          .map(({ id }) => ({ id, currentVersion: standing.get(id!)?.version ?? null })),
      },
    },
  )
}

async function expectTargets(
  tx: TransactionSql,
  duties: readonly Pick<Duty, 'layer' | 'feature'>[],
  reach: Reach,
): Promise<void> {
  for (const layer of DUTY_LAYERS) {
    const wanted = [...new Set(duties.flatMap((duty) => (duty.layer === layer ? duty.feature : [])))]
    const reached = await reachedIds(tx, layer, wanted, reach)
    const missing = wanted.filter((id) => !reached.has(id))
    if (missing.length > 0)
      throw new Problem(
        'not-found',
        `There is nothing in your area with the id ${missing.slice(0, 5).join(', ')} in “${layer}”, so nobody can answer for it. Nothing was done.`,
      )
  }
}

const ROWS = `ROWS FROM (jsonb_to_recordset($1::text::jsonb) AS (id bigint, role text, layer text, feature bigint,
  holder text, since date, until date, note text)) WITH ORDINALITY
  AS row (id, role, layer, feature, holder, since, until, note, number)`

async function update(tx: TransactionSql, puts: readonly DutyPut[]): Promise<void> {
  const rows = puts.filter(({ id }) => id !== null)
  if (rows.length === 0) return
  await tx.unsafe(
    `UPDATE duty d SET version = d.version + 1, updated_at = now(), role = row.role, layer = row.layer,
       feature_id = row.feature, holder = row.holder, since = row.since, until = row.until, note = row.note
     FROM ${ROWS} WHERE d.id = row.id`,
    [JSON.stringify(rows)],
  )
}

/** The new ids, in the order of the puts. */
async function insert(tx: TransactionSql, puts: readonly DutyPut[]): Promise<number[]> {
  const rows = puts.filter(({ id }) => id === null)
  if (rows.length === 0) return []
  const made = await tx.unsafe<{ id: number }[]>(
    `INSERT INTO duty (role, layer, feature_id, holder, since, until, note)
     SELECT role, layer, feature, holder, since, until, note FROM ${ROWS} ORDER BY number RETURNING id`,
    [JSON.stringify(rows)],
  )
  return made.map(({ id }) => id).sort((a, b) => a - b)
}

async function readAll(tx: TransactionSql, ids: readonly number[], reach: Reach): Promise<Duty[]> {
  if (ids.length === 0) return []
  const { duties } = await listDuties(tx, { ids }, reach, { limit: ids.length, after: 0 })
  return duties
}

/** A duty as it would be sent. */
const inputOf = ({ role, layer, feature, holder, since, until, note }: Standing) => ({
  role,
  layer,
  feature,
  holder,
  since,
  until,
  note,
})
