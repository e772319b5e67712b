import type { OsmData, OsmRelation } from './osm-data.ts'

/** Closed rings of 1e-7 degrees: outer ring first, then its holes. */
export type IntegerRing = [number, number][]
export type IntegerPolygon = IntegerRing[]

export type Assembled = { polygons: IntegerPolygon[] } | { reason: string }

/** The area inside a closed way, or why there is none. */
export function polygonOfWay(refs: ArrayLike<number>, data: OsmData): Assembled {
  if (refs.length < 4 || refs[0] !== refs[refs.length - 1]) return { reason: 'its outline is not closed' }
  const ring = positions(Array.from(refs), data)
  return ring ? { polygons: [[ring]] } : { reason: CUT_OFF }
}

/**
 * The area of a multipolygon: ways with the role outer (or none) are joined end to end by shared nodes into rings, and
 * each inner ring becomes a hole of the outer ring around it.
 */
export function polygonOfRelation(relation: OsmRelation, data: OsmData): Assembled {
  const outers: number[][] = []
  const inners: number[][] = []
  for (const { way, role } of relation.members) {
    if (role !== 'outer' && role !== 'inner' && role !== '') continue
    const found = data.ways.get(way)
    if (!found) return { reason: CUT_OFF }
    if (found.refs.length >= 2) (role === 'inner' ? inners : outers).push(Array.from(found.refs))
  }
  const outerRings = joinRings(outers)
  const innerRings = joinRings(inners)
  if (!outerRings || !innerRings || outerRings.length === 0) return { reason: 'its outline is not closed' }
  const polygons: IntegerPolygon[] = []
  for (const ring of outerRings) {
    const found = positions(ring, data)
    if (!found) return { reason: CUT_OFF }
    polygons.push([found])
  }
  for (const ring of innerRings) {
    const hole = positions(ring, data)
    if (!hole) return { reason: CUT_OFF }
    const around = polygons.filter((polygon) => contains(polygon[0]!, hole)).sort(byExtent)[0]
    if (!around) return { reason: 'one of its holes lies outside its outline' }
    around.push(hole)
  }
  return { polygons }
}

const CUT_OFF = 'part of its outline is outside the extract'

function positions(refs: number[], data: OsmData): IntegerRing | undefined {
  const found = refs.map((ref) => data.position(ref))
  return found.includes(undefined) ? undefined : (found as IntegerRing)
}

/** Undefined when an end is left over. */
function joinRings(ways: number[][]): number[][] | undefined {
  const rings = ways.filter((way) => way[0] === way.at(-1))
  const open = ways.filter((way) => way[0] !== way.at(-1))
  const byEnd = new Map<number, Set<number[]>>()
  for (const way of open)
    for (const end of [way[0]!, way.at(-1)!]) byEnd.set(end, (byEnd.get(end) ?? new Set()).add(way))
  const take = (end: number): number[] | undefined => {
    const way = byEnd.get(end)?.values().next().value
    if (!way) return undefined
    byEnd.get(way[0]!)?.delete(way)
    byEnd.get(way.at(-1)!)?.delete(way)
    return way
  }
  for (const start of open) {
    if (!byEnd.get(start[0]!)?.has(start)) continue
    take(start[0]!)
    const ring = [...start]
    while (ring[0] !== ring.at(-1)) {
      const next = take(ring.at(-1)!)
      if (!next) return undefined
      const onward = next[0] === ring.at(-1) ? next : next.toReversed()
      for (let i = 1; i < onward.length; i++) ring.push(onward[i]!)
    }
    rings.push(ring)
  }
  return rings
}

/** Whether the first position of the hole that is not on the outline lies inside it. */
function contains(outline: IntegerRing, hole: IntegerRing): boolean {
  const corners = new Set(outline.map(String))
  const probe = hole.find((position) => !corners.has(String(position))) ?? hole[0]!
  return insideRing(probe, outline)
}

export function insideRing([x, y]: [number, number], ring: IntegerRing): boolean {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i]!
    const [bx, by] = ring[j]!
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

const byExtent = (a: IntegerPolygon, b: IntegerPolygon) => extent(a) - extent(b)
function extent(polygon: IntegerPolygon): number {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of polygon[0]!) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  return (east - west) * (north - south)
}

/**
 * A point inside the largest polygon, in the same units: the middle of the widest stretch that lies inside on the
 * line half-way up. Depends on the coordinates alone, so that the same area always gives the same point.
 */
export function pointInside(polygons: IntegerPolygon[]): [number, number] {
  const largest = [...polygons].sort(byExtent).at(-1)!
  const heights = largest[0]!.map(([, y]) => y)
  // Half a unit off the lattice: no corner lies on the line.
  const y =
    Math.floor((heights.reduce((a, b) => Math.min(a, b)) + heights.reduce((a, b) => Math.max(a, b))) / 2) +
    0.5
  const crossings: number[] = []
  for (const ring of largest)
    for (let i = 0; i + 1 < ring.length; i++) {
      const [ax, ay] = ring[i]!
      const [bx, by] = ring[i + 1]!
      if (ay > y !== by > y) crossings.push(((bx - ax) * (y - ay)) / (by - ay) + ax)
    }
  crossings.sort((a, b) => a - b)
  let best: [from: number, to: number] | undefined
  for (let i = 0; i + 1 < crossings.length; i += 2) {
    const [from, to] = [crossings[i]!, crossings[i + 1]!]
    if (!best || to - from > best[1] - best[0]) best = [from, to]
  }
  return best ? [Math.round((best[0] + best[1]) / 2), Math.floor(y)] : largest[0]![0]!
}
