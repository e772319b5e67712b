import type { Cell, CellEdit, CellRef, CellSet } from '../../geodata/editing/cell-set.ts'
import type { Change, StoredInput } from '../../geodata/editing/draft.ts'
import { isInShape, toShape } from '../../geodata/editing/lattice.ts'
import { pointInside } from '../../geodata/editing/point-inside.ts'
import type { Language } from '../ui/i18n.ts'
import { newProperties, partProperties } from './new-properties.ts'
import { refKey, type WorkingSet } from './working-set.ts'

/** An edit of borders as changes of the draft; to be made before the working set takes the edit in. */
export function cellChanges(set: WorkingSet, edit: CellEdit & { ok: true }, lang: Language): Change[] {
  const { cells } = set
  if (!cells) return []
  /** What the draft holds, else the stored cell with the vertices that noding gave it. */
  const before = (ref: CellRef): StoredInput => {
    const input = set.current(ref)
    const cell = cells.get(ref)
    if (!input || !cell) throw new Error(`${refKey(ref)} was edited without being loaded`)
    return set.isDrafted(ref) ? input : { ...input, geometry: cell.geometry, parentId: cell.parentId }
  }
  const created = (cell: Cell): StoredInput => {
    const source = findCutFrom(cells, cell)
    const properties = source
      ? partProperties(before(source))
      : newProperties(cell.layer, undefined, lang, new Date())
    return { version: null, geometry: cell.geometry, properties, parentId: cell.parentId }
  }
  return [
    ...edit.changed.map((cell): Change => {
      const was = before(cell)
      const after = { ...was, geometry: cell.geometry, parentId: cell.parentId }
      return { layer: cell.layer, id: cell.id, before: was, after }
    }),
    ...edit.created.map(
      (cell): Change => ({ layer: cell.layer, id: cell.id, before: null, after: created(cell) }),
    ),
    ...edit.removed.map(
      (cell): Change => ({ layer: cell.layer, id: cell.id, before: before(cell), after: null }),
    ),
  ]
}

/** The cell of the same layer in which a new one lies. */
function findCutFrom(cells: CellSet, { layer, geometry }: Cell): Cell | undefined {
  const [part] = toShape(geometry)
  const point = part && pointInside(part)
  if (!point) return undefined
  return [...cells.values()].find(
    (cell) => cell.layer === layer && isInShape(point, cells.shapeOf(refKey(cell))),
  )
}
