import { expect } from 'vitest'
import type { CellLayer } from '../shared/codes.ts'
import type { LngLat } from '../shared/geojson.ts'
import { type Cell, type CellEdit, CellSet, cellKey } from './cell-set.ts'
import { findFaults } from './find-faults.ts'
import { type LatticePoint, toLngLat, toMultiPolygon } from './lattice.ts'

/** Units of 10 m or so, on the lattice at 120.6, 31.3. */
const UNIT = 1_000
export const at = (x: number, y: number): LngLat => toLngLat(lattice(x, y))
export const lattice = (x: number, y: number): LatticePoint => [
  1_206_000_000 + Math.round(x * UNIT),
  313_000_000 + Math.round(y * UNIT),
]
export type Corners = [number, number][]
export const cell = (layer: CellLayer, id: number, parentId: number | null, ...rings: Corners[]): Cell => ({
  layer,
  id,
  parentId,
  geometry: toMultiPolygon([rings.map((ring) => ring.map(([x, y]) => lattice(x, y)))]),
})
export const box = (west: number, south: number, east: number, north: number): Corners => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
]
/** A community of two grids side by side; the west one has two micro-grids, one above the other, the east one has one. */
export const town = () =>
  new CellSet([
    cell('communities', 1, null, box(0, 0, 20, 10)),
    cell('grids', 1, 1, box(0, 0, 10, 10)),
    cell('grids', 2, 1, box(10, 0, 20, 10)),
    cell('micro-grids', 1, 1, box(0, 0, 10, 5)),
    cell('micro-grids', 2, 1, box(0, 5, 10, 10)),
    cell('micro-grids', 3, 2, box(10, 0, 20, 10)),
  ])
export const keysOf = (cells: Cell[]) => cells.map(cellKey).sort()
export function accept(cells: CellSet, edit: CellEdit) {
  if (!edit.ok) throw new Error(`${edit.reason} at ${edit.at}`)
  cells.apply(edit)
  expect(findFaults(cells)).toEqual([])
  return edit
}
export const ids = () => {
  let id = 0
  return () => --id
}
