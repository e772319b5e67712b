import { LAYERS } from '../../geodata/layers.ts'
import {
  CODE_LENGTH,
  type CodedLayer,
  PARENT_LAYER,
  parseCode,
  sequenceDigits,
} from '../../geodata/shared/codes.ts'
import type { Geometry } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { TransactionSql } from '../platform/database.ts'
import { tableOf } from './layer.columns.ts'

/** What decides the code of a cell or building that is about to be written. */
export interface CodeWish {
  geometry: Geometry
  code: unknown
  /** Refuse a given code that does not fit, instead of finding another. */
  insist: boolean
  /** The row that is replaced. */
  id?: number
  /** The row's shape stays, and its parent is not part of the edit: a cell that lies outside its parent stays with it. */
  keepParent?: boolean
  /** The code of the row changes although it holds others: the caller re-codes them. */
  recodesChildren?: boolean
  /** Cells of the parent's layer that are about to be deleted: they are no parents. */
  gone?: number[]
}

/**
 * The code columns of a cell or building that is about to be written: the code given, checked, or the next free one of
 * the parent in which the shape lies. Buildings get theirs when their cell is found (settleBoxes). Throws no-parent,
 * code-mismatch, has-children.
 */
export async function resolveCode(
  tx: TransactionSql,
  layer: CodedLayer,
  wish: CodeWish,
): Promise<Record<string, unknown>> {
  const { id } = wish
  const given = readCode(layer, wish.code)
  const current = id === undefined ? null : await codeOf(tx, layer, id)
  if (layer === 'buildings') {
    const free = given && (wish.insist || (await isFree(tx, layer, given, id)))
    return { code: free ? given : current }
  }
  if (layer === 'communities') {
    if (!given) throw new Problem('code-mismatch', 'A community needs its official code of 12 digits.')
    if (id !== undefined && current !== given) await refuseWithChildren(tx, layer, id)
    return { code: given }
  }
  const parent = await parentOf(tx, layer, wish)
  const code =
    (await fittingCode(tx, layer, parent.code, given, current, wish)) ??
    (await nextCode(tx, layer, parent.code))
  if (id !== undefined && code !== current && !wish.recodesChildren) await refuseWithChildren(tx, layer, id)
  return layer === 'grids'
    ? { code, community_id: parent.id }
    : { code, grid_id: parent.id, community_id: parent.community_id }
}

/** The code given or, without one, the present one, where it fits the parent. Throws code-mismatch if it is insisted on. */
async function fittingCode(
  tx: TransactionSql,
  layer: 'grids' | 'micro-grids',
  prefix: string,
  given: string | undefined,
  current: string | null,
  { insist, id }: CodeWish,
): Promise<string | undefined> {
  if (!given) return current?.startsWith(prefix) ? current : undefined
  if (given.startsWith(prefix)) return insist || (await isFree(tx, layer, given, id)) ? given : undefined
  if (!insist) return undefined
  throw new Problem(
    'code-mismatch',
    `The code ${given} does not begin with ${prefix}, the code of the ${LAYERS[PARENT_LAYER[layer]].noun.en.toLowerCase()} in which the shape lies.`,
  )
}

function readCode(layer: CodedLayer, given: unknown): string | undefined {
  if (given === undefined || given === null || given === '') return undefined
  const code = parseCode(layer, String(given))
  if (code) return code
  throw new Problem(
    'code-mismatch',
    `“${String(given).slice(0, 40)}” is not the code of a ${LAYERS[layer].noun.en.toLowerCase()}: ${CODE_LENGTH[layer]} digits are expected.`,
  )
}

interface Parent {
  id: number
  code: string
  community_id: number | null
}

/** The parent that covers the shape's point on surface, the present one before others; locked, so that two new children get two codes. */
async function parentOf(
  tx: TransactionSql,
  layer: 'grids' | 'micro-grids',
  { geometry, id = 0, keepParent = false, gone = [] }: CodeWish,
): Promise<Parent> {
  const parentLayer = PARENT_LAYER[layer]
  const table = tableOf(parentLayer)
  const [parent] = await tx.unsafe<Parent[]>(
    `SELECT p.id, p.code, ${parentLayer === 'grids' ? 'p.community_id' : 'NULL::bigint AS community_id'}
     FROM ${table} p,
       (SELECT ST_PointOnSurface(ST_SetSRID(ST_GeomFromGeoJSON($1::text), 4326)) AS anchor,
         (SELECT ${table}_id FROM ${tableOf(layer)} WHERE id = $2::bigint) AS parent_id) child
     WHERE (ST_Covers(p.geom, child.anchor) OR $3::boolean AND p.id = child.parent_id) AND p.id <> ALL ($4::bigint[])
     ORDER BY p.id IS NOT DISTINCT FROM child.parent_id DESC, p.id LIMIT 1 FOR NO KEY UPDATE OF p`,
    [JSON.stringify(geometry), id, keepParent, gone],
    { prepare: true },
  )
  if (parent) return parent
  throw new Problem(
    'no-parent',
    `No feature of ${parentLayer} covers the middle of this shape. Draw or import the ${parentLayer} first.`,
  )
}

/** Whether no other row has this code. */
export async function isFree(
  tx: TransactionSql,
  layer: CodedLayer,
  code: string,
  id: number | undefined,
): Promise<boolean> {
  const [row] = await tx.unsafe<{ taken: boolean }[]>(
    `SELECT EXISTS (SELECT FROM ${tableOf(layer)} WHERE code = $1 AND id IS DISTINCT FROM $2::bigint) AS taken`,
    [code, id ?? null],
  )
  return !row!.taken
}

async function codeOf(tx: TransactionSql, layer: CodedLayer, id: number): Promise<string | null> {
  const [row] = await tx.unsafe<{ code: string | null }[]>(
    `SELECT code FROM ${tableOf(layer)} WHERE id = $1`,
    [id],
  )
  return row?.code ?? null
}

/** The code after the last one under a prefix. Throws code-conflict when all are given out. */
export async function nextCode(tx: TransactionSql, layer: CodedLayer, prefix: string): Promise<string> {
  const digits = sequenceDigits(layer)
  const [row] = await tx.unsafe<{ last: number }[]>(
    `SELECT coalesce(max(right(code, $2)::integer), 0) AS last FROM ${tableOf(layer)} WHERE left(code, length($1)) = $1`,
    [prefix, digits],
  )
  const next = String(row!.last + 1).padStart(digits, '0')
  if (next.length > digits)
    throw new Problem(
      'code-conflict',
      `${prefix} has no free code left: ${row!.last} is the last of ${digits} digits.`,
    )
  return prefix + next
}

const CHILDREN: Record<'communities' | 'grids' | 'micro-grids', LayerId[]> = {
  communities: ['grids', 'micro-grids', 'buildings'],
  grids: ['micro-grids', 'buildings'],
  'micro-grids': ['buildings'],
}

/** A cell that holds others can be neither deleted nor given another code: their codes begin with its own. */
export async function refuseWithChildren(tx: TransactionSql, layer: CodedLayer, id: number): Promise<void> {
  if (layer === 'buildings') return
  const children: Record<string, number> = {}
  for (const child of CHILDREN[layer]) {
    const [row] = await tx.unsafe<{ count: number }[]>(
      `SELECT count(*)::integer AS count FROM ${tableOf(child)} WHERE ${tableOf(layer)}_id = $1`,
      [id],
    )
    if (row!.count > 0) children[child] = row!.count
  }
  if (Object.keys(children).length === 0) return
  const list = Object.entries(children).map(([child, count]) => `${count} ${child}`)
  throw new Problem(
    'has-children',
    `It still holds ${list.join(', ')}. Move or delete them first; nothing was changed.`,
    { extra: { children } },
  )
}
