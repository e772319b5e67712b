import type { CellLayer } from '../shared/codes.ts'
import { type Cell, type CellEdit, type CellSet, cellKey, refuse } from './cell-set.ts'
import { edgeKeyOf, edgesOf, type LatticePoint, toMultiPolygon } from './lattice.ts'
import { tracePolygons } from './trace-faces.ts'

/**
 * Siblings that hang together by stretches of border become one cell: the first id survives, and the children of the
 * others become its children. Shared edges cancel exactly; vertices stay, because neighbours have them.
 */
export function mergeCells(cells: CellSet, layer: CellLayer, ids: readonly number[]): CellEdit {
  const merged = [...new Set(ids)].map((id) => cells.get({ layer, id }))
  const members = merged.filter((cell): cell is Cell => cell !== undefined)
  const survivor = members[0]
  if (!survivor || members.length < merged.length || members.length < 2) return refuse('not-found')
  if (members.some(({ parentId }) => parentId !== survivor.parentId)) return refuse('not-siblings')

  const edges = new Map<string, { owner: Cell; from: LatticePoint; to: LatticePoint }>()
  const touching = new Map<Cell, Set<Cell>>(members.map((cell) => [cell, new Set()]))
  for (const owner of members) {
    for (const [from, to] of edgesOf(cells.shapeOf(cellKey(owner)))) {
      const key = edgeKeyOf(from, to)
      const twin = edges.get(key)
      if (!twin) {
        edges.set(key, { owner, from, to })
        continue
      }
      edges.delete(key)
      touching.get(owner)!.add(twin.owner)
      touching.get(twin.owner)!.add(owner)
    }
  }
  const reached = new Set([survivor])
  for (const cell of reached) for (const other of touching.get(cell)!) reached.add(other)
  if (reached.size < members.length) return refuse('not-adjacent')

  const shape = tracePolygons([...edges.values()].map(({ from, to }) => [from, to] as const))
  if (shape.length === 0) return refuse('crosses-border')
  const removed = members.slice(1)
  return {
    ok: true,
    changed: [
      { ...survivor, geometry: toMultiPolygon(shape) },
      ...removed
        .flatMap((cell) => cells.childrenOf(cell))
        .map((child) => ({ ...child, parentId: survivor.id })),
    ],
    created: [],
    removed,
  }
}
