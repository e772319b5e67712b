import { segmentMetres } from '../../network/segment-metres.ts'
import { SILENCE_SECONDS } from '../../tracks/find-visits.ts'
import type { TimedLine } from '../../walks/draw-matched.ts'
import type { AskedWalk } from './patrol-question.ts'

/** Nearer to where somebody stands, positions only waver. */
const WAVER_METRES = 30

/**
 * The ways of a walk, and the times with positions in which it went along no street: somebody stood still, or was away from
 * all streets. Those are lines without a length, where the positions are. Longer silence is nobody’s time.
 */
export function linesOf({ lines, positions }: Pick<AskedWalk, 'lines' | 'positions'>): TimedLine[] {
  const ways = lines.map((line): [number, number] => [line[0]![2], line.at(-1)![2]])
  ways.sort((a, b) => a[0] - b[0])
  const standing: TimedLine[] = []
  let next = 0
  for (let at = 4; at < positions.length; at += 4) {
    const [from, to] = [positions[at - 4]!, positions[at]!]
    if (to - from > SILENCE_SECONDS * 1000) continue
    while (next < ways.length && ways[next]![1] <= from) next++
    const way = ways[next]
    const until = way ? Math.min(to, way[0]) : to
    if (until > from) stand(standing, positions[at - 3]!, positions[at - 2]!, from, until)
    // What lies between two ways within one step is of the next.
    if (way && way[1] < to)
      stand(standing, positions[at + 1]!, positions[at + 2]!, way[1], nextBegin(ways, next + 1, to))
  }
  return [...lines, ...standing]
}

const nextBegin = (ways: readonly [number, number][], place: number, to: number): number =>
  Math.min(to, ways[place]?.[0] ?? to)

function stand(standing: TimedLine[], lng: number, lat: number, from: number, to: number): void {
  if (to <= from) return
  const last = standing.at(-1)
  const [place] = last ?? []
  if (place && last!.at(-1)![2] === from && segmentMetres(place[0], place[1], lng, lat) <= WAVER_METRES)
    last![1] = [place[0], place[1], to]
  else
    standing.push([
      [lng, lat, from],
      [lng, lat, to],
    ])
}
