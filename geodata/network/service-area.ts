import { StreetSearch } from './street-search.ts'
import type { SnappedPoint, Streets } from './walk-graph.ts'

export interface ReachedEdge {
  edge: number
  /** Parts of its length, 0 to 1, in order, apart from each other. */
  reached: [fromFraction: number, toFraction: number][]
  metres: number
}

/**
 * What of every edge is within some metres on foot of any of the sources; edges out of reach are left out. The straight
 * way from a source to the street (`distanceMetres`) counts. Dijkstra's algorithm from all sources with parts of edges:
 * of an edge between u and v without a source min(ℓ, (d − D_u)⁺ + (d − D_v)⁺) is reached.
 */
export function serviceArea(graph: Streets, sources: readonly SnappedPoint[], metres: number): ReachedEdge[] {
  const search = new StreetSearch(graph)
  const onEdge = new Map<number, [number, number][]>()
  for (const source of sources) {
    const left = metres - source.distanceMetres
    if (!(left >= 0)) continue
    search.startAt(source, source.distanceMetres)
    const length = graph.edgeMetres[source.edge]!
    const at = source.fraction * length
    const spans = onEdge.get(source.edge) ?? []
    spans.push([Math.max(0, at - left), Math.min(length, at + left)])
    onEdge.set(source.edge, spans)
  }
  while (search.settledMetres <= metres && search.settle() >= 0);

  const found: ReachedEdge[] = []
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const length = graph.edgeMetres[edge]!
    const fromStart = metres - search.metres[graph.edgeFrom[edge]!]!
    const fromEnd = metres - search.metres[graph.edgeTo[edge]!]!
    const spans = [...(onEdge.get(edge) ?? [])]
    if (fromStart > 0) spans.push([0, Math.min(length, fromStart)])
    if (fromEnd > 0) spans.push([Math.max(0, length - fromEnd), length])
    const reached = join(spans)
    const sum = reached.reduce((all, [from, to]) => all + to - from, 0)
    if (sum > 0)
      found.push({ edge, metres: sum, reached: reached.map(([from, to]) => [from / length, to / length]) })
  }
  return found
}

/** Spans in order, those that touch as one. */
function join(spans: [number, number][]): [number, number][] {
  const joined: [number, number][] = []
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}
