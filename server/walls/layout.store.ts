import { Problem } from '../../geodata/shared/problem.ts'
import {
  type WallLayout,
  type WallLayoutInput,
  wallLayoutInputSchema,
} from '../../geodata/walls/layout.schema.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { readCells } from './area.store.ts'
import type { ByWhom } from './by-whom.ts'

/** They are listed whole. */
const MAX_LAYOUTS = 500

const COLUMNS = `id, version, name, body, updated_by AS "updatedBy", ${isoTime('updated_at')} AS "updatedAt"`
type Row = Pick<WallLayout, 'id' | 'version' | 'name' | 'updatedBy' | 'updatedAt'> & { body: object }

/** What an older version wrote lacks what came later: defaults stand in. */
const layoutOf = ({ body, name, ...head }: Row): WallLayout => ({
  ...wallLayoutInputSchema.parse({ ...body, name }),
  ...head,
})

export async function listLayouts(sql: Sql): Promise<WallLayout[]> {
  const rows = await sql.unsafe<Row[]>(`SELECT ${COLUMNS} FROM wall_layout ORDER BY lower(name)`)
  return rows.map(layoutOf)
}

/** By its name, whatever the case of its letters. Throws not-found. */
export async function findLayout(sql: Sql, name: string): Promise<WallLayout> {
  const [row] = await sql.unsafe<Row[]>(`SELECT ${COLUMNS} FROM wall_layout WHERE lower(name) = lower($1)`, [
    name,
  ])
  if (row) return layoutOf(row)
  throw new Problem(
    'not-found',
    `There is no layout for walls named “${name}”. Choose another, or leave it out.`,
  )
}

/** Throws name-conflict, and too-many-kept when there are as many as are kept. */
export async function createLayout(sql: Sql, actor: Actor, input: WallLayoutInput): Promise<WallLayout> {
  const { name, ...body } = input
  return write(sql, actor, name, async (tx) => {
    const [row] = await tx.unsafe<Row[]>(
      `INSERT INTO wall_layout (name, body, updated_by)
       SELECT $1::text, $2::text::jsonb, $3::text WHERE (SELECT count(*) FROM wall_layout) < ${MAX_LAYOUTS} RETURNING ${COLUMNS}`,
      [name, JSON.stringify(body), actor.name],
    )
    if (row) return { after: layoutOf(row) }
    throw new Problem(
      'too-many-kept',
      `There are ${MAX_LAYOUTS} layouts for walls, which is as many as are kept. Delete some that no wall uses.`,
    )
  })
}

/** Throws not-found, version-conflict, name-conflict, outside-area when it shows what they do not reach. */
export async function replaceLayout(
  sql: Sql,
  { actor, reach }: ByWhom,
  id: number,
  version: number,
  input: WallLayoutInput,
): Promise<WallLayout> {
  const { name, ...body } = input
  return write(sql, actor, name, async (tx) => {
    const before = await lockLayout(tx, id, version, reach)
    const [row] = await tx.unsafe<[Row]>(
      `UPDATE wall_layout SET name = $1, body = $2::text::jsonb, version = version + 1, updated_by = $3, updated_at = now()
       WHERE id = $4 RETURNING ${COLUMNS}`,
      [name, JSON.stringify(body), actor.name, id],
    )
    return { before, after: layoutOf(row) }
  })
}

/** Walls that name it show the standard layout from then on, and say so. Throws as replaceLayout. */
export async function deleteLayout(
  sql: Sql,
  { actor, reach }: ByWhom,
  id: number,
  version: number,
): Promise<void> {
  await write(sql, actor, '', async (tx) => {
    const before = await lockLayout(tx, id, version, reach)
    await tx`DELETE FROM wall_layout WHERE id = ${id}`
    return { before }
  })
}

async function write(
  sql: Sql,
  actor: Actor,
  name: string,
  body: (tx: TransactionSql) => Promise<{ before?: WallLayout; after?: WallLayout }>,
): Promise<WallLayout> {
  try {
    return (await sql.begin(async (tx) => {
      const change = await body(tx)
      await recordAudit(tx, actor, { kind: 'wall', ...change })
      return (change.after ?? change.before)!
    })) as WallLayout
  } catch (error) {
    if ((error as { constraint_name?: string }).constraint_name !== 'wall_layout_name') throw error
    throw new Problem(
      'name-conflict',
      `There is a layout for walls named “${name}” already. Choose another name, or change that layout.`,
    )
  }
}

/** A writer that comes second waits here and then finds another version. */
async function lockLayout(
  tx: TransactionSql,
  id: number,
  version: number,
  reach: Reach,
): Promise<WallLayout> {
  const [row] = await tx.unsafe<Row[]>(`SELECT ${COLUMNS} FROM wall_layout WHERE id = $1 FOR UPDATE`, [id])
  if (!row) throw new Problem('not-found', `There is no layout ${id} for walls. It may have been deleted.`)
  if (row.version === version) {
    const layout = layoutOf(row)
    await requireReached(tx, layout, reach)
    return layout
  }
  throw new Problem(
    'version-conflict',
    `You changed version ${version} of the layout, but it is now version ${row.version}. Fetch it again, apply your change and send it with If-Match: "${row.version}".`,
    { extra: { currentVersion: row.version } },
  )
}

/** One that names no cell shows to each token what that reaches, and is everybody's. */
async function requireReached(tx: TransactionSql, { name, area, tour }: WallLayout, reach: Reach) {
  if (reach === 'everywhere') return
  const codes = [...area, ...tour.areas]
  const own = new Set((await readCells(tx, reach, codes)).map(({ code }) => code))
  const other = (await readCells(tx, 'everywhere', codes)).find(({ code }) => !own.has(code))
  if (other === undefined) return
  throw new Problem(
    'outside-area',
    `The layout “${name}” shows ${other.code}, which is outside your area. Make one of your own, or ask somebody who has that area.`,
  )
}
