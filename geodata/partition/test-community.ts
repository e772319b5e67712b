import { createRandom } from '../demo/random.ts'
import {
  edgesOf,
  isInShape,
  isOnSegment,
  type LatticePoint,
  orient,
  type Shape,
  toLngLat,
  toMultiPolygon,
  toShape,
  twiceArea,
} from '../editing/lattice.ts'
import { pointInside } from '../editing/point-inside.ts'
import { BoxIndex } from './box-index.ts'
import type { Redrawn, RedrawUnit } from './describe-partition.ts'
import type { RedrawnUnit } from './redraw-unit.ts'
import { findClashes } from './smooth-arc.ts'

/** Where made-up communities lie, on the lattice. */
const ORIGIN: LatticePoint = [1_206_000_000, 313_000_000]

/**
 * A made-up community with about so many buildings: blocks between streets, turned and shifted houses of many sizes, of which some
 * touch or overlap, yards, courts and empty blocks, an uneven outline; households from none to many.
 */
export function testCommunity(seed: number, buildings: number): RedrawUnit {
  const random = createRandom(seed, buildings)
  const columns = Math.max(2, Math.round(Math.sqrt(buildings * random.between(0.6, 1.6))))
  const rows = Math.max(2, Math.round(buildings / columns))
  const pitch = random.between(1_500, 4_000)
  const spread = random.between(0.02, 0.3)
  const block = random.int(3, 7)
  const turn = random.between(-0.4, 0.4)
  const at = (x: number, y: number): LatticePoint => [
    Math.round(ORIGIN[0] + x * Math.cos(turn) - y * Math.sin(turn)),
    Math.round(ORIGIN[1] + x * Math.sin(turn) + y * Math.cos(turn)),
  ]
  const houses: RedrawUnit['buildings'] = []
  const share = random.between(0.45, 0.95)
  const typical = random.int(5, 40)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      if (random.chance(0.06)) continue
      const shift = () => random.between(-spread, spread) * pitch
      const middle = [(column + 0.5) * pitch + shift(), (row + 0.5) * pitch + shift()] as const
      const [width, depth] = [
        share * pitch * random.between(0.5, 1.1),
        share * pitch * random.between(0.4, 1.1),
      ]
      const ring = footprint(random.chance(0.3), middle, width / 2, depth / 2, random.between(-0.2, 0.2)).map(
        ([x, y]) => at(x, y),
      )
      const hasCourt = random.chance(0.05) && width > 800 && depth > 800
      const court = [
        [0.3, 0.3],
        [-0.3, 0.3],
        [-0.3, -0.3],
        [0.3, -0.3],
      ].map(([x, y]) => at(middle[0] + x! * 0.5 * width, middle[1] - y! * 0.5 * depth))
      const rings = hasCourt ? [ring, court] : [ring]
      houses.push({
        id: houses.length + 1,
        geometry: toMultiPolygon([rings]),
        weight: random.chance(0.1) ? 0 : random.int(1, 2 * typical),
        standing: Math.min(1, Math.floor((2 * column) / columns)),
      })
    }
  const [east, north] = [columns * pitch, rows * pitch]
  const rim = (x: number, y: number) =>
    at(x + random.between(-0.2, 0.2) * pitch, y + random.between(-0.2, 0.2) * pitch)
  const margin = 0.6 * pitch
  const outline = [
    rim(-margin, -margin),
    rim(east / 2, -margin * 1.5),
    rim(east + margin, -margin),
    rim(east + margin, north / 2),
    rim(east + margin, north + margin),
    rim(east / 3, north + margin * 2),
    rim(-margin, north + margin),
  ]
  const lines: RedrawUnit['lines'] = []
  const street = (from: LatticePoint, to: LatticePoint) =>
    lines.push({
      points: [toLngLat(from), toLngLat(to)],
      kind: random.chance(0.2) ? 'wall' : 'street',
      isWalkable: true,
    })
  for (let column = block; column < columns; column += block)
    street(at(column * pitch, -2 * pitch), at(column * pitch, north + 2 * pitch))
  for (let row = block; row < rows; row += block)
    street(at(-2 * pitch, row * pitch), at(east + 2 * pitch, row * pitch))
  return { geometry: toMultiPolygon([[outline]]), buildings: houses, lines, standing: [] }
}

/** A house, or an angle of two wings; counter-clockwise. */
function footprint(
  hasWings: boolean,
  [x, y]: readonly [number, number],
  width: number,
  depth: number,
  turn: number,
): [number, number][] {
  const corners: [number, number][] = hasWings
    ? [
        [-1, -1],
        [1, -1],
        [1, -0.2],
        [-0.2, -0.2],
        [-0.2, 1],
        [-1, 1],
      ]
    : [
        [-1, -1],
        [1, -1],
        [1, 1],
        [-1, 1],
      ]
  return corners.map(([u, v]) => [
    x + u * width * Math.cos(turn) - v * depth * Math.sin(turn),
    y + u * width * Math.sin(turn) + v * depth * Math.cos(turn),
  ])
}

/** What is wrong with a partition, looked at without the code that made it. Empty: nothing. */
export function faultsOf(
  unit: RedrawUnit,
  { pieces, crossing }: RedrawnUnit,
  { cells, band, outcome, why }: Redrawn,
): string[] {
  const faults: string[] = []
  const owner = new Map<number, number>()
  cells.forEach(({ pieces: own }, cell) => {
    for (const piece of own) {
      if (owner.has(piece)) faults.push(`piece ${piece} is in two cells`)
      owner.set(piece, cell)
    }
  })
  if (owner.size !== pieces.length) faults.push(`${pieces.length - owner.size} pieces are in no cell`)
  cells.forEach(({ pieces: own, geometry }, cell) => {
    const seen = new Set([own[0]!])
    const queue = [own[0]!]
    for (const piece of queue)
      for (const [other, metres] of pieces[piece]!.beside) {
        if (owner.get(other) !== cell || seen.has(other) || metres === 0) continue
        seen.add(other)
        queue.push(other)
      }
    if (seen.size !== own.length) faults.push(`cell ${cell} is not connected`)
    if (geometry.coordinates.length !== 1)
      faults.push(`cell ${cell} is of ${geometry.coordinates.length} polygons`)
  })
  const isLone = (own: number[]) => own.some((piece) => pieces[piece]!.weight > band.max)
  const out = cells.filter(
    ({ weight, pieces: own }) => (weight < band.min || weight > band.max) && !isLone(own),
  )
  if (outcome === 'in-band' && out.length > 0) faults.push(`${out.length} cells are out of the band`)
  if (outcome === 'not-found') faults.push('nothing was found, and nothing proved')
  if (outcome === 'impossible' && !why) faults.push('no reason is given')
  const shapes = cells.map(({ geometry }) => toShape(geometry))
  const area = (shape: Shape) => shape.flat().reduce((sum, ring) => sum + twiceArea(ring), 0)
  const sum = shapes.reduce((total, shape) => total + area(shape), 0)
  const outline = toShape(unit.geometry)
  const whole = area(outline)
  const rim = [...edgesOf(outline)].reduce(
    (total, [[ax, ay], [bx, by]]) => total + Math.hypot(bx - ax, by - ay),
    0,
  )
  // Where a border meets the outline, that bends by the rounding to the lattice.
  if (Math.abs(sum - whole) > 2 * rim) faults.push(`the cells have ${sum / whole} of the area`)
  shapes.forEach((shape, cell) => {
    for (const ring of shape.flat())
      if (findClashes([[...ring, ring[0]!]]).size > 0) faults.push(`cell ${cell} crosses itself`)
  })
  const reaching = new Set(crossing)
  const buildings = unit.buildings.map(({ geometry }) => toShape(geometry))
  const index = new BoxIndex(buildings)
  for (const [cell, shape] of shapes.entries())
    for (const ring of shape.flat())
      ring.forEach((a, i) => {
        const b = ring[(i + 1) % ring.length]!
        for (const building of index.near(
          Math.min(a[0], b[0]),
          Math.min(a[1], b[1]),
          Math.max(a[0], b[0]),
          Math.max(a[1], b[1]),
        ))
          if (!reaching.has(building) && runsThrough(a, b, buildings[building]!))
            faults.push(`the border of cell ${cell} divides building ${building}`)
      })
  pieces.forEach(({ buildings: own }, piece) => {
    for (const building of own)
      if (
        !reaching.has(building) &&
        !isInShape(pointInside(buildings[building]![0]!), shapes[owner.get(piece)!]!)
      )
        faults.push(`building ${building} lies in another cell than its own`)
  })
  return faults
}

/** Whether a segment crosses a wall of the building, further in than a centimetre from its corners. */
function runsThrough(a: LatticePoint, b: LatticePoint, building: Shape): boolean {
  for (const ring of building.flat())
    for (let i = 0; i < ring.length; i++) {
      const [c, d] = [ring[i]!, ring[(i + 1) % ring.length]!]
      if (isOnSegment(c, a, b) || isOnSegment(d, a, b) || isOnSegment(a, c, d) || isOnSegment(b, c, d))
        continue
      if (
        orient(a, b, c) * orient(a, b, d) < 0 &&
        orient(c, d, a) * orient(c, d, b) < 0 &&
        depthOf(a, b, c, d) > 2
      )
        return true
    }
  return false
}

/** How far the nearest end is from the other line: a crossing within two units is the lattice's. */
function depthOf(a: LatticePoint, b: LatticePoint, c: LatticePoint, d: LatticePoint): number {
  const off = (p: LatticePoint, q: LatticePoint, r: LatticePoint) =>
    Math.abs((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])) /
    Math.hypot(q[0] - p[0], q[1] - p[1])
  return Math.min(off(a, b, c), off(a, b, d), off(c, d, a), off(c, d, b))
}
