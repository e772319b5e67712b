import { METRES_PER_UNIT, onLattice } from '../../geodata/editing/lattice.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'

const WAYS: Record<string, [east: number, north: number] | undefined> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

/** Where an arrow key takes a place: 1 metre, with Shift 10, with Alt 0.1; undefined for other keys. */
export function stepByKey(
  { key, shiftKey, altKey }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey'>,
  at: LngLat,
): LngLat | undefined {
  const way = WAYS[key]
  if (!way) return undefined
  return moveByMetres(at, ...(way.map((one) => one * (shiftKey ? 10 : altKey ? 0.1 : 1)) as [number, number]))
}

/** A place so many metres east and north, on a sphere: for steps and nudges, not for figures. */
export function moveByMetres([lng, lat]: LngLat, eastMetres: number, northMetres: number): LngLat {
  const degrees = 1e-7 / METRES_PER_UNIT
  const east = (eastMetres * degrees) / Math.max(0.01, Math.cos((lat * Math.PI) / 180))
  return onLattice([lng + east, lat + northMetres * degrees])
}
