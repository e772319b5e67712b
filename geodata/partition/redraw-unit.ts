import {
  edgesOf,
  type LatticePoint,
  type Shape,
  toLattice,
  toMultiPolygon,
  toShape,
} from '../editing/lattice.ts'
import { tracePolygons } from '../editing/trace-faces.ts'
import type { MultiPolygon } from '../shared/geojson.ts'
import { buildAtomGraph } from './atom-graph.ts'
import {
  describePartition,
  type RedrawLine,
  type Redrawn,
  type RedrawnCell,
  type RedrawUnit,
  type Task,
} from './describe-partition.ts'
import { divideGround, type Ground, type GroundLine } from './divide-ground.ts'
import { STANDING, STREET, WALL } from './node-segments.ts'
import type { Band, Priority } from './partition.ts'
import { type Partitioned, partitionAtoms } from './partition-atoms.ts'
import { WallIndex } from './smooth-arc.ts'
import { fillUnknown } from './start-standing.ts'

export interface RedrawOptions {
  /** null: an equal share of `count` cells, give or take what it takes. */
  band: Band | null
  count: number | null
  mode: 'fresh' | 'minimal'
  priorities: readonly Priority[]
  seed: number
  /** Cells drawn by hand, by building id. */
  given: readonly (readonly number[])[] | null
}

export interface RedrawnUnit {
  /** Ground of each atom with the buildings on it, by their number. */
  pieces: {
    geometry: MultiPolygon
    buildings: number[]
    weight: number
    beside: [piece: number, metres: number][]
  }[]
  alternatives: Redrawn[]
  /** Buildings that reach out of the unit, by their number. */
  crossing: number[]
  /** Pieces of the unit that lie apart from each other. */
  islands: number
}

/** How far from an equal share cells may be when no band was asked for, the first that works. */
const SLACKS = [0.05, 0.1, 0.2, 0.35, 0.6]

/**
 * Shares out a unit's buildings among cells, in one alternative for each priority or as given by hand. No building is divided,
 * every cell is connected, and the cells together are the unit. Without buildings there is no alternative.
 */
export function redrawUnit(
  unit: RedrawUnit,
  options: RedrawOptions,
  progress: (share: number, stage: string) => void = () => {},
): RedrawnUnit {
  progress(0, 'ground')
  const outline = toShape(unit.geometry)
  const walls = unit.buildings.map(({ geometry }) => toShape(geometry))
  const standing = options.mode === 'minimal' ? unit.standing.map(toShape) : []
  const ground = divideGround(outline, walls, [...linesOf(unit.lines), ...standing.flatMap(standingLines)])
  const graph = buildAtomGraph(ground)
  const weights = Float64Array.from(ground.atoms, (atom) =>
    atom.reduce((sum, building) => sum + unit.buildings[building]!.weight, 0),
  )
  const now = standingOf(unit, ground)
  const task: Task = { unit, ground, graph, weights, now, outline, walls: new WallIndex(walls), standing }
  const alternatives: Redrawn[] = []
  if (unit.buildings.length > 0) {
    if (options.given) alternatives.push(drawGiven(task, options))
    else
      options.priorities.forEach((priority, i) => {
        progress(i / options.priorities.length, 'share-out')
        alternatives.push(drawOne(task, options, priority, options.seed * 16 + i))
      })
  }
  return { pieces: piecesOf(task), alternatives, crossing: ground.crossing, islands: graph.islands }
}

const linesOf = (lines: readonly RedrawLine[]): GroundLine[] =>
  lines.map(({ points, kind }) => ({
    points: points.map(toLattice),
    kind: kind === 'street' ? STREET : WALL,
  }))

const standingLines = (shape: Shape): GroundLine[] =>
  [...edgesOf(shape)].map((points) => ({ points, kind: STANDING }))

function standingOf({ buildings }: RedrawUnit, { atoms }: Ground): Int32Array {
  return Int32Array.from(atoms, (atom) => {
    const most = new Map<number, number>()
    for (const building of atom) {
      const { standing, weight } = buildings[building]!
      if (standing >= 0) most.set(standing, (most.get(standing) ?? 0) + weight + 1e-6)
    }
    let best = -1
    for (const [cell, weight] of most) if (best < 0 || weight > most.get(best)!) best = cell
    return best
  })
}

function drawOne(task: Task, options: RedrawOptions, priority: Priority, seed: number): Redrawn {
  const { graph, weights, now } = task
  const keeps = (options.mode === 'minimal' || priority === 'moves') && now.some((cell) => cell >= 0)
  const ask = (band: Band): Partitioned =>
    partitionAtoms(
      {
        graph,
        weights,
        band,
        ...(options.count === null ? {} : { count: options.count }),
        ...(keeps ? { standing: now } : {}),
      },
      priority,
      seed,
    )
  const { band, found } = options.band
    ? { band: options.band, found: ask(options.band) }
    : askForShares(options.count ?? 1, weights, ask)
  return describePartition(task, found.best.part, {
    priority,
    outcome: found.state,
    why: found.state === 'impossible' ? found.why : null,
    band,
  })
}

/** The narrowest band around equal shares that works. */
function askForShares(count: number, weights: Float64Array, ask: (band: Band) => Partitioned) {
  const share = weights.reduce((sum, weight) => sum + weight, 0) / count
  let answer: { band: Band; found: Partitioned } | undefined
  for (const slack of SLACKS) {
    const band = { min: Math.floor(share * (1 - slack)), max: Math.max(1, Math.ceil(share * (1 + slack))) }
    answer = { band, found: ask(band) }
    if (answer.found.state === 'in-band') break
  }
  return answer!
}

function drawGiven(task: Task, { given, band }: RedrawOptions): Redrawn {
  const cellOf = new Map(given!.flatMap((cell, number) => cell.map((id): [number, number] => [id, number])))
  const numbers = new Map<number, number>()
  const asked = Int32Array.from(task.ground.atoms, (atom) => {
    for (const building of atom) {
      const cell = cellOf.get(task.unit.buildings[building]!.id)
      if (cell === undefined) continue
      if (!numbers.has(cell)) numbers.set(cell, numbers.size)
      return numbers.get(cell)!
    }
    return -1
  })
  const part = fillUnknown(task.graph, asked)
  const total = task.weights.reduce((sum, weight) => sum + weight, 0)
  const described = describePartition(task, part, {
    priority: 'given',
    outcome: 'in-band',
    why: null,
    band: band ?? { min: 0, max: Math.max(1, total) },
  })
  const isOut = ({ pieces, weight }: RedrawnCell) =>
    weight < described.band.min ||
    (weight > described.band.max && !pieces.some((piece) => task.weights[piece]! > described.band.max))
  return { ...described, outcome: described.cells.some(isOut) ? 'not-found' : 'in-band' }
}

function piecesOf({ ground, graph, weights }: Task): RedrawnUnit['pieces'] {
  const edges: [LatticePoint, LatticePoint][][] = ground.atoms.map(() => [])
  for (const { a, b, left, right } of ground.borders) {
    edges[left]!.push([a, b])
    if (right >= 0) edges[right]!.push([b, a])
  }
  return ground.atoms.map((buildings, atom) => {
    const beside: [number, number][] = []
    for (let row = graph.start[atom]!; row < graph.start[atom + 1]!; row++)
      beside.push([graph.neighbour[row]!, Math.round(graph.metres[row]! * 100) / 100])
    return {
      geometry: toMultiPolygon(tracePolygons(edges[atom]!)),
      buildings,
      weight: weights[atom]!,
      beside,
    }
  })
}
