import type { Geometry, LngLat } from '../../../geodata/shared/geojson.ts'
import { boxOf } from '../../map/box-of.ts'

interface GeometrySketchProps {
  label: string
  /** Drawn one over the other in one frame; the last is the one that the sketch is of. */
  shapes: { role: 'base' | 'theirs' | 'mine'; geometry: Geometry }[]
}

const WIDTH = 220
const HEIGHT = 130
const MARGIN = 10
/** A single point still has surroundings. */
const LEAST_DEGREES = 0.0004

/** Shapes without a map: what was as a thin dashed line, theirs dashed, mine solid. */
export function GeometrySketch({ label, shapes }: GeometrySketchProps) {
  const boxes = shapes.map(({ geometry }) => boxOf(geometry))
  const west = Math.min(...boxes.map((box) => box[0]))
  const east = Math.max(...boxes.map((box) => box[2]))
  const south = Math.min(...boxes.map((box) => box[1]))
  const north = Math.max(...boxes.map((box) => box[3]))
  const squeeze = Math.cos(((south + north) / 2) * (Math.PI / 180))
  const wide = Math.max((east - west) * squeeze, LEAST_DEGREES)
  const high = Math.max(north - south, LEAST_DEGREES)
  const scale = Math.min((WIDTH - 2 * MARGIN) / wide, (HEIGHT - 2 * MARGIN) / high)
  const place = ([lng, lat]: LngLat) => {
    const x = WIDTH / 2 + (lng - (west + east) / 2) * squeeze * scale
    const y = HEIGHT / 2 - (lat - (south + north) / 2) * scale
    return `${x.toFixed(1)} ${y.toFixed(1)}`
  }
  const line = (points: LngLat[], closed: boolean) => `M${points.map(place).join('L')}${closed ? 'Z' : ''}`
  return (
    <svg className="gw-sketch" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {shapes.map(({ role, geometry }) => {
        if (geometry.type === 'Point') {
          const [x, y] = place(geometry.coordinates).split(' ')
          return <circle key={role} data-role={role} cx={x} cy={y} r={6} />
        }
        const d =
          geometry.type === 'LineString'
            ? line(geometry.coordinates, false)
            : geometry.coordinates
                .flat()
                .map((ring) => line(ring, true))
                .join('')
        return (
          <path key={role} data-role={role} data-open={geometry.type === 'LineString' || undefined} d={d} />
        )
      })}
    </svg>
  )
}
