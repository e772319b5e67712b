import { Problem } from '../../geodata/shared/problem.ts'
import type { SavedView, ViewInput } from '../../geodata/views/view.schema.ts'
import type { Sql } from '../platform/database.ts'

/** They are listed whole. */
const MAX_VIEWS = 2000

const COLUMNS = `id, version, name, query, workspace, created_by AS "createdBy",
  to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "createdAt",
  to_char(updated_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "updatedAt"`

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
  actor: string,
): Promise<SavedView> {
  const [view] = await refuseTakenName(
    name,
    sql.unsafe<SavedView[]>(
      `INSERT INTO saved_view (name, query, workspace, created_by)
       SELECT $1::text, $2::text, $3::text, $4::text WHERE (SELECT count(*) FROM saved_view) < ${MAX_VIEWS} RETURNING ${COLUMNS}`,
      [name, query, workspace, actor],
    ),
  )
  if (view) return view
  throw new Problem(
    'too-large',
    `There are ${MAX_VIEWS} saved views, which is as many as are kept. Delete some that nobody uses.`,
  )
}

/** Throws not-found, version-conflict, name-conflict. */
export async function replaceView(
  sql: Sql,
  id: number,
  version: number,
  { name, query, workspace }: ViewInput,
): Promise<SavedView> {
  const [view] = await refuseTakenName(
    name,
    sql.unsafe<SavedView[]>(
      `UPDATE saved_view SET name = $1, query = $2, workspace = $3, version = version + 1, updated_at = now()
       WHERE id = $4 AND version = $5 RETURNING ${COLUMNS}`,
      [name, query, workspace, id, version],
    ),
  )
  return view ?? refuseStale(sql, id, version)
}

/** Throws not-found, version-conflict. */
export async function deleteView(sql: Sql, id: number, version: number): Promise<void> {
  const { count } = await sql`DELETE FROM saved_view WHERE id = ${id} AND version = ${version}`
  if (count === 0) await refuseStale(sql, id, version)
}

async function refuseStale(sql: Sql, id: number, version: number): Promise<never> {
  const [current] = await sql<{ version: number }[]>`SELECT version FROM saved_view WHERE id = ${id}`
  if (!current) throw new Problem('not-found', `There is no saved view ${id}. It may have been deleted.`)
  throw new Problem(
    'version-conflict',
    `You changed version ${version} of the view, but it is now version ${current.version}. Fetch it again, apply your change and send it with If-Match: "${current.version}".`,
    { extra: { currentVersion: current.version } },
  )
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
