import type { AnalysisNote } from '../../geodata/coverage/analysis.schema.ts'
import type { RedrawUnit } from '../../geodata/partition/describe-partition.ts'
import {
  DEFAULT_BAND,
  MAX_BUILDINGS,
  type RedrawParams,
  type RedrawResult,
  redrawParamsSchema,
} from '../../geodata/partition/redraw.schema.ts'
import type { RedrawnUnit, RedrawOptions } from '../../geodata/partition/redraw-unit.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AnalysisContext, AnalysisFound, AnalysisKind } from '../coverage/analysis-kind.ts'
import { computeInWorker } from '../coverage/compute-in-worker.ts'
import { type ReadUnit, toRef } from './read-unit.ts'
import {
  type BuildingRow,
  type CellRow,
  readBuildings,
  readGrids,
  readLines,
  readMicroGrids,
  readTarget,
  stampOf,
  weightOf,
} from './redraw-inputs.store.ts'
import { redrawParts } from './redraw-parts.ts'
import { sumRedraw } from './sum-redraw.ts'

/** New micro-grids for a grid, a micro-grid or every grid of a community: whole buildings, connected, within a band. */
export const redrawKind: AnalysisKind<RedrawParams, RedrawResult> = {
  kind: 'redraw',
  params: redrawParamsSchema,
  reads: ['communities', 'grids', 'micro-grids', 'buildings', 'roads', 'landcover'],
  run: runRedraw,
}

async function runRedraw(
  context: AnalysisContext,
  params: RedrawParams,
): Promise<AnalysisFound<RedrawResult>> {
  const { sql, cells, signal, progress } = context
  progress(0, 'read')
  const target = cells.length === 1 ? await readTarget(sql, cells[0]!) : undefined
  if (!target)
    throw new Problem(
      'invalid-body',
      `The area is of ${cells.length} cells. Name one: a community, grid or micro-grid.`,
      { issues: [{ at: '/area', message: 'is not one cell' }] },
    )
  const stamp = await stampOf(sql, target)
  const units = await unitsOf(context, target)
  if (params.count !== null && units.length > 1)
    throw new Problem(
      'invalid-body',
      `${target.name} has ${units.length} grids, each of which is shared out for itself: the number of cells is for one grid. Name a grid, or leave the number out.`,
      { issues: [{ at: '/params/count', message: 'is given for several grids' }] },
    )
  const read: Omit<ReadUnit, 'redrawn'>[] = []
  const asked: RedrawUnit[] = []
  let left = MAX_BUILDINGS
  const named = new Set(params.given?.flat())
  for (const cell of units) {
    const standing = await readMicroGrids(sql, cell)
    const buildings = await readBuildings(sql, cell, left, signal)
    left -= buildings.length
    if (left < 0)
      throw new Problem(
        'too-large',
        `${target.name} has more than ${MAX_BUILDINGS} buildings. Name one of its grids.`,
      )
    read.push({ cell, standing, buildings })
    const unit = toUnit(cell, standing, buildings, params, await readLines(sql, cell, signal))
    // A park among grids in which people live is nothing to balance: it stays.
    const stays = units.length > 1 && isWeightless(unit) && !unit.buildings.some(({ id }) => named.has(id))
    asked.push(stays ? { ...unit, buildings: [] } : unit)
  }
  const notes = notesOn(read, asked, params)
  const options = optionsOf(params, asked)
  const redrawn = await computeInWorker<{ units: RedrawUnit[]; options: RedrawOptions }, RedrawnUnit[]>(
    new URL('./redraw.worker.ts', import.meta.url),
    { units: options.priorities.length === 0 ? [] : asked, options },
    context,
  )
  const whole = read.map((unit, i): ReadUnit => ({ ...unit, redrawn: redrawn[i] ?? NOTHING }))
  notes.push(...notesAfter(whole, params))
  const result = sumRedraw(toRef(target), stamp, whole, params, options)
  return { result, notes, parts: redrawParts(whole, result) }
}

const NOTHING: RedrawnUnit = { pieces: [], alternatives: [], crossing: [], islands: 1 }

async function unitsOf({ sql }: AnalysisContext, target: CellRow): Promise<CellRow[]> {
  if (target.layer !== 'communities') return [target]
  const grids = await readGrids(sql, target.id)
  return grids.length > 0 ? grids : [target]
}

function toUnit(
  cell: CellRow,
  standing: CellRow[],
  buildings: BuildingRow[],
  { weight }: RedrawParams,
  lines: RedrawUnit['lines'],
): RedrawUnit {
  const place = new Map(standing.map(({ id }, i) => [id, i]))
  return {
    geometry: cell.geometry,
    standing: standing.map(({ geometry }) => geometry),
    lines,
    buildings: buildings.map((building) => ({
      id: building.id,
      geometry: building.geometry,
      weight: weightOf(building, weight) ?? 0,
      standing: building.microGrid === null ? -1 : (place.get(building.microGrid) ?? -1),
    })),
  }
}

/** Without anything that weighs there is nothing to balance, unless cells are given by hand. */
function optionsOf(
  { band, count, mode, alternatives, seed, given, weight }: RedrawParams,
  units: RedrawUnit[],
): RedrawOptions {
  const all =
    mode === 'minimal'
      ? (['moves', 'balance', 'compact', 'streets'] as const)
      : (['balance', 'compact', 'streets', 'moves'] as const)
  return {
    band: band ?? (count === null ? DEFAULT_BAND[weight] : null),
    count,
    mode,
    priorities: units.every(isWeightless) && !given ? [] : all.slice(0, given ? 1 : alternatives),
    seed,
    given,
  }
}

const isWeightless = ({ buildings }: RedrawUnit): boolean => buildings.every(({ weight }) => weight === 0)

/** What is missing before anything is computed. */
function notesOn(
  read: readonly Omit<ReadUnit, 'redrawn'>[],
  asked: RedrawUnit[],
  { weight, given }: RedrawParams,
): AnalysisNote[] {
  const notes: AnalysisNote[] = []
  const buildings = read.flatMap((unit) => unit.buildings)
  const unknown = buildings.filter((building) =>
    weight === 'floorArea' ? !building.hasFloors : weightOf(building, weight) === null,
  ).length
  const empty = read.filter((_, i) => asked[i]!.buildings.length === 0).map(({ cell }) => cell.code)
  if (buildings.length === 0) notes.push({ code: 'redraw-no-buildings', values: {} })
  else if (empty.length > 0 && empty.length < read.length)
    notes.push({ code: 'redraw-empty-units', values: { count: empty.length, codes: empty.slice(0, 5) } })
  if (buildings.length > 0 && !given && asked.every(isWeightless))
    notes.push({ code: 'redraw-no-weight', values: { weight, buildings: buildings.length } })
  else if (unknown > 0)
    notes.push({ code: 'redraw-unknown-weight', values: { weight, count: unknown, of: buildings.length } })
  if (given) {
    const known = new Set(buildings.map(({ id }) => id))
    const named = new Set(given.flat())
    const missing = asked.flatMap((unit) => unit.buildings).filter(({ id }) => !named.has(id)).length
    const strange = [...named].filter((id) => !known.has(id)).length
    if (missing > 0) notes.push({ code: 'redraw-given-missing', values: { count: missing } })
    if (strange > 0) notes.push({ code: 'redraw-given-strange', values: { count: strange } })
  }
  return notes
}

function notesAfter(units: readonly ReadUnit[], { band }: RedrawParams): AnalysisNote[] {
  const notes: AnalysisNote[] = []
  const crossing = units.reduce((sum, { redrawn }) => sum + redrawn.crossing.length, 0)
  const islands = units.filter(({ redrawn }) => redrawn.islands > 1).map(({ cell }) => cell.code)
  if (crossing > 0) notes.push({ code: 'redraw-crossing', values: { count: crossing } })
  if (islands.length > 0) notes.push({ code: 'redraw-islands', values: { codes: islands.slice(0, 5) } })
  const oversize = units.flatMap(({ buildings, redrawn }) => {
    const limit = redrawn.alternatives[0]?.band.max ?? Infinity
    return redrawn.pieces
      .filter(({ weight }) => weight > limit)
      .map((piece) => {
        const first = buildings[piece.buildings[0]!]!
        return first.name ?? first.code ?? String(first.id)
      })
  })
  if (oversize.length > 0 && band)
    notes.push({ code: 'redraw-oversize', values: { count: oversize.length, names: oversize.slice(0, 5) } })
  return notes
}
