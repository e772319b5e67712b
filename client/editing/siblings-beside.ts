import { type CellRef, type CellSet, cellKey } from '../../geodata/editing/cell-set.ts'
import { edgesOf } from '../../geodata/editing/lattice.ts'

/** Cells of the same layer and parent that share border with any of those given, these included but for the first. */
export function siblingsBeside(cells: CellSet, picked: readonly CellRef[]): CellRef[] {
  const first = picked[0] && cells.get(picked[0])
  if (!first) return []
  const found = new Map<string, CellRef>()
  for (const ref of picked) {
    if (!cells.has(cellKey(ref))) continue
    if (ref.id !== first.id) found.set(cellKey(ref), ref)
    for (const [a, b] of edgesOf(cells.shapeOf(cellKey(ref)))) {
      for (const key of cells.edges.get(a, b)?.cells ?? []) {
        const other = cells.at(key)
        if (other.layer !== first.layer || other.parentId !== first.parentId || other.id === first.id)
          continue
        found.set(key, { layer: other.layer, id: other.id })
      }
    }
  }
  return [...found.values()].sort((one, other) => one.id - other.id)
}
