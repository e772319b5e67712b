import { Problem } from '../../geodata/shared/problem.ts'
import type { SavedView, ViewInput } from '../../geodata/views/view.schema.ts'
import type { Actor } from '../access/actor.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { requireVersion } from '../platform/require-version.ts'

/** They are listed whole. */
const MAX_VIEWS = 2000

const COLUMNS = `id, version, name, query, workspace, created_by AS "createdBy",
  ${isoTime('created_at')} AS "createdAt",
  ${isoTime('updated_at')} AS "updatedAt"`

/** All views, the last changed first. */
export async function listViews(sql: Sql): Promise<SavedView[]> {
  return [
    ...(await sql.unsafe<SavedView[]>(`SELECT ${COLUMNS} FROM saved_view ORDER BY updated_at DESC, id`)),
  ]
}

/** Throws name-conflict, and too-large when there are as many as are kept. */
export async function createView(
  sql: Sql,
  { name, query, workspace }: ViewInput,
  actor: Actor,
): Promise<SavedView> {
  return write(sql, actor, async (tx) => {
    const [after] = await refuseTakenName(
      name,
      tx.unsafe<SavedView[]>(
        `INSERT INTO saved_view (name, query, workspace, created_by)
         SELECT $1::text, $2::text, $3::text, $4::text WHERE (SELECT count(*) FROM saved_view) < ${MAX_VIEWS} RETURNING ${COLUMNS}`,
        [name, query, workspace, actor.name],
      ),
    )
    if (after) return { after }
    throw new Problem(
      'too-large',
      `There are ${MAX_VIEWS} saved views, which is as many as are kept. Delete some that nobody uses.`,
    )
  })
}

/** Throws not-found, version-conflict, name-conflict. */
export async function replaceView(
  sql: Sql,
  id: number,
  version: number,
  { name, query, workspace }: ViewInput,
  actor: Actor,
): Promise<SavedView> {
  return write(sql, actor, async (tx) => {
    const before = await lockView(tx, id, version)
    const [after] = await refuseTakenName(
      name,
      tx.unsafe<SavedView[]>(
        `UPDATE saved_view SET name = $1, query = $2, workspace = $3, version = version + 1, updated_at = now()
         WHERE id = $4 RETURNING ${COLUMNS}`,
        [name, query, workspace, id],
      ),
    )
    return { before, after: after! }
  })
}

/** Throws not-found, version-conflict. */
export async function deleteView(sql: Sql, id: number, version: number, actor: Actor): Promise<void> {
  await write(sql, actor, async (tx) => {
    const before = await lockView(tx, id, version)
    await tx`DELETE FROM saved_view WHERE id = ${id}`
    return { before }
  })
}

interface Change {
  before?: SavedView
  after?: SavedView
}

/** One change of one view in a transaction, with its entry in the audit trail. Returns the view as it is now, or was. */
async function write(
  sql: Sql,
  actor: Actor,
  body: (tx: TransactionSql) => Promise<Change>,
): Promise<SavedView> {
  return (await sql.begin(async (tx) => {
    const { before, after } = await body(tx)
    await recordAudit(tx, actor, { kind: 'view', ...(before ? { before } : {}), ...(after ? { after } : {}) })
    return (after ?? before)!
  })) as SavedView
}

/** A writer that comes second waits here and then finds another version. */
async function lockView(tx: TransactionSql, id: number, version: number): Promise<SavedView> {
  const [current] = await tx.unsafe<SavedView[]>(
    `SELECT ${COLUMNS} FROM saved_view WHERE id = $1 FOR UPDATE`,
    [id],
  )
  if (!current) throw new Problem('not-found', `There is no saved view ${id}. It may have been deleted.`)
  requireVersion('the view', version, current.version)
  return current
}

async function refuseTakenName<T>(name: string, write: PromiseLike<T>): Promise<T> {
  try {
    return await write
  } catch (error) {
    if ((error as { constraint_name?: string }).constraint_name !== 'saved_view_name') throw error
    throw new Problem(
      'name-conflict',
      `There is a saved view named “${name}” already. Choose another name, or change that view.`,
    )
  }
}
