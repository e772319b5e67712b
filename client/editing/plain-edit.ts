import {
  edgesOf,
  type LatticePoint,
  onLattice,
  roughSquareMetres,
  segmentsClash,
  toLattice,
  toShape,
  twiceArea,
} from '../../geodata/editing/lattice.ts'
import type { VertexMove } from '../../geodata/editing/move-vertices.ts'
import type { Geometry, LngLat } from '../../geodata/shared/geojson.ts'
import type { Refused } from './bench.ts'

/** A shape of its own, that shares no border: building, zone, ground, road, point. */
export type PlainEdit = { ok: true; geometry: Geometry } | Refused

const sameLngLat = (a: LngLat, b: LngLat) => a[0] === b[0] && a[1] === b[1]

/** Moves every position at each `from` to its `to`. */
export function movePositions(geometry: Geometry, moves: readonly VertexMove[]): PlainEdit {
  const move = (at: LngLat): LngLat => {
    const found = moves.find(({ from }) => sameLngLat(from, at))
    return found ? onLattice(found.to) : at
  }
  return check(mapLines(geometry, (line) => line.map(move)))
}

/** Puts a position between the ends of an edge. */
export function insertPosition(
  geometry: Geometry,
  [from, to]: readonly [LngLat, LngLat],
  at: LngLat,
): PlainEdit {
  const place = onLattice(at)
  return check(
    mapLines(geometry, (line) =>
      line.flatMap((point, index) => {
        const next = line[index + 1]
        return next && sameLngLat(point, from) && sameLngLat(next, to) ? [point, place] : [point]
      }),
    ),
  )
}

/** Takes a position out; a ring keeps three corners, a line two ends. */
export function removePosition(geometry: Geometry, at: LngLat): PlainEdit {
  if (geometry.type === 'Point') return { ok: false, reason: 'too-small', at }
  return check(
    mapLines(geometry, (line, closed) => {
      const kept = (closed ? line.slice(0, -1) : line).filter((point) => !sameLngLat(point, at))
      return closed && kept[0] ? [...kept, kept[0]] : kept
    }),
  )
}

function mapLines(geometry: Geometry, change: (line: LngLat[], closed: boolean) => LngLat[]): Geometry {
  if (geometry.type === 'Point') {
    const [coordinates] = change([geometry.coordinates], false)
    return { type: 'Point', coordinates: coordinates ?? geometry.coordinates }
  }
  if (geometry.type === 'LineString')
    return { type: 'LineString', coordinates: change(geometry.coordinates, false) }
  return {
    type: 'MultiPolygon',
    coordinates: geometry.coordinates.map((rings) => rings.map((ring) => change(ring, true))),
  }
}

/** Whether a shape can be kept: rings that neither cross nor touch themselves or each other and hold some area. */
export function check(geometry: Geometry): PlainEdit {
  if (geometry.type === 'Point') return { ok: true, geometry }
  if (geometry.type === 'LineString') {
    const [first, ...rest] = geometry.coordinates
    const moved = first && rest.some((point) => !sameLngLat(point, first))
    return moved ? { ok: true, geometry } : refused('too-small', first)
  }
  const shape = toShape(geometry)
  for (const rings of shape) {
    for (const [index, ring] of rings.entries()) {
      if (ring.length < 3 || roughSquareMetres(ring) < 0.5)
        return refused('too-small', geometry.coordinates[0]?.[0]?.[0])
      if (twiceArea(ring) > 0 !== (index === 0))
        return refused('flips-shape', geometry.coordinates[0]?.[0]?.[0])
    }
  }
  const clash = findClash([...edgesOf(shape)])
  return clash ? refused('crosses-itself', clash) : { ok: true, geometry }
}

function findClash(edges: [LatticePoint, LatticePoint][]): LngLat | undefined {
  const sorted = edges
    .map(([a, b]) => ({ a, b, west: Math.min(a[0], b[0]), east: Math.max(a[0], b[0]) }))
    .sort((one, other) => one.west - other.west)
  for (const [index, { a, b, east }] of sorted.entries()) {
    for (let next = index + 1; next < sorted.length && sorted[next]!.west <= east; next++) {
      const other = sorted[next]!
      if (segmentsClash(a, b, other.a, other.b)) return [a[0] / 1e7, a[1] / 1e7]
    }
  }
  return undefined
}

const refused = (reason: Refused['reason'], at: LngLat | undefined): Refused =>
  at ? { ok: false, reason, at } : { ok: false, reason }

/** A drawn ring as a shape of a layer of polygons: on the lattice, counter-clockwise. */
export function polygonOf(ring: readonly LngLat[]): Geometry {
  const points = ring.map(onLattice)
  const open = points.filter((point, index) => index === 0 || !sameLngLat(point, points[index - 1]!))
  if (open.length > 1 && sameLngLat(open[0]!, open.at(-1)!)) open.pop()
  if (open.length > 2 && twiceArea(open.map(toLattice)) < 0) open.reverse()
  return { type: 'MultiPolygon', coordinates: [[open[0] ? [...open, open[0]] : open]] }
}
