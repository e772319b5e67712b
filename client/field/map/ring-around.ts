import type { LngLat } from '../../../geodata/shared/geojson.ts'

const METRES_PER_DEGREE = 111_195
const CORNERS = 48

/** A closed ring of so many metres around a place: on a sphere, good for what a phone's error is. */
export function ringAround([lng, lat]: LngLat, metres: number): LngLat[] {
  const up = metres / METRES_PER_DEGREE
  const across = up / Math.cos((lat * Math.PI) / 180)
  return Array.from({ length: CORNERS + 1 }, (_, at): LngLat => {
    const angle = ((at % CORNERS) / CORNERS) * 2 * Math.PI
    return [lng + across * Math.sin(angle), lat + up * Math.cos(angle)]
  })
}
