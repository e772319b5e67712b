import type { Conflict } from '../../geodata/editing/change-report.schema.ts'
import type { ChangeSet, Put } from '../../geodata/editing/change-set.ts'
import { isCellLayer, isCodedLayer } from '../../geodata/shared/codes.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import type { Beginning } from '../cases/begin-cases.store.ts'
import { type Followed, lockCells, type Moved, settleBoxes } from '../features/cells.store.ts'
import { refuseWithChildren } from '../features/codes.store.ts'
import { isLocated, tableOf } from '../features/layer.columns.ts'
import { type CellEdit, rehomeCells } from '../features/rehome.store.ts'
import { expectedProblem } from '../features/transact.store.ts'
import { firstInvalid, inputOf, readFeatures, type WrittenRow } from '../features/write-rows.store.ts'
import { actAs } from '../history/stamp.store.ts'
import type { NewEvent } from '../live/events.store.ts'
import type { TransactionSql } from '../platform/database.ts'
import { keyOf, lockStanding, type Standing } from './find-conflicts.store.ts'
import { pointsHeldBy, refuseRowsOutside, refuseShapesOutside } from './stay-in-area.store.ts'
import { refuseOtherCodes, writeNewHazards, writePut } from './write-put.store.ts'

export interface ApplyOptions {
  actor: Actor
  /** What the writer may see and change. */
  reach: Reach
  changeSetId?: string
  /**
   * A single feature's own routes: a code that does not fit is refused, a cell that holds others is not re-coded, a
   * deleted feature does not come back.
   */
  strict?: boolean
  /** What is known of the case of a new hazard beyond its row, if anything. */
  begin?: (put: Put) => Beginning
  /** Filled with the buildings and points that other cells hold now, if given. */
  moved?: Moved[]
}

export interface Applied {
  /** As stored after settling, in the order of the puts. */
  features: StoredFeature[]
  /** Ids given to new features, by the negative id that named each. */
  ids: Record<string, number>
  followed: Followed[]
  /** To be recorded last in the transaction (recordEvents). */
  events: NewEvent[]
  standing: Standing
}

interface Done {
  put: Put
  before: WrittenRow | undefined
  row: WrittenRow
}

/**
 * Applies an edit within the caller's transaction, all of it or, by throwing, nothing. Every stale row is found before
 * anything is written: then the conflicts are returned and nothing has happened. The order: deletes of what is no
 * cell; puts, cells from the outer to the inner ones, then buildings and the rest; cells follow their parents, buildings and points
 * their cells; deletes of cells, inner ones first. Throws invalid-geometry, no-parent, code-mismatch, code-conflict,
 * has-children, invalid-body (unknown zone layer), outside-area, each with `at`: the layer and id that it is about.
 */
export async function applyChanges(
  tx: TransactionSql,
  changes: ChangeSet,
  options: ApplyOptions,
): Promise<Applied | { conflicts: Conflict[] }> {
  const { actor, reach, changeSetId, strict = false, begin } = options
  const moved = options.moved ?? (reach === 'everywhere' ? undefined : [])
  await lockFor(tx, changes)
  const standing = await lockStanding(tx, changes, !strict, reach)
  if (standing.conflicts.length > 0) return { conflicts: standing.conflicts }
  await actAs(tx, actor, changeSetId)
  await refuseInvalid(tx, changes.puts)
  await refuseShapesOutside(tx, changes, standing, reach)

  const edit: CellEdit = { boxes: [], touched: {}, gone: {}, own: {} }
  for (const { layer, id } of changes.deletes) {
    if (!isCellLayer(layer)) continue
    push(edit.gone, layer, id)
    edit.boxes.push(standing.rows.get(keyOf(layer, id))!.box)
  }
  const events: NewEvent[] = []
  const settleIn: Bbox[] = []
  for (const { layer, id } of changes.deletes) {
    const row = standing.rows.get(keyOf(layer, id))!
    if (!isCellLayer(layer)) await deleteRow(tx, layer, id)
    if (isCodedLayer(layer)) settleIn.push(row.box)
    events.push(deletion(layer, row))
  }
  const done = new Map<Put, Done>()
  const note = (put: Put, written: Pick<Done, 'before' | 'row'>) => {
    done.set(put, { put, ...written })
    if (isCodedLayer(put.layer) || isLocated(put.layer)) settleIn.push(boxOf(written))
  }
  const isNewHazard = ({ layer, id }: Put) =>
    layer === 'hazards' && !standing.rows.has(keyOf(layer, id)) && !standing.deleted.has(keyOf(layer, id))
  for (const layer of LAYER_IDS)
    for (const put of changes.puts)
      if (put.layer === layer && !isNewHazard(put))
        note(put, await about(put, () => writePut(tx, put, standing, edit, { strict })))
  for (const { put, row } of await writeNewHazards(tx, changes.puts.filter(isNewHazard), begin))
    note(put, { before: undefined, row })
  const followed = await rehomeCells(tx, edit)
  settleIn.push(...followed.map(({ event }) => event.box!))
  const own = edit.own.buildings ?? []
  const settle = { own, gone: edit.gone, moved }
  followed.push(...(await settleBoxes(tx, settleIn, settle)))
  const held = moved ? await pointsHeldBy(tx, edit.gone) : []
  await deleteCells(tx, changes, edit, moved)
  const put = [...done.values()].map(({ put, row }) => ({ layer: put.layer, id: row.id, name: put.id }))
  await refuseRowsOutside(tx, { put, followed, moved: moved ?? [], held }, reach)
  await refuseOtherCodes(tx, changes.puts, standing, (put) => done.get(put)!.row.id, strict)

  const features = await readInOrder(tx, changes.puts, (put) => done.get(put)!.row.id)
  changes.puts.forEach((put, index) => {
    events.push(change(done.get(put)!, features[index]!))
  })
  const ids: Record<string, number> = {}
  for (const { put, row } of done.values()) if (put.id < 0) ids[String(put.id)] = row.id
  return { features, ids, followed, events: [...followed.map(({ event }) => event), ...events], standing }
}

const push = (lists: Partial<Record<LayerId, number[]>>, layer: LayerId, id: number) => {
  lists[layer] ??= []
  lists[layer].push(id)
}

/** Which cell holds what is written one transaction at a time; everything else side by side, while cells stay as they are. */
export async function lockFor(tx: TransactionSql, { puts, deletes }: ChangeSet): Promise<void> {
  const layers = [...puts, ...deletes].map(({ layer }) => layer)
  await lockCells(tx, layers.some(isCodedLayer) ? 'exclusive' : 'shared')
}

async function refuseInvalid(tx: TransactionSql, puts: Put[]): Promise<void> {
  const invalid = await firstInvalid(
    tx,
    puts.map(({ geometry }) => geometry),
  )
  if (invalid) throw located(invalid.problem, puts[invalid.index]!)
}

/** Runs what concerns one feature; its problems say so. */
async function about<T>(feature: { layer: LayerId; id: number }, body: () => Promise<T>): Promise<T> {
  try {
    return await body()
  } catch (error) {
    const problem = expectedProblem(error)
    throw problem ? located(problem, feature) : error
  }
}

const located = ({ code, message, issues, extra }: Problem, { layer, id }: { layer: LayerId; id: number }) =>
  new Problem(code, message, { ...(issues ? { issues } : {}), extra: { ...extra, at: { layer, id } } })

async function deleteRow(tx: TransactionSql, layer: LayerId, id: number): Promise<void> {
  await tx.unsafe(`DELETE FROM ${tableOf(layer)} WHERE id = $1`, [id])
}

/** Inner cells first; what they held must have found another cell by now. Points find theirs once more afterwards. */
async function deleteCells(
  tx: TransactionSql,
  { deletes }: ChangeSet,
  { gone }: CellEdit,
  moved: Moved[] | undefined,
): Promise<void> {
  if (Object.keys(gone).length === 0) return
  const boxes: Bbox[] = []
  for (const layer of ['micro-grids', 'grids', 'communities'] as const)
    for (const deletion of deletes) {
      if (deletion.layer !== layer) continue
      const { id } = deletion
      await about(deletion, () => refuseWithChildren(tx, layer, id))
      const [row] = await tx.unsafe<{ box: Bbox }[]>(
        `DELETE FROM ${tableOf(layer)} WHERE id = $1
         RETURNING ARRAY[ST_XMin(geom), ST_YMin(geom), ST_XMax(geom), ST_YMax(geom)] AS box`,
        [id],
      )
      boxes.push(row!.box)
    }
  await settleBoxes(tx, boxes, { moved })
}

async function readInOrder(
  tx: TransactionSql,
  puts: Put[],
  idOf: (put: Put) => number,
): Promise<StoredFeature[]> {
  const found = new Map<string, StoredFeature>()
  for (const layer of LAYER_IDS) {
    const ids = puts.filter((put) => put.layer === layer).map(idOf)
    for (const [id, feature] of await readFeatures(tx, layer, ids)) found.set(keyOf(layer, id), feature)
  }
  return puts.map((put) => found.get(keyOf(put.layer, idOf(put)))!)
}

function change({ put, before, row }: Done, feature: StoredFeature): NewEvent {
  return {
    kind: 'put',
    layer: put.layer,
    featureId: row.id,
    version: feature.version,
    box: boxOf({ before, row }),
    ...(before ? { before: before.input } : {}),
    after: inputOf(put.layer, feature),
  }
}

const deletion = (layer: LayerId, row: WrittenRow): NewEvent => ({
  kind: 'delete',
  layer,
  featureId: row.id,
  version: row.version,
  box: row.box,
  before: row.input,
})

/** The box that covers a feature as it was and as it is. */
const boxOf = ({ before, row }: Pick<Done, 'before' | 'row'>): Bbox => {
  const [a, b] = [before?.box ?? row.box, row.box]
  return [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]
}
