import type { LngLat } from '../shared/geojson.ts'
import { Heap } from './heap.ts'
import { localPlane } from './local-plane.ts'
import { lengthMetres } from './measure.ts'
import { snap } from './snap.ts'

export interface Road {
  id: number
  coordinates: LngLat[]
}
export type Trace =
  | { ok: true; coordinates: LngLat[]; metres: number; roadIds: number[] }
  | { ok: false; reason: 'no-road' | 'unconnected'; at: LngLat }

interface Link {
  to: string
  road: Road
  coordinates: LngLat[]
  metres: number
}

const nodeOf = (at: LngLat): string => String(at)
const START = 'start'
const END = 'end'

/**
 * The shortest way along roads between two places, each taken to the nearest road within `reachMetres`. Roads are
 * noded: they meet where their end coordinates are equal. The line runs from road to road, its first and last pieces
 * being parts of roads; it has one point when both places fall on it. Dijkstra's algorithm; `metres` is geodesic.
 */
export function traceAlongRoads(
  roads: readonly Road[],
  from: LngLat,
  to: LngLat,
  reachMetres: number,
): Trace {
  const features = roads.map((road) => ({
    road,
    geometry: { type: 'LineString' as const, coordinates: road.coordinates },
  }))
  const start = snap(from, features, reachMetres, 'nearest')
  if (!start) return { ok: false, reason: 'no-road', at: from }
  const end = snap(to, features, reachMetres, 'nearest')
  if (!end) return { ok: false, reason: 'no-road', at: to }

  const links = new Map<string, Link[]>()
  const { toMetres } = localPlane(from)
  const link = (a: string, b: string, road: Road, coordinates: LngLat[]) => {
    const points = coordinates.map(toMetres)
    const metres = points.reduce((sum, [x, y], i) => {
      const [px, py] = points[i - 1] ?? [x, y]
      return sum + Math.hypot(x - px, y - py)
    }, 0)
    for (const [at, next, line] of [
      [a, b, coordinates],
      [b, a, coordinates.toReversed()],
    ] as const) {
      const found = links.get(at)
      const made = { to: next, road, coordinates: line, metres }
      if (found) found.push(made)
      else links.set(at, [made])
    }
  }
  for (const road of roads) {
    // Places on this road in its own order: a road that holds both is walked directly between them.
    const stops = [
      { node: nodeOf(road.coordinates[0]!), place: 0, at: road.coordinates[0]! },
      ...[
        { node: START, snapped: start },
        { node: END, snapped: end },
      ].flatMap(({ node, snapped }) => {
        const place = placeOn(road.coordinates, snapped)
        return place === undefined ? [] : [{ node, place, at: snapped.lngLat }]
      }),
      {
        node: nodeOf(road.coordinates.at(-1)!),
        place: road.coordinates.length - 1,
        at: road.coordinates.at(-1)!,
      },
    ].sort((one, other) => one.place - other.place)
    for (let i = 0; i + 1 < stops.length; i++) {
      const [a, b] = [stops[i]!, stops[i + 1]!]
      const between = road.coordinates.slice(Math.floor(a.place) + 1, Math.ceil(b.place))
      link(a.node, b.node, road, [a.at, ...between, b.at])
    }
  }
  return shortest(links) ?? { ok: false, reason: 'unconnected', at: to }
}

/** Index of the vertex, or of the edge plus the share of the way along it; undefined when it is not on this road. */
function placeOn(
  line: readonly LngLat[],
  { lngLat, edge }: { lngLat: LngLat; edge: readonly [LngLat, LngLat] | null },
): number | undefined {
  const isAt = (a: LngLat, b: LngLat) => a[0] === b[0] && a[1] === b[1]
  const vertex = line.findIndex((at) => isAt(at, lngLat))
  if (vertex >= 0) return vertex
  if (!edge) return undefined
  const index = line.findIndex(
    (at, i) => i + 1 < line.length && isAt(at, edge[0]) && isAt(line[i + 1]!, edge[1]),
  )
  if (index < 0) return undefined
  const [a, b] = edge
  const whole = Math.hypot(b[0] - a[0], b[1] - a[1])
  const part = Math.hypot(lngLat[0] - a[0], lngLat[1] - a[1])
  return index + (whole === 0 ? 0 : Math.min(0.999999, Math.max(1e-6, part / whole)))
}

function shortest(links: ReadonlyMap<string, Link[]>): (Trace & { ok: true }) | undefined {
  const best = new Map<string, number>([[START, 0]])
  const cameBy = new Map<string, { from: string; link: Link }>()
  const heap = new Heap<string>()
  heap.push(0, START)
  for (let top = heap.pop(); top; top = heap.pop()) {
    if (top.value === END) break
    if (top.key > best.get(top.value)!) continue
    for (const link of links.get(top.value) ?? []) {
      const metres = top.key + link.metres
      if (metres >= (best.get(link.to) ?? Infinity)) continue
      best.set(link.to, metres)
      cameBy.set(link.to, { from: top.value, link })
      heap.push(metres, link.to)
    }
  }
  if (!best.has(END)) return undefined
  const steps: Link[] = []
  for (let at = END; at !== START; at = cameBy.get(at)!.from) steps.unshift(cameBy.get(at)!.link)
  const coordinates = steps
    .flatMap((step) => step.coordinates)
    .filter((at, i, all) => i === 0 || String(at) !== String(all[i - 1]))
  return {
    ok: true,
    coordinates,
    metres: lengthMetres(coordinates),
    roadIds: [...new Set(steps.filter(({ metres }) => metres > 0).map(({ road }) => road.id))],
  }
}
