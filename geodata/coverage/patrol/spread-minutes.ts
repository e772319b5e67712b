import type { LngLat } from '../../shared/geojson.ts'
import type { TimedLine } from '../../walks/draw-matched.ts'
import type { Span } from '../visit-metrics.ts'
import { stretchesOf } from './walked-lines.ts'

/** Places are counted each ten seconds or less. */
const STEP_MS = 10_000
/** Side of a bin in degrees: about ten metres. Nobody’s own way is told by it. */
const BIN = 1e-4

/** How many minutes were spent near places of a lattice, of all walks together; without whose and when. */
export function spreadMinutes(
  lines: readonly TimedLine[],
  span: Span,
): { lngLat: LngLat; minutes: number }[] {
  const bins = new Map<string, { lngLat: LngLat; minutes: number }>()
  for (const line of lines)
    for (const { from, to, begins, ends } of stretchesOf(line, span)) {
      const steps = Math.max(1, Math.ceil((ends - begins) / STEP_MS))
      const minutes = (ends - begins) / 60_000 / steps
      if (minutes === 0) continue
      for (let step = 0; step < steps; step++) {
        const share = (step + 0.5) / steps
        const [column, row] = [
          Math.round((from[0] + share * (to[0] - from[0])) / BIN),
          Math.round((from[1] + share * (to[1] - from[1])) / BIN),
        ]
        const key = `${column} ${row}`
        const bin = bins.get(key)
        if (bin) bin.minutes += minutes
        else bins.set(key, { lngLat: [rounded(column * BIN), rounded(row * BIN)], minutes })
      }
    }
  return [...bins.values()]
}

const rounded = (degrees: number) => Math.round(degrees * 1e6) / 1e6
