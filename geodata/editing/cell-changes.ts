import { type Cell, type CellEdit, type CellRef, type CellSet, cellKey } from './cell-set.ts'
import type { Change, StoredInput } from './draft.ts'

/**
 * An edit of borders as changes of a draft; call it before `cells.apply(edit)`. `readInput` gives a cell's version and
 * properties as they are in the draft; `newInput` those of a cell that comes about, given the cell it was cut from.
 */
export function toChanges(
  cells: CellSet,
  edit: CellEdit & { ok: true },
  readInput: (ref: CellRef) => Pick<StoredInput, 'version' | 'properties'>,
  newInput: (created: Cell) => StoredInput['properties'],
): Change[] {
  const inputOf = (cell: Cell, own: Pick<StoredInput, 'version' | 'properties'>): StoredInput => ({
    version: own.version,
    geometry: cell.geometry,
    properties: own.properties,
    parentId: cell.parentId,
  })
  return [
    ...edit.changed.map((cell): Change => {
      const own = readInput(cell)
      const before = inputOf(cells.at(cellKey(cell)), own)
      return { layer: cell.layer, id: cell.id, before, after: inputOf(cell, own) }
    }),
    ...edit.created.map((cell): Change => {
      const after = inputOf(cell, { version: null, properties: newInput(cell) })
      return { layer: cell.layer, id: cell.id, before: null, after }
    }),
    ...edit.removed.map((cell): Change => {
      const before = inputOf(cells.at(cellKey(cell)), readInput(cell))
      return { layer: cell.layer, id: cell.id, before, after: null }
    }),
  ]
}

/** Brings the cells to the `after` of changes: for undo, redo and a draft that was kept. Other layers are passed over. */
export function applyChanges(cells: CellSet, changes: readonly Change[]): void {
  for (const { layer, id, after } of changes) {
    if (layer !== 'communities' && layer !== 'grids' && layer !== 'micro-grids') continue
    if (!after) cells.apply({ removed: [{ layer, id }] })
    else if (after.geometry.type === 'MultiPolygon')
      cells.apply({
        changed: [{ layer, id, parentId: after.parentId ?? null, geometry: after.geometry }],
      })
  }
}
