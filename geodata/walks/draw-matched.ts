import { localPlane, type Metres } from '../editing/local-plane.ts'
import { pointsOf } from '../network/find-path.ts'
import { segmentMetres } from '../network/segment-metres.ts'
import type { WalkGraph } from '../network/walk-graph.ts'
import type { LngLat } from '../shared/geojson.ts'
import type { MatchedTrack } from '../tracks/match-track.ts'

/** A line with the moment at each of its positions: lng, lat (degrees), milliseconds. */
export type TimedLine = [lng: number, lat: number, at: number][]

/** What was walked without a break, along the streets; within an edge someone goes evenly. */
export const drawMatched = (graph: WalkGraph, { runs }: MatchedTrack): TimedLine[] =>
  runs
    .map(({ pieces }) => {
      const line: TimedLine = []
      for (const piece of pieces) {
        const points = pointsOf(graph, piece)
        const lengths = points.map((at, place) =>
          place === 0 ? 0 : segmentMetres(...points[place - 1]!, ...at),
        )
        const all = lengths.reduce((sum, metres) => sum + metres, 0)
        let behind = 0
        for (const [place, at] of points.entries()) {
          behind += lengths[place]!
          add(line, at, piece.from + (all === 0 ? 0 : behind / all) * (piece.to - piece.from))
        }
      }
      return line
    })
    .filter(({ length }) => length > 1)

function add(line: TimedLine, [lng, lat]: LngLat, at: number): void {
  const position: TimedLine[number] = [
    Math.round(lng * 1e6) / 1e6,
    Math.round(lat * 1e6) / 1e6,
    Math.round(at),
  ]
  const last = line.at(-1)
  if (last?.[0] !== position[0] || last[1] !== position[1]) line.push(position)
}

/** So far from the planned way, someone is off it. */
const CORRIDOR_METRES = 35

/** Stretches are looked at in pieces of no more. */
const PIECE_METRES = 10

/** Metres of lines that lie away from the planned way, right to about ten metres at each place where they leave it. */
export function metresOffPlan(lines: readonly TimedLine[], planned: readonly LngLat[]): number {
  const origin = planned[0] ?? lines[0]?.[0]
  if (!origin) return 0
  const { toMetres } = localPlane([origin[0], origin[1]])
  const way = planned.map(toMetres)
  let off = 0
  for (const line of lines)
    for (let place = 1; place < line.length; place++) {
      const [a, b] = [line[place - 1]!, line[place]!]
      const metres = segmentMetres(a[0], a[1], b[0], b[1])
      const pieces = Math.max(1, Math.ceil(metres / PIECE_METRES))
      for (let piece = 0; piece < pieces; piece++) {
        const share = (piece + 0.5) / pieces
        const middle = toMetres([a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])])
        if (!isNear(middle, way)) off += metres / pieces
      }
    }
  return off
}

function isNear([x, y]: Metres, way: readonly Metres[]): boolean {
  return way.some(([bx, by], place) => {
    const [ax, ay] = way[Math.max(0, place - 1)]!
    const [dx, dy] = [bx - ax, by - ay]
    const length = dx * dx + dy * dy
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / length))
    return Math.hypot(x - ax - share * dx, y - ay - share * dy) <= CORRIDOR_METRES
  })
}
