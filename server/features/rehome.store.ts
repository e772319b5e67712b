import { searchText } from '../../geodata/search/search-text.ts'
import { CODE_LENGTH, PARENT_LAYER } from '../../geodata/shared/codes.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { stamp } from '../history/stamp.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import { boxSides, type Followed, type Gone, inBoxes } from './cells.store.ts'
import { isFree, nextCode } from './codes.store.ts'
import { tableOf } from './layer.columns.ts'

/** What an edit has done to cells, before their children follow. */
export interface CellEdit {
  /** Boxes in which shapes of cells changed, degrees. */
  boxes: Bbox[]
  /** Cells that are new or have another shape or another code. */
  touched: Partial<Record<LayerId, number[]>>
  /** Cells that are about to be deleted. */
  gone: Gone
  /** Cells that the edit itself wrote: another code is no further version of them. */
  own: Partial<Record<LayerId, number[]>>
}

interface Child {
  id: number
  code: string
  parentChanged: boolean
  parentId: number
  parentCode: string
  communityId: number
}

/**
 * After cells were written: grids and micro-grids find their parent again by their anchor, the present parent before
 * others that cover it too, a parent that is about to be deleted last. Only those whose old or new parent was part of the edit do:
 * a cell that was imported outside its parent stays with it. One that has another parent gets its next free code; one
 * whose parent has another code keeps its own sequence if that is free. Returns what followed, with events to record.
 */
export async function rehomeCells(tx: TransactionSql, edit: CellEdit): Promise<Followed[]> {
  const followed: Followed[] = []
  for (const layer of ['grids', 'micro-grids'] as const) {
    const parentLayer = PARENT_LAYER[layer]
    const touched = [...(edit.touched[parentLayer] ?? []), ...(edit.gone[parentLayer] ?? [])]
    if (touched.length === 0) continue
    const own = new Set(edit.own[layer])
    for (const child of await movedChildren(tx, layer, edit, touched)) {
      const code = await followingCode(tx, layer, child)
      const result = await recode(tx, layer, child, code, own.has(child.id))
      if (!own.has(child.id)) followed.push(result)
      edit.boxes.push(result.event.box!)
      edit.touched[layer] = [...(edit.touched[layer] ?? []), child.id]
    }
  }
  return followed
}

async function movedChildren(
  tx: TransactionSql,
  layer: 'grids' | 'micro-grids',
  { boxes, gone }: CellEdit,
  touched: number[],
): Promise<Child[]> {
  const parentLayer = PARENT_LAYER[layer]
  const parent = tableOf(parentLayer)
  const communityOf = parentLayer === 'communities' ? 'id' : 'community_id'
  return tx.unsafe<Child[]>(
    `SELECT t.id, t.code, p.id <> t.${parent}_id AS "parentChanged", p.id AS "parentId", p.code AS "parentCode",
       p.community_id AS "communityId"
     FROM ${tableOf(layer)} t CROSS JOIN LATERAL (
       SELECT c.id, c.code, c.${communityOf} AS community_id FROM ${parent} c
       WHERE c.id = t.${parent}_id OR ST_Covers(c.geom, t.anchor)
       ORDER BY c.id = ANY ($7::bigint[]), ST_Covers(c.geom, t.anchor) DESC, c.id = t.${parent}_id DESC, c.id LIMIT 1) p
     WHERE (t.${parent}_id = ANY ($5::bigint[]) OR ${inBoxes(layer)}) AND t.id <> ALL ($6::bigint[])
       AND CASE WHEN p.id = t.${parent}_id
         THEN left(t.code, ${CODE_LENGTH[parentLayer]}) <> p.code OR t.community_id <> p.community_id
         ELSE t.${parent}_id = ANY ($5::bigint[]) OR p.id = ANY ($5::bigint[]) END
     ORDER BY t.code`,
    [...boxSides(boxes), touched, gone[layer] ?? [], gone[parentLayer] ?? []],
  )
}

async function followingCode(
  tx: TransactionSql,
  layer: 'grids' | 'micro-grids',
  { id, code, parentChanged, parentCode }: Child,
): Promise<string> {
  if (code.startsWith(parentCode)) return code
  const sameSequence = parentCode + code.slice(parentCode.length)
  if (!parentChanged && (await isFree(tx, layer, sameSequence, id))) return sameSequence
  return nextCode(tx, layer, parentCode)
}

async function recode(
  tx: TransactionSql,
  layer: 'grids' | 'micro-grids',
  child: Child,
  code: string,
  own: boolean,
): Promise<Followed> {
  const values: (string | number)[] = [child.id, code, child.communityId]
  const parent = layer === 'grids' ? '' : `grid_id = $${values.push(child.parentId)},`
  const [row] = await tx.unsafe<{ name: string; version: number; box: Bbox }[]>(
    `UPDATE ${tableOf(layer)} t SET code = $2, ${parent} community_id = $3
       ${own ? '' : `, version = t.version + 1, ${stamp('t', 'followed')}`}
     WHERE t.id = $1
     RETURNING t.name, t.version, ARRAY[ST_XMin(t.geom), ST_YMin(t.geom), ST_XMax(t.geom), ST_YMax(t.geom)] AS box`,
    values,
  )
  await tx.unsafe(`UPDATE ${tableOf(layer)} SET search_text = $2 WHERE id = $1`, [
    child.id,
    searchText(layer, { name: row!.name, code }),
  ])
  return {
    layer,
    id: child.id,
    version: row!.version,
    codeBefore: child.code,
    codeAfter: code,
    event: {
      kind: 'put',
      layer,
      featureId: child.id,
      version: row!.version,
      box: row!.box,
      before: { properties: { code: child.code } },
      after: { properties: { code } },
    },
  }
}
