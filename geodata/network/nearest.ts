import { alongEdge, StreetSearch } from './street-search.ts'
import type { SnappedPoint, WalkGraph } from './walk-graph.ts'

/**
 * The nearest targets on foot, nearest first, at most `count`; targets that no street leads to are left out. Metres hold
 * the straight ways from and to the streets (`distanceMetres`) at both ends. Of equals the first.
 */
export function nearest(
  graph: WalkGraph,
  from: SnappedPoint,
  targets: readonly SnappedPoint[],
  count: number,
): { target: number; metres: number }[] {
  const { edgeFrom, edgeTo, edgeMetres } = graph
  const atNode = new Map<number, { target: number; beyondMetres: number }[]>()
  const add = (node: number, target: number, beyondMetres: number) => {
    const held = atNode.get(node)
    if (held) held.push({ target, beyondMetres })
    else atNode.set(node, [{ target, beyondMetres }])
  }
  const found = new Map<number, number>()
  const improve = (target: number, metres: number) => {
    if (metres < (found.get(target) ?? Number.POSITIVE_INFINITY)) found.set(target, metres)
  }
  for (const [target, place] of targets.entries()) {
    const length = edgeMetres[place.edge]!
    const along = place.fraction * length
    add(edgeFrom[place.edge]!, target, along + place.distanceMetres)
    add(edgeTo[place.edge]!, target, length - along + place.distanceMetres)
    const direct = alongEdge(graph, from, place)
    if (direct < Number.POSITIVE_INFINITY) improve(target, direct + place.distanceMetres)
  }
  const best = () =>
    [...found]
      .map(([target, metres]) => ({ target, metres }))
      .sort((a, b) => a.metres - b.metres || a.target - b.target)
      .slice(0, count)

  const search = new StreetSearch(graph)
  search.startAt(from)
  // Whatever is found later is farther than the last node.
  const farthest = () =>
    found.size < count ? Number.POSITIVE_INFINITY : (best().at(-1)?.metres ?? Number.NEGATIVE_INFINITY)
  let last = farthest()
  while (search.settledMetres <= last) {
    const node = search.settle()
    if (node < 0) break
    let isNearer = false
    for (const { target, beyondMetres } of atNode.get(node) ?? []) {
      improve(target, search.metres[node]! + beyondMetres)
      isNearer ||= found.get(target)! < last
    }
    if (isNearer) last = farthest()
  }
  return best().map(({ target, metres }) => ({ target, metres: metres + from.distanceMetres }))
}
