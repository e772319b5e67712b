import { CELL_LAYERS, type CellLayer } from '../shared/codes.ts'
import type { Bbox, LngLat, MultiPolygon } from '../shared/geojson.ts'
import { EdgeIndex } from './edge-index.ts'
import {
  edgesOf,
  isOnMap,
  keyOf,
  type LatticePoint,
  type Shape,
  toLattice,
  toLngLat,
  toShape,
} from './lattice.ts'
import { nodeCells } from './node-cells.ts'

export interface CellRef {
  layer: CellLayer
  /** Negative for a cell that is not saved yet. */
  id: number
}

export interface Cell extends CellRef {
  /** Of the layer above; null for a community. */
  parentId: number | null
  geometry: MultiPolygon
}

/** Why an edit of borders is refused. Stable: the interface translates them. */
export type CellRefusal =
  /** No cell has a vertex, or an edge, or that id, there. */
  | 'not-found'
  /** A new edge would cross or touch another border. */
  | 'crosses-border'
  /** A ring would turn inside out, or something inside it would come to lie outside. */
  | 'flips-cell'
  /** Another vertex is at that place already. */
  | 'vertex-taken'
  /** Off the map, or outside the working area: cells that are not loaded may have this border too. */
  | 'outside-area'
  /** More than two edges meet there: it holds a junction of borders. */
  | 'junction'
  /** A cell, or a part of one, would be left with less than a square metre or three corners. */
  | 'too-small'
  /** The line does not go from border to border of the cell. */
  | 'line-misses'
  | 'line-crosses-itself'
  /** The line has more points than a person draws. */
  | 'line-too-long'
  /** The cells do not share a stretch of border. */
  | 'not-adjacent'
  /** The cells have different parents. */
  | 'not-siblings'

export type CellEdit =
  | {
      ok: true
      /** Cells as they are afterwards. */
      changed: Cell[]
      created: Cell[]
      /** Cells as they were. */
      removed: Cell[]
    }
  | { ok: false; reason: CellRefusal; at?: LngLat }

export const refuse = (reason: CellRefusal, at?: LatticePoint): CellEdit & { ok: false } =>
  at ? { ok: false, reason, at: toLngLat(at) } : { ok: false, reason }

export const cellKey = ({ layer, id }: CellRef): string => `${layer}/${id}`

/**
 * The cells of a working area, all levels together, indexed by vertex and edge. Its borders are conforming: where
 * cells meet, of one level or of several, they have the same vertices (`nodeCells` sees to that at the start).
 * Operations read it and return a CellEdit; `apply` takes that in.
 */
export class CellSet {
  readonly edges = new EdgeIndex()
  private readonly cells = new Map<string, Cell>()
  private readonly shapes = new Map<string, Shape>()
  private readonly children = new Map<string, Set<string>>()
  private readonly vertices = new Map<string, Set<string>>()
  private readonly area: Bbox | undefined

  /**
   * `area` is the box for which every cell that meets it was loaded: vertices outside it are not moved, because cells
   * that nobody loaded may share them. Left out: everything is loaded.
   */
  constructor(cells: Iterable<Cell>, area?: Bbox) {
    this.area = area
    for (const cell of nodeCells([...cells]).cells) this.put(cell)
  }

  get size(): number {
    return this.cells.size
  }

  values(): Iterable<Cell> {
    return this.cells.values()
  }

  get(ref: CellRef): Cell | undefined {
    return this.cells.get(cellKey(ref))
  }

  has(key: string): boolean {
    return this.cells.has(key)
  }

  at(key: string): Cell {
    return this.cells.get(key)!
  }

  shapeOf(key: string): Shape {
    return this.shapes.get(key)!
  }

  childrenOf({ layer, id }: CellRef): Cell[] {
    const below = CELL_LAYERS[CELL_LAYERS.indexOf(layer) + 1]
    if (!below) return []
    return [...(this.children.get(`${below}<${id}`) ?? [])].map((key) => this.at(key))
  }

  /** Keys of the cells, of every level, with a vertex at this very place. */
  keysAt(point: LatticePoint): ReadonlySet<string> {
    return this.vertices.get(keyOf(point)) ?? NONE
  }

  hasVertex(lngLat: LngLat): boolean {
    return this.keysAt(toLattice(lngLat)).size > 0
  }

  /** Cells, of every level, with a vertex at this very place. */
  cellsAt(lngLat: LngLat): Cell[] {
    return [...this.keysAt(toLattice(lngLat))].map((key) => this.at(key))
  }

  mayChange(point: LatticePoint): boolean {
    const [lng, lat] = toLngLat(point)
    if (!isOnMap([lng, lat])) return false
    if (!this.area) return true
    const [west, south, east, north] = this.area
    return west < lng && lng < east && south < lat && lat < north
  }

  /** Takes in what an operation made. To undo, apply the edit's opposite. */
  apply(edit: { changed?: Cell[]; created?: Cell[]; removed?: CellRef[] }): void {
    for (const ref of edit.removed ?? []) this.remove(ref)
    for (const cell of [...(edit.changed ?? []), ...(edit.created ?? [])]) this.put(cell)
  }

  private put(cell: Cell): void {
    this.remove(cell)
    const key = cellKey(cell)
    const shape = toShape(cell.geometry)
    this.cells.set(key, cell)
    this.shapes.set(key, shape)
    addTo(this.children, `${cell.layer}<${cell.parentId}`, key)
    for (const [from, to] of edgesOf(shape)) {
      addTo(this.vertices, keyOf(from), key)
      this.edges.add(from, to, key)
    }
  }

  private remove(ref: CellRef): void {
    const key = cellKey(ref)
    const cell = this.cells.get(key)
    if (!cell) return
    for (const [from, to] of edgesOf(this.shapeOf(key))) {
      takeFrom(this.vertices, keyOf(from), key)
      this.edges.remove(from, to, key)
    }
    takeFrom(this.children, `${cell.layer}<${cell.parentId}`, key)
    this.cells.delete(key)
    this.shapes.delete(key)
  }
}

const NONE: ReadonlySet<string> = new Set()

function addTo(index: Map<string, Set<string>>, at: string, key: string) {
  const found = index.get(at)
  if (found) found.add(key)
  else index.set(at, new Set([key]))
}

function takeFrom(index: Map<string, Set<string>>, at: string, key: string) {
  const found = index.get(at)
  found?.delete(key)
  if (found?.size === 0) index.delete(at)
}
