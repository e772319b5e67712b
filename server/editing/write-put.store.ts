import { isDeepStrictEqual } from 'node:util'
import { afterDeletion, type Put } from '../../geodata/editing/change-set.ts'
import { isCodedLayer, PARENT_LAYER } from '../../geodata/shared/codes.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { type Beginning, beginAs } from '../cases/begin-cases.store.ts'
import { caseBeginner, followCase } from '../cases/follow-case.store.ts'
import { resolveCode } from '../features/codes.store.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { CellEdit } from '../features/rehome.store.ts'
import { insertRow, insertRows, updateRow, type WrittenRow } from '../features/write-rows.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import { type Deleted, keyOf, type Standing } from './find-conflicts.store.ts'

/** So many are sent in one statement. */
const AT_ONCE = 500

/** Stores new hazards, whose cases begin with them: a file brings thousands. `begin`: what is known of a case beyond its row. */
export async function writeNewHazards<P extends Put>(
  tx: TransactionSql,
  puts: readonly P[],
  begin: ((put: Put) => Beginning) | undefined,
): Promise<{ put: P; row: WrittenRow }[]> {
  if (puts.length === 0) return []
  const beginner = await caseBeginner(tx)
  const written: { put: P; row: WrittenRow }[] = []
  for (let first = 0; first < puts.length; first += AT_ONCE) {
    const some = puts.slice(first, first + AT_ONCE)
    const begun = some.map((put) => beginner(put, begin?.(put)))
    await beginAs(tx, { each: begun.map(({ beginning }) => beginning) })
    const rows = await insertRows(
      tx,
      'hazards',
      begun.map(({ input }) => input),
    )
    written.push(...some.map((put, index) => ({ put, row: rows[index]! })))
  }
  await beginAs(tx, { each: [] })
  return written
}

/** Stores one put that is no new hazard: a new feature, a replacement, or a deleted feature that comes back. Notes in `edit` what it did to cells. */
export async function writePut(
  tx: TransactionSql,
  put: Put,
  standing: Standing,
  edit: CellEdit,
  { strict }: { strict: boolean },
): Promise<{ before: WrittenRow | undefined; row: WrittenRow }> {
  const { layer } = put
  const before = standing.rows.get(keyOf(layer, put.id))
  const deleted = standing.deleted.get(keyOf(layer, put.id))
  const reshaped = !before || !isDeepStrictEqual(before.input.geometry, put.geometry)
  const codes = isCodedLayer(layer)
    ? await resolveCode(tx, layer, {
        geometry: put.geometry,
        code: put.properties.code,
        insist: insists(put, standing, strict),
        ...(before ? { id: put.id } : {}),
        keepParent: !reshaped && !(await parentTouched(tx, put, edit)),
        recodesChildren: !strict,
        gone: edit.gone[PARENT_LAYER[layer] ?? layer] ?? [],
      })
    : {}
  const input = layer === 'hazards' ? followCase(put, before, deleted?.row) : put
  const row = before
    ? await updateRow(tx, layer, put.id, input, codes)
    : await insertRow(
        tx,
        layer,
        input,
        deleted ? { ...codes, ...(await freeCode(tx, put)) } : codes,
        await identity(tx, put, deleted),
      )
  if (isCodedLayer(layer)) {
    note(edit.own, layer, row.id)
    const recoded = before && before.input.properties.code !== row.input.properties.code
    if (layer !== 'buildings' && (reshaped || recoded)) {
      note(edit.touched, layer, row.id)
      edit.boxes.push(row.box, ...(before ? [before.box] : []))
    }
  }
  return { before, row }
}

const note = (lists: Partial<Record<LayerId, number[]>>, layer: LayerId, id: number) => {
  lists[layer] ??= []
  lists[layer].push(id)
}

/**
 * A code that the writer chose is kept or the edit refused. The code that the row has already, or had when it was
 * deleted, is only wished for: an edit of the border sends it along, and the place decides.
 */
function insists({ layer, id, properties }: Put, standing: Standing, strict: boolean): boolean {
  if (!properties.code) return false
  if (strict) return true
  const key = keyOf(layer, id)
  const known = standing.rows.get(key)?.input.properties.code ?? standing.deleted.get(key)?.row.code
  return properties.code !== known
}

async function parentTouched(tx: TransactionSql, { layer, id }: Put, edit: CellEdit): Promise<boolean> {
  if (layer !== 'grids' && layer !== 'micro-grids') return false
  const parentLayer = PARENT_LAYER[layer]
  const touched = [...(edit.touched[parentLayer] ?? []), ...(edit.gone[parentLayer] ?? [])]
  if (touched.length === 0) return false
  const [row] = await tx.unsafe<{ parent: number }[]>(
    `SELECT ${tableOf(parentLayer)}_id AS parent FROM ${tableOf(layer)} WHERE id = $1`,
    [id],
  )
  return row !== undefined && touched.includes(row.parent)
}

/** A zone that comes back leaves its code if another zone has taken it. */
async function freeCode(tx: TransactionSql, { layer, properties }: Put): Promise<Record<string, unknown>> {
  if (layer !== 'zones' || !properties.code) return {}
  const [row] = await tx<[{ taken: boolean }]>`
    SELECT EXISTS (SELECT FROM zone WHERE zone_layer = ${String(properties.zoneLayer)} AND code = ${String(properties.code)}) AS taken`
  return row.taken ? { code: null } : {}
}

/** What makes a feature that comes back the same one: its id, the version after its deletion, its source and its age. */
async function identity(
  tx: TransactionSql,
  { id, layer }: Put,
  deleted: Deleted | undefined,
): Promise<Record<string, unknown>> {
  if (!deleted) return {}
  const { row } = deleted
  const [found] = await tx.unsafe<{ taken: boolean; batch: boolean }[]>(
    `SELECT EXISTS (SELECT FROM ${tableOf(layer)} WHERE source_id = $1) AS taken,
       EXISTS (SELECT FROM import_batch WHERE id = $2::bigint) AS batch`,
    [row.source_id as string, (row.batch_id as number | null) ?? 0],
  )
  return {
    id,
    version: afterDeletion(deleted.version) + 1,
    how: 'restored',
    created_at: row.created_at,
    batch_id: found!.batch ? row.batch_id : null,
    // An import made since may have brought the same feature again: it keeps the source.
    ...(found!.taken
      ? {}
      : { source_id: row.source_id, source_hash: row.source_hash, source_version: row.source_version }),
  }
}

/** Throws code-mismatch for a building whose chosen code is not the one that its place gives. */
export async function refuseOtherCodes(
  tx: TransactionSql,
  puts: Put[],
  standing: Standing,
  idOf: (put: Put) => number,
  strict: boolean,
): Promise<void> {
  const chosen = puts.filter((put) => put.layer === 'buildings' && insists(put, standing, strict))
  if (chosen.length === 0) return
  const ids = chosen.map(idOf)
  const rows = await tx<{ id: number; code: string | null; microGrid: string | null }[]>`
    SELECT b.id, b.code, m.code AS "microGrid" FROM building b LEFT JOIN micro_grid m ON m.id = b.micro_grid_id
    WHERE b.id = ANY (${ids}::bigint[])`
  const byId = new Map(rows.map((row) => [row.id, row]))
  for (const put of chosen) {
    const now = byId.get(idOf(put))!
    const { code } = put.properties
    if (now.code === code) continue
    throw new Problem(
      'code-mismatch',
      now.microGrid
        ? `The code ${code} does not begin with ${now.microGrid}, the micro-grid in which the building stands. Leave the code out to have one made.`
        : `The building stands in no micro-grid, so it cannot have the code ${code}. Leave the code out.`,
      { extra: { at: { layer: put.layer, id: put.id } } },
    )
  }
}
