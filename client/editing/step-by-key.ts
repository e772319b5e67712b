import { METRES_PER_UNIT, onLattice } from '../../geodata/editing/lattice.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { EDIT_KEYS } from './keys/edit-keys.ts'

const WAYS: Record<string, [east: number, north: number] | undefined> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
}

type Pressed = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey'>

/** Where an arrow key takes a place: 1 metre, with Shift 10, with Alt 0.1; undefined for other keys. */
export function stepByKey({ key, shiftKey, altKey }: Pressed, at: LngLat): LngLat | undefined {
  const way = WAYS[key]
  if (!way) return undefined
  return moveByMetres(at, ...(way.map((one) => one * (shiftKey ? 10 : altKey ? 0.1 : 1)) as [number, number]))
}

/** By how many degrees, anticlockwise, an arrow to the side turns: 1, with Shift 15, with Alt 0.1; undefined for other keys. */
export function turnByKey({ key, shiftKey, altKey }: Pressed): number | undefined {
  const [anticlockwise, clockwise] = EDIT_KEYS.whole.turn
  if (key !== anticlockwise && key !== clockwise) return undefined
  return (key === anticlockwise ? 1 : -1) * (shiftKey ? 15 : altKey ? 0.1 : 1)
}

/** By what factor an arrow up enlarges: 1.01, with Shift 1.1, with Alt 1.001; the arrow down undoes exactly that. */
export function growByKey({ key, shiftKey, altKey }: Pressed): number | undefined {
  const [larger, smaller] = EDIT_KEYS.whole.grow
  if (key !== larger && key !== smaller) return undefined
  const factor = shiftKey ? 1.1 : altKey ? 1.001 : 1.01
  return key === larger ? factor : 1 / factor
}

/** A place so many metres east and north, on a sphere: for steps and nudges, not for figures. */
export function moveByMetres([lng, lat]: LngLat, eastMetres: number, northMetres: number): LngLat {
  const degrees = 1e-7 / METRES_PER_UNIT
  const east = (eastMetres * degrees) / Math.max(0.01, Math.cos((lat * Math.PI) / 180))
  return onLattice([lng + east, lat + northMetres * degrees])
}
