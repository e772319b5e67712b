import { localPlane } from '../editing/local-plane.ts'
import type { LngLat } from '../shared/geojson.ts'
import { SegmentGrid } from './segment-grid.ts'
import { segmentMetres } from './segment-metres.ts'
import type { SnappedPoint, Streets } from './walk-graph.ts'

/** Made when a graph is first asked, and gone with it. */
const grids = new WeakMap<Streets, SegmentGrid>()

/** The foot of a place on the stretch after a point. */
interface Foot {
  point: number
  share: number
  metres: number
}

/**
 * The nearest place on a street within some metres, straight; undefined when there is none. Of streets equally near, as
 * at a crossing, that of the lowest edge. Distances are compared in a plane around the place, right to a thousandth.
 */
export function snap(graph: Streets, lngLat: LngLat, withinMetres = 100): SnappedPoint | undefined {
  const near = withinMetres > NEAR_METRES ? nearestFoot(graph, lngLat, NEAR_METRES) : undefined
  const best = near ?? nearestFoot(graph, lngLat, withinMetres)
  return best && snapped(graph, lngLat, best)
}

/** Most places stand this near to a street, and a small box holds few of them. */
const NEAR_METRES = 30

function nearestFoot(graph: Streets, lngLat: LngLat, withinMetres: number): Foot | undefined {
  let best: Foot | undefined
  for (const foot of feetNear(graph, lngLat, withinMetres)) if (isNearer(foot, best)) best = foot
  return best
}

/** The nearest place on each of the edges within some metres, the nearest edge first. */
export function snapToEach(graph: Streets, lngLat: LngLat, withinMetres: number): SnappedPoint[] {
  const best = new Map<number, Foot>()
  const { edgeOfPoint } = gridOf(graph)
  for (const foot of feetNear(graph, lngLat, withinMetres)) {
    const edge = edgeOfPoint[foot.point]!
    if (isNearer(foot, best.get(edge))) best.set(edge, foot)
  }
  return [...best.values()]
    .sort((a, b) => a.metres - b.metres || a.point - b.point)
    .map((foot) => snapped(graph, lngLat, foot))
}

const isNearer = (foot: Foot, than: Foot | undefined): boolean =>
  !than || foot.metres < than.metres || (foot.metres === than.metres && foot.point < than.point)

function gridOf(graph: Streets): SegmentGrid {
  let grid = grids.get(graph)
  if (!grid) {
    grid = new SegmentGrid(graph)
    grids.set(graph, grid)
  }
  return grid
}

function* feetNear(graph: Streets, lngLat: LngLat, withinMetres: number): Generator<Foot> {
  const { pointLng, pointLat, pointStart } = graph
  const grid = gridOf(graph)
  const { toMetres, toLngLat } = localPlane(lngLat)
  const [east, north] = toLngLat([withinMetres, withinMetres])
  const [dx, dy] = [(east - lngLat[0]) * 1.01, (north - lngLat[1]) * 1.01]
  const near = grid.near(lngLat[0] - dx, lngLat[1] - dy, lngLat[0] + dx, lngLat[1] + dy)
  for (const point of near ?? pointLng.keys()) {
    if (point + 1 >= pointStart[grid.edgeOfPoint[point]! + 1]!) continue
    const [ax, ay] = toMetres([pointLng[point]!, pointLat[point]!])
    const [bx, by] = toMetres([pointLng[point + 1]!, pointLat[point + 1]!])
    const share = shareOfFoot(ax, ay, bx, by)
    const metres =
      share === 0
        ? Math.hypot(ax, ay)
        : share === 1
          ? Math.hypot(bx, by)
          : Math.hypot(ax + share * (bx - ax), ay + share * (by - ay))
    if (metres <= withinMetres) yield { point, share, metres }
  }
}

function snapped(graph: Streets, lngLat: LngLat, { point, share }: Foot): SnappedPoint {
  const { pointMetres, edgeMetres } = graph
  const edge = gridOf(graph).edgeOfPoint[point]!
  const along = pointMetres[point]! + share * (pointMetres[point + 1]! - pointMetres[point]!)
  const found = between(graph, point, share)
  return {
    edge,
    fraction: edgeMetres[edge]! === 0 ? 0 : Math.min(1, along / edgeMetres[edge]!),
    lngLat: found,
    distanceMetres: segmentMetres(lngLat[0], lngLat[1], found[0], found[1]),
  }
}

/** On the stretch after a point, in degrees, not rounded. */
export function between({ pointLng, pointLat }: Streets, point: number, share: number): LngLat {
  if (share <= 0) return [pointLng[point]!, pointLat[point]!]
  if (share >= 1) return [pointLng[point + 1]!, pointLat[point + 1]!]
  return [
    pointLng[point]! + share * (pointLng[point + 1]! - pointLng[point]!),
    pointLat[point]! + share * (pointLat[point + 1]! - pointLat[point]!),
  ]
}

/** How far along a–b the place nearest to the origin lies, 0 to 1. */
function shareOfFoot(ax: number, ay: number, bx: number, by: number): number {
  const [dx, dy] = [bx - ax, by - ay]
  const squared = dx * dx + dy * dy
  return squared === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / squared))
}
