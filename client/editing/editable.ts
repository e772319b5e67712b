import type { CellEdit, CellSet } from '../../geodata/editing/cell-set.ts'
import { insertVertex } from '../../geodata/editing/insert-vertex.ts'
import { moveVertices, type VertexMove } from '../../geodata/editing/move-vertices.ts'
import { removeVertex } from '../../geodata/editing/remove-vertex.ts'
import { isCellLayer } from '../../geodata/shared/codes.ts'
import type { Geometry, LngLat, MultiPolygon } from '../../geodata/shared/geojson.ts'
import type { Bench, Refused } from './bench.ts'
import { insertPosition, movePositions, type PlainEdit, removePosition } from './plain-edit.ts'
import { type FeatureRef, refKey } from './working-set.ts'

/** What a drag or a key would do: shown while it lasts, committed when it ends. */
export type Attempt = { ok: true; shapes: Geometry[]; commit(): void } | Refused

/** The vertices of one feature and what can be done to them; for a cell, to every cell that shares them. */
export interface Editable {
  vertices: LngLat[]
  edges: [LngLat, LngLat][]
  move(moves: VertexMove[]): Attempt
  insert(edge: readonly [LngLat, LngLat], at: LngLat): Attempt
  remove(at: LngLat): Attempt
  /** The vertices around one up to where borders meet: those of the very same cells. */
  stretch(at: LngLat): LngLat[]
}

/** undefined while what it takes is not loaded. */
export function editableOf(bench: Bench, ref: FeatureRef): Editable | undefined {
  const put = bench.set.current(ref)
  if (!put) return undefined
  const { geometry } = put
  const { layer } = ref
  if (!isCellLayer(layer)) {
    const attempt = (edit: PlainEdit): Attempt =>
      edit.ok
        ? { ok: true, shapes: [edit.geometry], commit: () => bench.commitShape(ref, edit.geometry) }
        : edit
    return {
      ...outline(geometry),
      move: (moves) => attempt(movePositions(geometry, moves)),
      insert: (edge, at) => attempt(insertPosition(geometry, edge, at)),
      remove: (at) => attempt(removePosition(geometry, at)),
      stretch: (at) => [at],
    }
  }
  const { cells } = bench.set
  const cell = cells?.get({ layer, id: ref.id })
  if (!cells || !cell) return undefined
  const attempt = (edit: CellEdit): Attempt =>
    edit.ok
      ? {
          ok: true,
          shapes: edit.changed.map((changed) => changed.geometry),
          commit: () => bench.commitCells(edit),
        }
      : edit
  return {
    ...outline(cell.geometry),
    move: (moves) => attempt(moveVertices(cells, moves)),
    insert: (edge, at) => attempt(insertVertex(cells, edge, at)),
    remove: (at) => attempt(removeVertex(cells, at)),
    stretch: (at) => stretchAround(cells, cell.geometry, at),
  }
}

function stretchAround(cells: CellSet, { coordinates }: MultiPolygon, at: LngLat): LngLat[] {
  const owners = (place: LngLat) => cells.cellsAt(place).map(refKey).sort().join(' ')
  const own = owners(at)
  const ring = coordinates.flat().find((line) => line.some(([lng, lat]) => lng === at[0] && lat === at[1]))
  const open = ring?.slice(0, -1) ?? []
  const start = open.findIndex(([lng, lat]) => lng === at[0] && lat === at[1])
  const found = [at]
  for (const way of [1, -1]) {
    for (let step = 1; step < open.length; step++) {
      const next = open.at((start + way * step) % open.length)!
      if (owners(next) !== own || found.includes(next)) break
      found.push(next)
    }
  }
  return found
}

function outline(geometry: Geometry): Pick<Editable, 'vertices' | 'edges'> {
  if (geometry.type === 'Point') return { vertices: [geometry.coordinates], edges: [] }
  const lines = geometry.type === 'LineString' ? [geometry.coordinates] : geometry.coordinates.flat()
  const closed = geometry.type === 'MultiPolygon'
  return {
    vertices: lines.flatMap((line) => (closed ? line.slice(0, -1) : line)),
    edges: lines.flatMap((line) => line.slice(1).map((to, index): [LngLat, LngLat] => [line[index]!, to])),
  }
}
