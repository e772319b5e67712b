import { type Cell, type CellSet, cellKey } from './cell-set.ts'
import { edgesOf, isInRing, midpoint, type Shape, segmentsClash, twiceArea } from './lattice.ts'

/**
 * What is wrong with cells, exactly: rings that touch themselves or each other, turn the wrong way, or holes outside
 * their polygon; and parents whose boundary is not what the children's directed edges leave over when shared ones
 * cancel. With simple rings that says that the children tile the parent: their winding numbers add up to the parent's,
 * which is 0 or 1 everywhere. `only`: the cells (and their parents) to look at.
 */
export function findFaults(cells: CellSet, only: Iterable<Cell> = cells.values()): string[] {
  const faults: string[] = []
  const parents = new Map<string, Cell>()
  for (const cell of only) {
    const shape = cells.shapeOf(cellKey(cell))
    faults.push(...faultsOfShape(shape).map((fault) => `${cellKey(cell)}: ${fault}`))
    parents.set(cellKey(cell), cell)
    const layer = cell.layer === 'grids' ? 'communities' : 'grids'
    const parent = cell.parentId === null ? undefined : cells.get({ layer, id: cell.parentId })
    if (cell.parentId !== null && !parent)
      faults.push(`${cellKey(cell)}: its parent ${layer}/${cell.parentId} is not there`)
    if (parent) parents.set(cellKey(parent), parent)
  }
  for (const [key, parent] of parents) {
    const children = cells.childrenOf(parent)
    if (children.length === 0) continue
    const left = new Map<string, number>()
    const count = (shape: Shape, weight: number) => {
      for (const [from, to] of edgesOf(shape)) {
        const forward = `${from} ${to}`
        const back = `${to} ${from}`
        if (left.has(back)) left.set(back, left.get(back)! - weight)
        else left.set(forward, (left.get(forward) ?? 0) + weight)
      }
    }
    for (const child of children) count(cells.shapeOf(cellKey(child)), 1)
    count(cells.shapeOf(key), -1)
    const wrong = [...left].filter(([, weight]) => weight !== 0)
    if (wrong.length > 0) faults.push(`${key}: ${wrong.length} edges are not tiled, one at ${wrong[0]![0]}`)
  }
  return faults
}

function faultsOfShape(shape: Shape): string[] {
  const faults: string[] = []
  const edges = [...edgesOf(shape)]
  edges.forEach(([a, b], i) => {
    for (const [c, d] of edges.slice(0, i)) if (segmentsClash(a, b, c, d)) faults.push(`clash at ${a}`)
  })
  for (const rings of shape) {
    for (const [r, ring] of rings.entries()) {
      if (ring.length < 3) faults.push('ring of two')
      if (new Set(ring.map(String)).size < ring.length) faults.push('ring touches itself')
      if (twiceArea(ring) > 0 !== (r === 0)) faults.push('ring turns the wrong way')
      if (r > 0 && !isInRing(midpoint(ring[0]!, ring[1]!), rings[0]!)) faults.push('hole outside')
    }
  }
  return faults
}
