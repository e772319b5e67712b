import { edgesOf, type LatticePoint, type Shape, toLngLat, toMultiPolygon } from '../editing/lattice.ts'
import { lengthMetres } from '../editing/measure.ts'
import type { LngLat, MultiPolygon } from '../shared/geojson.ts'
import type { AtomGraph } from './atom-graph.ts'
import type { Ground } from './divide-ground.ts'
import { matchHomes } from './improve.ts'
import { countCutStreets, measureBorders, measureShape } from './measure-parts.ts'
import { partShapes } from './part-shapes.ts'
import type { Band, Priority } from './partition.ts'
import type { Partitioned } from './partition-atoms.ts'
import type { WallIndex } from './smooth-arc.ts'
import { componentsOf } from './start-standing.ts'

export interface RedrawBuilding {
  id: number
  geometry: MultiPolygon
  weight: number
  /** Which of the standing cells it lies in; −1: none. */
  standing: number
}
export interface RedrawLine {
  points: LngLat[]
  kind: 'street' | 'wall'
  isWalkable: boolean
}
/** What is shared out for itself: a grid, a micro-grid, or a community without grids. */
export interface RedrawUnit {
  geometry: MultiPolygon
  buildings: RedrawBuilding[]
  lines: RedrawLine[]
  /** The cells that are there now. */
  standing: MultiPolygon[]
}
export interface RedrawnCell {
  geometry: MultiPolygon
  pieces: number[]
  weight: number
  areaSquareMetres: number
  compactness: number
  /** The standing cell that it goes on from; −1: none. */
  from: number
  moved: number
  isUnchanged: boolean
}
export interface RedrawnLine {
  points: LngLat[]
  /** Numbers of the cells on its two sides. */
  left: number
  right: number
  metres: number
}
export interface Redrawn {
  priority: Priority | 'given'
  outcome: Partitioned['state']
  why: (Partitioned & { state: 'impossible' })['why'] | null
  band: Band
  /** West to east, then north to south. */
  cells: RedrawnCell[]
  cuts: RedrawnLine[]
  borderMetres: number
  alongMetres: number
  cutStreets: number
  disconnected: number
}
/** A unit with all that was found out about it before it is shared out. */
export interface Task {
  unit: RedrawUnit
  ground: Ground
  graph: AtomGraph
  weights: Float64Array
  /** The standing cell of each atom. */
  now: Int32Array
  outline: Shape
  walls: WallIndex
  standing: Shape[]
}

/** A partition with its shapes and figures. */
export function describePartition(
  { unit, ground, graph, weights, now, outline, walls, standing }: Task,
  part: Int32Array,
  head: Pick<Redrawn, 'priority' | 'outcome' | 'why' | 'band'>,
): Redrawn {
  const { shapes, arcs } = partShapes(ground.borders, part, outline, walls, standing)
  const homes = matchHomes(part, shapes.length, now, weights)
  const raw = shapes.map((shape, number): RedrawnCell => {
    const geometry = toMultiPolygon(shape)
    const pieces = ground.atoms.flatMap((_, atom) => (part[atom] === number ? [atom] : []))
    const from = homes[number]!
    const weigh = (atoms: number[]) => atoms.reduce((sum, atom) => sum + weights[atom]!, 0)
    return {
      geometry,
      pieces,
      weight: weigh(pieces),
      ...measureShape(geometry),
      from,
      moved: weigh(pieces.filter((atom) => now[atom]! >= 0 && now[atom] !== from)),
      isUnchanged: from >= 0 && isSame(pieces, from, now, unit, ground),
    }
  })
  const order = raw
    .map((_, i) => i)
    .sort((i, j) => compareMiddles(middleOf(shapes[i]!), middleOf(shapes[j]!)))
  const place = new Int32Array(order.length)
  order.forEach((old, number) => {
    place[old] = number
  })
  const { metres, alongMetres } = measureBorders(ground.borders, part)
  const walkable = ground.streets.filter(({ line }) => unit.lines[line]!.isWalkable)
  return {
    ...head,
    cells: order.map((old) => raw[old]!),
    cuts: arcs
      .filter(({ right }) => right >= 0)
      .map(({ points, left, right }) => {
        const places = points.map(toLngLat)
        return { points: places, left: place[left]!, right: place[right]!, metres: lengthMetres(places) }
      }),
    borderMetres: metres,
    alongMetres,
    cutStreets: countCutStreets(walkable, part),
    disconnected: componentsOf(graph, part).length - shapes.length,
  }
}

/** The cell holds the very buildings that the standing one holds. */
function isSame(
  pieces: number[],
  from: number,
  now: Int32Array,
  unit: RedrawUnit,
  { atoms }: Ground,
): boolean {
  const inside = pieces.flatMap((piece) => atoms[piece]!)
  const before = unit.buildings.reduce((count, { standing }) => count + (standing === from ? 1 : 0), 0)
  return (
    inside.length === before &&
    pieces.every((piece) => now[piece] === from) &&
    inside.every((building) => unit.buildings[building]!.standing === from)
  )
}

function middleOf(shape: Shape): LatticePoint {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [[x, y]] of edgesOf(shape)) {
    west = Math.min(west, x)
    east = Math.max(east, x)
    south = Math.min(south, y)
    north = Math.max(north, y)
  }
  return [(west + east) / 2, (south + north) / 2]
}

const compareMiddles = (a: LatticePoint, b: LatticePoint): number => a[0] - b[0] || b[1] - a[1]
