import { LAYERS } from '../../geodata/layers.ts'
import {
  CODE_LENGTH,
  type CodedLayer,
  PARENT_LAYER,
  parseCode,
  sequenceDigits,
} from '../../geodata/shared/codes.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { TransactionSql } from '../platform/database.ts'
import { tableOf } from './layer.columns.ts'
import type { FeatureInput } from './write.store.ts'

/**
 * The code columns of a cell or building that is about to be written: the code given, checked, or the next free one of
 * the parent in which the shape lies. Buildings get theirs when their cell is found (settleBox). `id` is the row that
 * is replaced. Throws no-parent, code-mismatch, has-children.
 */
export async function resolveCode(
  tx: TransactionSql,
  layer: CodedLayer,
  input: FeatureInput,
  id: number | undefined,
): Promise<Record<string, unknown>> {
  const given = readCode(layer, input.properties.code)
  if (layer === 'buildings') return { code: given ?? (id === undefined ? null : await codeOf(tx, layer, id)) }
  if (layer === 'communities') {
    if (!given) throw new Problem('code-mismatch', 'A community needs its official code of 12 digits.')
    if (id !== undefined) await refuseRecoding(tx, layer, id, given)
    return { code: given }
  }
  const parent = await parentOf(tx, layer, input)
  const kept = given ?? (id === undefined ? undefined : await currentCode(tx, layer, id, parent.code))
  if (kept && !kept.startsWith(parent.code))
    throw new Problem(
      'code-mismatch',
      `The code ${kept} does not begin with ${parent.code}, the code of the ${LAYERS[PARENT_LAYER[layer]!].noun.en.toLowerCase()} in which the shape lies.`,
    )
  const code = kept ?? (await nextCode(tx, layer, parent.code))
  if (id !== undefined) await refuseRecoding(tx, layer, id, code)
  return layer === 'grids'
    ? { code, community_id: parent.id }
    : { code, grid_id: parent.id, community_id: parent.community_id }
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

/** The parent that covers the shape's point on surface; locked, so that two new children get two codes. */
async function parentOf(tx: TransactionSql, layer: CodedLayer, input: FeatureInput): Promise<Parent> {
  const parentLayer = PARENT_LAYER[layer]!
  const [parent] = await tx.unsafe<Parent[]>(
    `SELECT id, code, ${parentLayer === 'grids' ? 'community_id' : 'NULL::bigint AS community_id'}
     FROM ${tableOf(parentLayer)}
     WHERE ST_Covers(geom, ST_PointOnSurface(ST_SetSRID(ST_GeomFromGeoJSON($1::text), 4326)))
     ORDER BY id LIMIT 1 FOR NO KEY UPDATE`,
    [JSON.stringify(input.geometry)],
  )
  if (parent) return parent
  throw new Problem(
    'no-parent',
    `No feature of ${parentLayer} covers the middle of this shape. Draw or import the ${parentLayer} first.`,
  )
}

/** The present code if it still fits the parent; a cell that moved to another parent gets a new one. */
async function currentCode(
  tx: TransactionSql,
  layer: CodedLayer,
  id: number,
  prefix: string,
): Promise<string | undefined> {
  const code = await codeOf(tx, layer, id)
  return code?.startsWith(prefix) ? code : undefined
}

async function codeOf(tx: TransactionSql, layer: CodedLayer, id: number): Promise<string | null> {
  const [row] = await tx.unsafe<{ code: string | null }[]>(
    `SELECT code FROM ${tableOf(layer)} WHERE id = $1`,
    [id],
  )
  return row?.code ?? null
}

async function nextCode(tx: TransactionSql, layer: CodedLayer, prefix: string): Promise<string> {
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

async function refuseRecoding(
  tx: TransactionSql,
  layer: CodedLayer,
  id: number,
  code: string,
): Promise<void> {
  if ((await codeOf(tx, layer, id)) !== code) await refuseWithChildren(tx, layer, id)
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
