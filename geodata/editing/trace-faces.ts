import { edgeKeyOf, isInRing, keyOf, type LatticePoint, midpoint, same, twiceArea } from './lattice.ts'

type DirectedEdge = readonly [from: LatticePoint, to: LatticePoint]

/**
 * Closed walks that keep to the left along directed edges: one for each side of the areas that the edges bound, so
 * that an edge given in both directions divides. At a vertex the walk takes the first way out clockwise from the one
 * it came by. Edges that lead nowhere are left out.
 */
function walk(edges: readonly DirectedEdge[]): LatticePoint[][] {
  const outs = new Map<string, LatticePoint[]>()
  for (const [from, to] of edges) {
    const found = outs.get(keyOf(from))
    if (found) found.push(to)
    else outs.set(keyOf(from), [to])
  }
  const used = new Set<string>()
  const walks: LatticePoint[][] = []
  for (const edge of edges) {
    if (used.has(directedKey(...edge))) continue
    const ring: LatticePoint[] = []
    let [from, to] = edge
    let closed = false
    while (!used.has(directedKey(from, to))) {
      used.add(directedKey(from, to))
      ring.push(from)
      const ways = outs.get(keyOf(to)) ?? []
      const next = ways.length === 1 ? ways[0]! : firstClockwise(to, from, ways)
      if (!next) break
      ;[from, to] = [to, next]
      closed = same(from, edge[0]) && same(to, edge[1])
    }
    if (closed) walks.push(ring)
  }
  return walks
}

const directedKey = (a: LatticePoint, b: LatticePoint) => `${a[0]} ${a[1]} ${b[0]} ${b[1]}`

/** Angle of the turn clockwise from at→back to at→way; the way back itself comes last. */
function firstClockwise(
  at: LatticePoint,
  back: LatticePoint,
  ways: LatticePoint[],
): LatticePoint | undefined {
  const bearing = ([x, y]: LatticePoint) => Math.atan2(y - at[1], x - at[0])
  const turn = (way: LatticePoint) => {
    if (same(way, back)) return 2 * Math.PI
    const angle = bearing(back) - bearing(way)
    return angle <= 0 ? angle + 2 * Math.PI : angle
  }
  return ways.toSorted((one, other) => turn(one) - turn(other))[0]
}

/** The walks with edges taken out that have the same walk on both sides: they divide nothing. */
export function withoutBridges(edges: readonly DirectedEdge[]): DirectedEdge[] {
  const bridges = new Set<string>()
  for (const ring of walk(edges)) {
    const keys = new Set<string>()
    ring.forEach((from, i) => {
      const key = edgeKeyOf(from, ring[(i + 1) % ring.length]!)
      if (keys.has(key)) bridges.add(key)
      keys.add(key)
    })
  }
  return edges.filter(([from, to]) => !bridges.has(edgeKeyOf(from, to)))
}

/**
 * The polygons that directed edges bound, interior to the left: rings that touch themselves at a vertex are taken
 * apart there, and each hole goes to the smallest outer ring around it.
 */
export function tracePolygons(edges: readonly DirectedEdge[]): LatticePoint[][][] {
  const rings = walk(edges).flatMap(splitAtRepeats)
  const outers = rings
    .map((ring) => ({ ring, area: twiceArea(ring) }))
    .filter(({ area }) => area > 0)
    .sort((one, other) => one.area - other.area)
  const polygons = outers.map(({ ring }) => [ring])
  for (const hole of rings) {
    if (twiceArea(hole) >= 0) continue
    const inside = midpoint(hole[0]!, hole[1]!)
    const own = new Set(hole.map(keyOf))
    const owner = outers.findIndex(
      ({ ring }) => isInRing(inside, ring) && !ring.every((point) => own.has(keyOf(point))),
    )
    if (owner >= 0) polygons[owner]!.push(hole)
  }
  return polygons
}

function splitAtRepeats(walked: LatticePoint[]): LatticePoint[][] {
  const rings: LatticePoint[][] = []
  const stack: LatticePoint[] = []
  const place = new Map<string, number>()
  for (const point of walked) {
    const seen = place.get(keyOf(point))
    if (seen !== undefined) {
      const loop = stack.splice(seen)
      for (const gone of loop) place.delete(keyOf(gone))
      if (loop.length > 2) rings.push(loop)
    }
    place.set(keyOf(point), stack.length)
    stack.push(point)
  }
  if (stack.length > 2) rings.push(stack)
  return rings
}
