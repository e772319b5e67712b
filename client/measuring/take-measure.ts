import { areaSquareMetres, distanceMetres, lengthMetres } from '../../geodata/editing/measure.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { readArea, writeArea } from '../../geodata/shared/read-area.ts'
import type { MeasureState } from './measure-state.ts'

export interface Taken {
  /** metres of each side, in order; of an area with three corners or more also the closing one */
  sides: number[]
  totalMetres: number
  /** undefined: a line, or fewer than three corners */
  area?: { squareMetres: number } | { crosses: true }
}

/** Geodesic figures on WGS 84. An outline that crosses itself has no area, and says so. */
export function takeMeasure({ measure, points }: MeasureState): Taken {
  const closed = measure === 'area' && points.length >= 3
  const path: readonly LngLat[] = closed ? [...points, points[0]!] : points
  const sides = path.slice(1).map((point, index) => distanceMetres(path[index]!, point))
  const totalMetres = lengthMetres(path)
  if (!closed) return { sides, totalMetres }
  const sound = readArea(writeArea(points))
  if (!sound.ok) return { sides, totalMetres, area: { crosses: true } }
  const ring = [...points, points[0]!]
  return {
    sides,
    totalMetres,
    area: { squareMetres: areaSquareMetres({ type: 'MultiPolygon', coordinates: [[ring]] }) },
  }
}
