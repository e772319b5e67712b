import { type CellEdit, type CellSet, refuse } from './cell-set.ts'
import { boxAround } from './edge-index.ts'
import { findPassed } from './find-passed.ts'
import {
  edgeKeyOf,
  edgesOf,
  keyOf,
  type LatticePoint,
  midpoint,
  roughSquareMetres,
  type Shape,
  segmentsClash,
  toMultiPolygon,
  twiceArea,
} from './lattice.ts'

/** Nothing smaller is made on purpose. */
const MIN_SQUARE_METRES = 1

/**
 * Whether cells may take these shapes: every ring has three corners or more, none twice, the right sense and some
 * area; and no new edge has a point in common with another edge of any level but a common end. Pairs that clash
 * already (imported borders do) may go on clashing, so that they can be mended piece by piece.
 */
export function checkShapes(
  cells: CellSet,
  next: ReadonlyMap<string, Shape>,
): (CellEdit & { ok: false }) | null {
  for (const shape of next.values()) {
    for (const rings of shape) {
      for (const [index, ring] of rings.entries()) {
        if (ring.length < 3) return refuse('too-small', ring[0])
        if (new Set(ring.map(keyOf)).size < ring.length) return refuse('crosses-border', ring[0])
        const area = twiceArea(ring)
        if (area > 0 !== (index === 0)) return refuse('flips-cell', ring[0])
        if (roughSquareMetres(ring) < MIN_SQUARE_METRES) return refuse('too-small', ring[0])
      }
    }
  }
  const { fresh, gone } = edgeDifference(cells, next)
  for (const [a, b] of fresh) {
    const others = [...cells.edges.near(boxAround([a, b]))].filter(
      (edge) => !gone.has(edgeKeyOf(edge.a, edge.b)),
    )
    for (const { a: c, b: d } of others) {
      if (!segmentsClash(a, b, c, d)) continue
      const before = [...gone.values()].some(([e, f]) => segmentsClash(e, f, c, d))
      if (!before) return refuse('crosses-border', midpoint(a, b))
    }
    for (const [c, d] of fresh) if (segmentsClash(a, b, c, d)) return refuse('crosses-border', midpoint(a, b))
  }
  return null
}

type Edges = [LatticePoint, LatticePoint][]

/** Edges that the cells would have and nobody has now, and edges that nobody would have any more. */
function edgeDifference(cells: CellSet, next: ReadonlyMap<string, Shape>) {
  const fresh = new Map<string, [LatticePoint, LatticePoint]>()
  const kept = new Set<string>()
  for (const shape of next.values()) {
    for (const [a, b] of edgesOf(shape)) {
      const key = edgeKeyOf(a, b)
      kept.add(key)
      if (!cells.edges.get(a, b)) fresh.set(key, [a, b])
    }
  }
  const gone = new Map<string, [LatticePoint, LatticePoint]>()
  for (const cell of next.keys()) {
    for (const [a, b] of cells.has(cell) ? edgesOf(cells.shapeOf(cell)) : ([] as Edges)) {
      const key = edgeKeyOf(a, b)
      const holders = cells.edges.get(a, b)!.cells
      if (!kept.has(key) && [...holders].every((holder) => next.has(holder))) gone.set(key, [a, b])
    }
  }
  return { fresh: [...fresh.values()], gone }
}

/**
 * An edit that gives existing cells new shapes and nothing else, ring for ring. `moved` says where vertices go that
 * change their place.
 */
export function reshape(
  cells: CellSet,
  next: ReadonlyMap<string, Shape>,
  moved: (point: LatticePoint) => LatticePoint = (point) => point,
): CellEdit {
  const refusal = checkShapes(cells, next)
  if (refusal) return refusal
  const passed = findPassed(cells, next, moved)
  if (passed) return refuse('flips-cell', passed)
  return {
    ok: true,
    changed: [...next].map(([key, shape]) => ({ ...cells.at(key), geometry: toMultiPolygon(shape) })),
    created: [],
    removed: [],
  }
}
