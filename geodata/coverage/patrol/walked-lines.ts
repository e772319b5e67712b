import { segmentMetres } from '../../network/segment-metres.ts'
import type { LngLat } from '../../shared/geojson.ts'
import type { TimedLine } from '../../walks/draw-matched.ts'
import type { Span } from '../visit-metrics.ts'

/** Part of a walk that goes straight. */
export interface Stretch {
  from: LngLat
  to: LngLat
  /** Milliseconds. */
  begins: number
  ends: number
  metres: number
}

/** The stretches of a line within a time; one that goes on before or behind it is cut there. */
export function* stretchesOf(line: TimedLine, { from, to }: Span): Generator<Stretch> {
  for (let at = 1; at < line.length; at++) {
    const [a, b] = [line[at - 1]!, line[at]!]
    const [begins, ends] = [Math.max(a[2], from), Math.min(b[2], to)]
    if (ends < begins || (ends === begins && b[2] > a[2])) continue
    const lasts = b[2] - a[2]
    const start = between(a, b, lasts === 0 ? 0 : (begins - a[2]) / lasts)
    const end = between(a, b, lasts === 0 ? 1 : (ends - a[2]) / lasts)
    yield { from: start, to: end, begins, ends, metres: segmentMetres(...start, ...end) }
  }
}

/** Between two moments someone goes evenly. */
const between = (a: TimedLine[number], b: TimedLine[number], share: number): LngLat => [
  a[0] + share * (b[0] - a[0]),
  a[1] + share * (b[1] - a[1]),
]
