import { localPlane } from '../editing/local-plane.ts'
import type { LngLat } from '../shared/geojson.ts'
import { SegmentGrid } from './segment-grid.ts'
import { segmentMetres } from './segment-metres.ts'
import type { SnappedPoint, WalkGraph } from './walk-graph.ts'

/** Made when a graph is first asked, and gone with it. */
const grids = new WeakMap<WalkGraph, SegmentGrid>()

/**
 * The nearest place on a street within some metres, straight; undefined when there is none. Of streets equally near, as
 * at a crossing, that of the lowest edge. Distances are compared in a plane around the place, right to a thousandth.
 */
export function snap(graph: WalkGraph, lngLat: LngLat, withinMetres = 100): SnappedPoint | undefined {
  let grid = grids.get(graph)
  if (!grid) {
    grid = new SegmentGrid(graph)
    grids.set(graph, grid)
  }
  const { pointLng, pointLat, pointStart, pointMetres, edgeMetres } = graph
  const { toMetres, toLngLat } = localPlane(lngLat)
  const [east, north] = toLngLat([withinMetres, withinMetres])
  const [dx, dy] = [(east - lngLat[0]) * 1.01, (north - lngLat[1]) * 1.01]
  const near = grid.near(lngLat[0] - dx, lngLat[1] - dy, lngLat[0] + dx, lngLat[1] + dy)
  let best: { point: number; share: number; metres: number } | undefined
  const consider = (point: number) => {
    if (point + 1 >= pointStart[grid.edgeOfPoint[point]! + 1]!) return
    const [ax, ay] = toMetres([pointLng[point]!, pointLat[point]!])
    const [bx, by] = toMetres([pointLng[point + 1]!, pointLat[point + 1]!])
    const share = shareOfFoot(ax, ay, bx, by)
    const metres =
      share === 0
        ? Math.hypot(ax, ay)
        : share === 1
          ? Math.hypot(bx, by)
          : Math.hypot(ax + share * (bx - ax), ay + share * (by - ay))
    if (metres > withinMetres) return
    if (!best || metres < best.metres || (metres === best.metres && point < best.point))
      best = { point, share, metres }
  }
  if (near) for (const point of near) consider(point)
  else for (let point = 0; point < pointLng.length; point++) consider(point)
  if (!best) return undefined

  const { point, share } = best
  const edge = grid.edgeOfPoint[point]!
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
export function between({ pointLng, pointLat }: WalkGraph, point: number, share: number): LngLat {
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
