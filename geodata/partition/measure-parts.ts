import { areaSquareMetres, perimeterMetres } from '../editing/measure.ts'
import type { MultiPolygon } from '../shared/geojson.ts'
import { metresBetween } from './atom-graph.ts'
import type { Border, StreetPiece } from './divide-ground.ts'
import { STREET, WALL } from './node-segments.ts'

/** Area in m² and compactness (Polsby–Popper: 4π·area / perimeter², 1 for a circle), geodesic. */
export function measureShape(shape: MultiPolygon): { areaSquareMetres: number; compactness: number } {
  const area = areaSquareMetres(shape)
  const perimeter = perimeterMetres(shape)
  return { areaSquareMetres: area, compactness: perimeter > 0 ? (4 * Math.PI * area) / perimeter ** 2 : 0 }
}

/** Metres of border between cells, and of these along a street or wall. */
export function measureBorders(borders: readonly Border[], part: ArrayLike<number>) {
  let metres = 0
  let alongMetres = 0
  for (const { a, b, left, right, kind } of borders) {
    if (right < 0 || part[left] === part[right]) continue
    const length = metresBetween(a, b)
    metres += length
    if (kind & (STREET | WALL)) alongMetres += length
  }
  return { metres, alongMetres }
}

/**
 * Places where a street passes from within one cell into another, streets followed from end to end. A stretch with different
 * cells on its two sides is a border and belongs to neither.
 */
export function countCutStreets(streets: readonly StreetPiece[], part: ArrayLike<number>): number {
  const within = new Map<number, number>()
  let cuts = 0
  for (const { left, right, line } of streets) {
    if (left < 0 || right < 0 || part[left] !== part[right]) continue
    const cell = part[left]!
    const last = within.get(line)
    if (last !== undefined && last !== cell) cuts++
    within.set(line, cell)
  }
  return cuts
}
