import type { Bbox } from '../../geodata/shared/geojson.ts'

/** The box of a geometry, degrees. A geometry across the antimeridian gives the long way round. */
export function boxOf(geometry: { type: string; coordinates: unknown }): Bbox {
  const box: Bbox = [180, 90, -180, -90]
  const visit = (value: unknown): void => {
    if (!Array.isArray(value)) return
    if (typeof value[0] !== 'number') {
      for (const part of value) visit(part)
      return
    }
    const [lng, lat] = value as [number, number]
    box[0] = Math.min(box[0], lng)
    box[1] = Math.min(box[1], lat)
    box[2] = Math.max(box[2], lng)
    box[3] = Math.max(box[3], lat)
  }
  visit(geometry.coordinates)
  return box
}
