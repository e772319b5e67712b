import type { LngLat } from '../shared/geojson.ts'
import { type Cell, type CellEdit, type CellRef, type CellSet, cellKey, refuse } from './cell-set.ts'
import { checkShapes } from './check-edges.ts'
import { insertInto } from './insert-vertex.ts'
import {
  edgeKeyOf,
  edgesOf,
  isInShape,
  isOnMap,
  keyOf,
  type LatticePoint,
  midpoint,
  roughSquareMetres,
  type Shape,
  same,
  segmentsClash,
  toLattice,
  toMultiPolygon,
} from './lattice.ts'
import { type NodedLine, nodeLine } from './node-line.ts'
import { pointInside } from './point-inside.ts'
import { tracePolygons, withoutBridges } from './trace-faces.ts'

type Cut = readonly [LatticePoint, LatticePoint]
const MAX_LINE_POINTS = 2_000

/**
 * Cuts a cell along a drawn line that goes from border to border (it may start and end outside), or along a closed
 * line inside it. Every descendant that the line crosses is cut too, and each child gets the part it lies in as its
 * parent. Of each cell the largest part keeps the identity; the others are `created` with ids from `nextId`, which
 * the caller keeps negative and unused. The line goes through vertices that it passes within 30 cm.
 */
export function splitCell(
  cells: CellSet,
  ref: CellRef,
  line: readonly LngLat[],
  nextId: () => number,
): CellEdit {
  const target = cells.get(ref)
  if (!target) return refuse('not-found')
  if (line.length > MAX_LINE_POINTS) return refuse('line-too-long')
  if (!line.every(isOnMap)) return refuse('outside-area')
  const drawn = line.map(toLattice).filter((point, i, all) => i === 0 || !same(point, all[i - 1]!))
  if (drawn.length < 2) return refuse('line-misses', drawn[0])
  const knot = findKnot(drawn)
  if (knot) return refuse('line-crosses-itself', knot)
  const noded = nodeLine(cells, drawn)
  if (!noded) return refuse('crosses-border', drawn[0])
  const repeat = findRepeat(noded.path)
  if (repeat) return refuse('line-crosses-itself', repeat)

  const outline = withSplits(cells, cellKey(target), noded.splits)
  const cuts = withoutDeadEnds(outline, cutsInside(outline, piecesOf(noded.path)))
  if (cuts.length === 0) return refuse('line-misses', drawn[0])
  const ends = new Set(cuts.flat().map(keyOf))
  const splits: NodedLine['splits'] = new Map()
  for (const [key, { edge, between }] of noded.splits) {
    const used = between.filter((point) => ends.has(keyOf(point)))
    if (used.length > 0) splits.set(key, { edge, between: used })
  }
  const outside = cuts.flat().find((point) => !cells.mayChange(point))
  if (outside) return refuse('outside-area', outside)

  const changed = new Map<string, Cell>()
  const created: Cell[] = []
  const next = new Map<string, Shape>()
  for (const { edge } of splits.values()) {
    for (const key of edge.cells) next.set(key, withSplits(cells, key, splits))
  }
  const divide = (cell: Cell, parentOf: (face: LatticePoint[][]) => number | null) => {
    const shape = withSplits(cells, cellKey(cell), splits)
    const parts = partition(shape, withoutDeadEnds(shape, cutsInside(shape, cuts)), parentOf)
    const divided = parts.map((part, i) => {
      const made = { ...cell, id: i === 0 ? cell.id : nextId(), parentId: part.parentId }
      if (parts.length > 1) next.set(cellKey(made), part.shape)
      if (i > 0) created.push({ ...made, geometry: toMultiPolygon(part.shape) })
      else if (parts.length > 1 || made.parentId !== cell.parentId) changed.set(cellKey(made), made)
      return { id: made.id, shape: part.shape }
    })
    if (divided.length < 2) return
    for (const child of cells.childrenOf(cell)) {
      divide(child, (face) => {
        const inside = pointInside(face)
        return (divided.find((part) => isInShape(inside, part.shape)) ?? divided[0]!).id
      })
    }
  }
  divide(target, () => target.parentId)
  if (created.length === 0) return refuse('line-misses', drawn[0])

  const refusal = checkShapes(cells, next)
  if (refusal) return refusal
  for (const [key, shape] of next) {
    if (!cells.has(key)) continue
    changed.set(key, { ...(changed.get(key) ?? cells.at(key)), geometry: toMultiPolygon(shape) })
  }
  return { ok: true, changed: [...changed.values()], created, removed: [] }
}

/** The parts of a cell, largest first. Polygons that no cut touches stay with the largest part under their parent. */
function partition(
  shape: Shape,
  cuts: readonly Cut[],
  parentOf: (face: LatticePoint[][]) => number | null,
): { parentId: number | null; shape: Shape }[] {
  const cutKeys = new Set(cuts.map(([a, b]) => edgeKeyOf(a, b)))
  const faces = cuts.length === 0 ? shape : tracePolygons(halves(shape, cuts))
  const groups = new Map<number | null, { cut: Shape; whole: Shape }>()
  for (const face of faces) {
    const parentId = parentOf(face)
    const group = groups.get(parentId) ?? { cut: [], whole: [] }
    groups.set(parentId, group)
    const isCut = [...edgesOf([face])].some(([a, b]) => cutKeys.has(edgeKeyOf(a, b)))
    group[isCut ? 'cut' : 'whole'].push(face)
  }
  const parts = [...groups].flatMap(([parentId, { cut, whole }]) => {
    const bySize = cut.toSorted((one, other) => sizeOf([other]) - sizeOf([one]))
    const shapes =
      bySize.length === 0 ? [whole] : bySize.map((face, i) => (i === 0 ? [face, ...whole] : [face]))
    return shapes.map((polygons) => ({ parentId, shape: polygons }))
  })
  return parts.sort((one, other) => sizeOf(other.shape) - sizeOf(one.shape))
}

const sizeOf = (shape: Shape): number =>
  shape.reduce(
    (sum, rings) =>
      sum + rings.reduce((part, ring, i) => part + (i === 0 ? 1 : -1) * roughSquareMetres(ring), 0),
    0,
  )

const halves = (shape: Shape, cuts: readonly Cut[]): Cut[] => [
  ...edgesOf(shape),
  ...cuts.flatMap(([a, b]): Cut[] => [
    [a, b],
    [b, a],
  ]),
]

function withoutDeadEnds(shape: Shape, cuts: readonly Cut[]): Cut[] {
  if (cuts.length === 0) return []
  const kept = new Set(withoutBridges(halves(shape, cuts)).map(([a, b]) => edgeKeyOf(a, b)))
  return cuts.filter(([a, b]) => kept.has(edgeKeyOf(a, b)))
}

/** Pieces that run through the interior, not along the border. */
function cutsInside(shape: Shape, pieces: readonly Cut[]): Cut[] {
  const border = new Set([...edgesOf(shape)].map(([a, b]) => edgeKeyOf(a, b)))
  return pieces.filter(([a, b]) => !border.has(edgeKeyOf(a, b)) && isInShape(midpoint(a, b), shape))
}

const piecesOf = (path: readonly LatticePoint[]): Cut[] =>
  path.slice(1).map((point, i) => [path[i]!, point] as const)

function withSplits(cells: CellSet, key: string, splits: NodedLine['splits']): Shape {
  let shape = cells.shapeOf(key)
  for (const { edge, between } of splits.values())
    if (edge.cells.has(key)) shape = insertInto(shape, edge.a, edge.b, between)
  return shape
}

function findKnot(line: readonly LatticePoint[]): LatticePoint | undefined {
  for (let i = 0; i + 1 < line.length; i++) {
    for (let j = 0; j < i; j++) {
      if (segmentsClash(line[i]!, line[i + 1]!, line[j]!, line[j + 1]!)) return line[i]
    }
  }
  return findRepeat(line)
}

/** A point that the line visits twice; that it ends where it began is allowed. */
function findRepeat(line: readonly LatticePoint[]): LatticePoint | undefined {
  const seen = new Set<string>()
  return line.find((point, i) => {
    if (i === line.length - 1 && i > 2 && same(point, line[0]!)) return false
    return seen.size === seen.add(keyOf(point)).size
  })
}
