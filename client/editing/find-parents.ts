import type { Cell } from '../../geodata/editing/cell-set.ts'
import { isInShape, type Shape, toShape } from '../../geodata/editing/lattice.ts'
import { pointInside } from '../../geodata/editing/point-inside.ts'
import { CELL_LAYERS } from '../../geodata/shared/codes.ts'

/**
 * Cells with the parent that holds a point inside them, as the server decides it; null where none does. Cells whose
 * parent stays the same are given back as they are.
 */
export function findParents(cells: readonly Cell[]): Cell[] {
  const shapes = new Map(cells.map((cell) => [cell, toShape(cell.geometry)]))
  return cells.map((cell) => {
    const above = CELL_LAYERS[CELL_LAYERS.indexOf(cell.layer) - 1]
    const part = largestPart(shapes.get(cell)!)
    if (!above || !part) return cell
    const point = pointInside(part)
    const parent = cells.find((other) => other.layer === above && isInShape(point, shapes.get(other)!))
    const parentId = parent?.id ?? null
    return parentId === cell.parentId ? cell : { ...cell, parentId }
  })
}

const largestPart = (shape: Shape): Shape[number] | undefined =>
  shape.toSorted((one, other) => extent(other) - extent(one))[0]

function extent([ring = []]: Shape[number]): number {
  const span = (axis: 0 | 1) =>
    Math.max(...ring.map((point) => point[axis])) - Math.min(...ring.map((point) => point[axis]))
  return ring.length ? span(0) * span(1) : 0
}
