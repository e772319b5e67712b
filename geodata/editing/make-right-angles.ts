import type { LngLat, MultiPolygon } from '../shared/geojson.ts'
import { normaliseGeometry } from '../shared/normalise-geometry.ts'
import { segmentsClash, toShape } from './lattice.ts'
import { localPlane, type Metres } from './local-plane.ts'
import { areaSquareMetres } from './measure.ts'
import type { ShapeEdit } from './shape-edit.ts'
import { centreOf } from './transform.ts'

/** The share of its area that a shape may gain or lose. */
const MAX_AREA_CHANGE = 0.05
const MAX_POINTS = 2_000

interface Wall {
  along: boolean
  /** Distance of the wall's line from the origin, across the wall, weighted by length. */
  offset: number
  length: number
}

/**
 * A building's outline with right angles. Its direction is the best fit of all edges, longer ones counting more;
 * each edge becomes a wall along or across it, neighbours of one kind one wall, on the line that their middles
 * average to, so that the area stays about the same. Refused when a corner would move more than `maxMoveMetres`.
 */
export function makeRightAngles(geometry: MultiPolygon, maxMoveMetres: number): ShapeEdit<MultiPolygon> {
  if (geometry.coordinates.flat(2).length > MAX_POINTS) return { ok: false, reason: 'too-many-points' }
  const plane = localPlane(centreOf(geometry))
  const angle = directionOf(geometry.coordinates.flat().map((ring) => ring.map(plane.toMetres)))
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  const turnBack = ([u, v]: Metres): LngLat => plane.toLngLat([u * cos - v * sin, u * sin + v * cos])
  const coordinates: LngLat[][][] = []
  for (const rings of geometry.coordinates) {
    const squared: LngLat[][] = []
    for (const ring of rings) {
      const turned = ring.slice(0, -1).map((at): Metres => {
        const [x, y] = plane.toMetres(at)
        return [x * cos + y * sin, -x * sin + y * cos]
      })
      const corners = squareRing(turned)
      if (!corners) return { ok: false, reason: 'not-rectangular', at: ring[0]! }
      const tooFar = turned.findIndex(
        (point, i) => !(distanceBetween(point, corners.moved[i]!) <= maxMoveMetres),
      )
      if (tooFar >= 0) return { ok: false, reason: 'moves-too-far', at: ring[tooFar]! }
      const open = corners.ring.map(turnBack)
      squared.push([...open, open[0]!])
    }
    coordinates.push(squared)
  }
  const made = normaliseGeometry({ type: 'MultiPolygon', coordinates }, 'MultiPolygon')
  if (!made.ok || made.geometry.type !== 'MultiPolygon') return { ok: false, reason: 'too-small' }
  if (crossesItself(made.geometry)) return { ok: false, reason: 'crosses-itself' }
  const before = areaSquareMetres(geometry)
  if (Math.abs(areaSquareMetres(made.geometry) - before) > before * MAX_AREA_CHANGE)
    return { ok: false, reason: 'changes-area' }
  return { ok: true, geometry: made.geometry }
}

const distanceBetween = (a: Metres, b: Metres) => Math.hypot(a[0] - b[0], a[1] - b[1])

/** Direction of the edges modulo a quarter turn: the mean of four times their angle, weighted by length. */
function directionOf(rings: Metres[][]): number {
  let [x, y] = [0, 0]
  for (const ring of rings) {
    for (let i = 0; i + 1 < ring.length; i++) {
      const [dx, dy] = [ring[i + 1]![0] - ring[i]![0], ring[i + 1]![1] - ring[i]![1]]
      const fourfold = 4 * Math.atan2(dy, dx)
      x += Math.hypot(dx, dy) * Math.cos(fourfold)
      y += Math.hypot(dx, dy) * Math.sin(fourfold)
    }
  }
  return Math.atan2(y, x) / 4
}

/** The corners of an open ring in the turned plane, and where each of its points has gone. */
function squareRing(points: Metres[]): { ring: Metres[]; moved: Metres[] } | undefined {
  const next = (i: number) => points[(i + 1) % points.length]!
  const isAlong = points.map((point, i) => Math.abs(next(i)[0] - point[0]) >= Math.abs(next(i)[1] - point[1]))
  const start = isAlong.findIndex((along, i) => along !== isAlong.at(i - 1))
  if (start < 0) return undefined
  const walls: Wall[] = []
  const wallOf: number[] = []
  for (let k = 0; k < points.length; k++) {
    const i = (start + k) % points.length
    const along = isAlong[i]!
    const [a, b] = [points[i]!, next(i)]
    const length = distanceBetween(a, b)
    const middle = along ? (a[1] + b[1]) / 2 : (a[0] + b[0]) / 2
    const wall = walls.at(-1)
    if (wall && wall.along === along) {
      wall.offset = (wall.offset * wall.length + middle * length) / (wall.length + length)
      wall.length += length
    } else walls.push({ along, offset: middle, length })
    wallOf[i] = walls.length - 1
  }
  if (walls.length < 4) return undefined
  const corner = (one: Wall, other: Wall): Metres =>
    one.along ? [other.offset, one.offset] : [one.offset, other.offset]
  const moved = points.map((point, i): Metres => {
    const [before, after] = [walls[wallOf.at(i - 1)!]!, walls[wallOf[i]!]!]
    if (before !== after) return corner(before, after)
    return after.along ? [point[0], after.offset] : [after.offset, point[1]]
  })
  return { ring: walls.map((wall, i) => corner(walls.at(i - 1)!, wall)), moved }
}

function crossesItself(geometry: MultiPolygon): boolean {
  const edges = toShape(geometry).flatMap((rings) =>
    rings.flatMap((ring) => ring.map((point, i) => [point, ring[(i + 1) % ring.length]!] as const)),
  )
  return edges.some(([a, b], i) => edges.slice(0, i).some(([c, d]) => segmentsClash(a, b, c, d)))
}
