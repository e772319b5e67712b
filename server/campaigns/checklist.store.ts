import type { Checklist, ChecklistInput, ChecklistVersion } from '../../geodata/campaigns/checklist.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import { recordRegisterEvent } from '../live/register-events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { requireVersion } from '../platform/require-version.ts'

const FIELDS = `id, version, purpose, name, note, findings, measures, example, active, ${isoTime('updated_at')} AS "updatedAt"`
const MOST = 200

/** All checklists, those in use first. */
export async function listChecklists(sql: Sql): Promise<Checklist[]> {
  return [
    ...(await sql.unsafe<Checklist[]>(
      `SELECT ${FIELDS} FROM checklist ORDER BY active DESC, purpose DESC, id LIMIT ${MOST}`,
    )),
  ]
}

/** As it was when visits were done with it. Throws not-found. */
export async function readChecklistVersion(
  sql: Sql | TransactionSql,
  id: number,
  version: number,
): Promise<ChecklistVersion> {
  const [row] = await sql.unsafe<ChecklistVersion[]>(
    `SELECT checklist_id AS id, version, name, note, findings, measures, actor, ${isoTime('at')} AS at
     FROM checklist_version WHERE checklist_id = $1 AND version = $2`,
    [id, version],
    { prepare: true },
  )
  if (row) return row
  throw new Problem('not-found', `The checklist ${id} has no version ${version}.`)
}

/** Throws name-conflict, too-many-kept. */
export async function createChecklist(sql: Sql, input: ChecklistInput, actor: Actor): Promise<Checklist> {
  return write(sql, input, actor, async (tx) => {
    const [count] = await tx<[{ count: number }]>`SELECT count(*)::int AS count FROM checklist`
    if (count.count >= MOST)
      throw new Problem('too-many-kept', `There are ${MOST} checklists already. Change one of them instead.`)
    const [row] = await tx.unsafe<[Checklist]>(
      `INSERT INTO checklist (purpose, name, note, findings, measures, active)
       VALUES ($1, $2, $3, $4::text::jsonb, $5::text::jsonb, $6) RETURNING ${FIELDS}`,
      valuesOf(input),
    )
    return { after: row }
  })
}

/** Makes the next version; visits keep theirs. Throws not-found, version-conflict, name-conflict, invalid-body for another purpose. */
export async function replaceChecklist(
  sql: Sql,
  id: number,
  version: number,
  input: ChecklistInput,
  actor: Actor,
): Promise<Checklist> {
  return write(sql, input, actor, async (tx) => {
    const [before] = await tx.unsafe<Checklist[]>(
      `SELECT ${FIELDS} FROM checklist WHERE id = $1 FOR UPDATE`,
      [id],
    )
    if (!before) throw new Problem('not-found', `There is no checklist ${id}.`)
    requireVersion(`the checklist “${before.name}”`, version, before.version)
    if (before.purpose !== input.purpose) {
      const message = `is “${input.purpose}”; the checklist is for “${before.purpose}” and stays so. Make another one`
      throw new Problem('invalid-body', `The purpose ${message}.`, { issues: [{ at: '/purpose', message }] })
    }
    const [after] = await tx.unsafe<[Checklist]>(
      `UPDATE checklist SET version = version + 1, purpose = $1, name = $2, note = $3, findings = $4::text::jsonb,
         measures = $5::text::jsonb, active = $6, example = false, updated_at = now()
       WHERE id = $7 RETURNING ${FIELDS}`,
      [...valuesOf(input), id],
    )
    return { before, after }
  })
}

const valuesOf = ({ purpose, name, note, findings, measures, active }: ChecklistInput) => [
  purpose,
  name,
  note,
  JSON.stringify(findings),
  JSON.stringify(measures),
  active,
]

async function write(
  sql: Sql,
  { name }: ChecklistInput,
  actor: Actor,
  change: (tx: TransactionSql) => Promise<{ before?: Checklist; after: Checklist }>,
): Promise<Checklist> {
  try {
    return (await sql.begin(async (tx) => {
      const { before, after } = await change(tx)
      await tx`
        INSERT INTO checklist_version (checklist_id, version, name, note, findings, measures, actor)
        SELECT id, version, name, note, findings, measures, ${actor.name} FROM checklist WHERE id = ${after.id}`
      await recordRegisterEvent(
        tx,
        actor,
        { register: 'checklists' },
        { ...(before ? { before } : {}), after, detail: { what: 'checklist' } },
      )
      return after
    })) as Checklist
  } catch (error) {
    if ((error as { constraint_name?: string }).constraint_name !== 'checklist_name') throw error
    throw new Problem('name-conflict', `There is a checklist “${name}” already. Choose another name.`)
  }
}
