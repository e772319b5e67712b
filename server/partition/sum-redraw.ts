import type { Redrawn, RedrawnCell } from '../../geodata/partition/describe-partition.ts'
import type { Band } from '../../geodata/partition/partition.ts'
import type {
  RedrawAlternative,
  RedrawCell,
  RedrawCellRef,
  RedrawParams,
  RedrawResult,
} from '../../geodata/partition/redraw.schema.ts'
import type { RedrawOptions } from '../../geodata/partition/redraw-unit.ts'
import { type ReadUnit, toRef } from './read-unit.ts'

/** Figures of every alternative over all units. */
export function sumRedraw(
  target: RedrawCellRef,
  stamp: string,
  units: readonly ReadUnit[],
  { weight }: RedrawParams,
  { band, priorities }: RedrawOptions,
): RedrawResult {
  const most = Math.max(0, ...units.map(({ redrawn }) => redrawn.alternatives.length))
  const used = units.flatMap(({ redrawn }) => redrawn.alternatives.map((alternative) => alternative.band))
  return {
    target,
    units: units.map(({ cell }) => toRef(cell)),
    replaces: units.flatMap(({ standing }) => standing.map(toRef)),
    stamp,
    weight,
    band: band ?? used[0] ?? { min: 0, max: 0 },
    total: units.reduce(
      (sum, { redrawn }) => sum + redrawn.pieces.reduce((part, piece) => part + piece.weight, 0),
      0,
    ),
    buildings: units.reduce((sum, { buildings }) => sum + buildings.length, 0),
    pieces: units.reduce((sum, { redrawn }) => sum + redrawn.pieces.length, 0),
    alternatives: Array.from({ length: Math.min(most, Math.max(1, priorities.length)) }, (_, i) =>
      sumAlternative(units, i),
    ),
  }
}

function sumAlternative(units: readonly ReadUnit[], index: number): RedrawAlternative {
  const found = units.flatMap((unit) => {
    const alternative = unit.redrawn.alternatives[index]
    return alternative ? [{ unit, alternative }] : []
  })
  const all = found.map(({ alternative }) => alternative)
  let number = 0
  const cells = found.flatMap(({ unit, alternative }) =>
    alternative.cells.map((cell) => cellFigures(unit, alternative, cell, ++number)),
  )
  const weights = cells.map((cell) => cell.weight)
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length
  const sum = (of: (alternative: Redrawn) => number) => all.reduce((total, one) => total + of(one), 0)
  const borderMetres = sum((one) => one.borderMetres)
  const states = new Set(all.map(({ outcome }) => outcome))
  return {
    number: index + 1,
    priority: all[0]!.priority,
    state: states.has('impossible') ? 'impossible' : states.has('not-found') ? 'not-found' : 'in-band',
    proofs: found.flatMap(({ unit, alternative }) =>
      alternative.why ? [{ unit: unit.cell.code, why: alternative.why }] : [],
    ),
    cells,
    least: Math.min(...weights),
    most: Math.max(...weights),
    spread:
      mean > 0
        ? Math.sqrt(weights.reduce((total, one) => total + (one - mean) ** 2, 0) / weights.length) / mean
        : null,
    compactness: cells.reduce((total, { compactness }) => total + compactness, 0) / cells.length,
    borderMetres,
    alongStreets: borderMetres > 0 ? sum((one) => one.alongMetres) / borderMetres : null,
    cutStreets: sum((one) => one.cutStreets),
    moved: cells.reduce((total, { moved }) => total + moved, 0),
    disconnected: sum((one) => one.disconnected),
  }
}

function cellFigures(unit: ReadUnit, { band }: Redrawn, cell: RedrawnCell, number: number): RedrawCell {
  const { pieces } = unit.redrawn
  const buildings = cell.pieces.flatMap((piece) => pieces[piece]!.buildings.map((at) => unit.buildings[at]!))
  const count = (field: 'households' | 'population') => {
    const known = buildings.flatMap((building) => building[field] ?? [])
    return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0)
  }
  return {
    number,
    unit: unit.cell.code,
    weight: cell.weight,
    households: count('households'),
    population: count('population'),
    buildings: buildings.length,
    areaSquareMetres: Math.round(cell.areaSquareMetres * 10) / 10,
    compactness: Math.round(cell.compactness * 1000) / 1000,
    verdict: verdictOf(cell, band, unit),
    from: cell.from < 0 ? null : unit.standing[cell.from]!.code,
    moved: cell.moved,
    isUnchanged: cell.isUnchanged,
  }
}

function verdictOf(
  { weight, pieces }: RedrawnCell,
  { min, max }: Band,
  unit: ReadUnit,
): RedrawCell['verdict'] {
  if (weight < min) return 'below'
  if (weight <= max) return 'within'
  return pieces.some((piece) => unit.redrawn.pieces[piece]!.weight > max) ? 'oversize' : 'above'
}
