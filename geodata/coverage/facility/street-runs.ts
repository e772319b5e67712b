import { pointsOf } from '../../network/find-path.ts'
import type { ReachedEdge } from '../../network/service-area.ts'
import type { Streets } from '../../network/walk-graph.ts'
import type { LngLat } from '../../shared/geojson.ts'

/** Reached parts of edges, in the order of the edges, as columns. */
export interface ReachedSpans {
  edge: Int32Array
  from: Float64Array
  to: Float64Array
}

export function toSpans(reached: readonly ReachedEdge[]): ReachedSpans {
  const spans = reached.flatMap(({ edge, reached }) => reached.map(([from, to]) => ({ edge, from, to })))
  return {
    edge: Int32Array.from(spans, ({ edge }) => edge),
    from: Float64Array.from(spans, ({ from }) => from),
    to: Float64Array.from(spans, ({ to }) => to),
  }
}

/** A stretch of one road that is within reach, or is not, from end to end. */
export interface StreetRun {
  road: number
  isReached: boolean
  metres: number
  coordinates: LngLat[]
}

/**
 * The streets in stretches as long as they can be: what follows on the same road and is alike is one. `roads`: only
 * these; undefined: all. One by one, so that nobody has to hold them.
 */
export function* streetRuns(
  streets: Streets,
  spans: ReachedSpans,
  roads: ReadonlySet<number> | undefined,
): Generator<StreetRun> {
  let run: StreetRun | undefined
  let at = 0
  for (let edge = 0; edge < streets.edgeCount; edge++) {
    const road = streets.edgeRoad[edge]!
    const pieces: [from: number, to: number, isReached: boolean][] = []
    let done = 0
    for (; at < spans.edge.length && spans.edge[at] === edge; at++) {
      if (spans.from[at]! > done) pieces.push([done, spans.from[at]!, false])
      pieces.push([spans.from[at]!, spans.to[at]!, true])
      done = spans.to[at]!
    }
    if (done < 1) pieces.push([done, 1, false])
    if (roads && !roads.has(road)) continue
    for (const [fromFraction, toFraction, isReached] of pieces) {
      const coordinates = pointsOf(streets, { edge, fromFraction, toFraction })
      const metres = (toFraction - fromFraction) * streets.edgeMetres[edge]!
      if (
        run?.road === road &&
        run.isReached === isReached &&
        isSame(run.coordinates.at(-1)!, coordinates[0]!)
      ) {
        run.metres += metres
        run.coordinates.push(...coordinates.slice(1))
        continue
      }
      if (run) yield run
      run = { road, isReached, metres, coordinates }
    }
  }
  if (run) yield run
}

const isSame = (a: LngLat, b: LngLat) => a[0] === b[0] && a[1] === b[1]
