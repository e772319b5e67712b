import type { Json } from '../../geodata/coverage/analysis.schema.ts'
import type { RedrawResult } from '../../geodata/partition/redraw.schema.ts'
import type { AnalysisPart, PartFeature } from '../coverage/analysis-kind.ts'
import type { ReadUnit } from './read-unit.ts'

/**
 * `cell`: every alternative's cells; `cut`: the borders between them; `piece`: the ground of each building or of those that
 * touch, with its neighbours, of which cells are made; `building`: each with its cell in every alternative (`cell1` …).
 */
export function redrawParts(units: readonly ReadUnit[], result: RedrawResult): AnalysisPart[] {
  const cells: PartFeature[] = []
  const cuts: PartFeature[] = []
  const pieces: PartFeature[] = []
  const buildings: PartFeature[] = []
  let firstPiece = 0
  const firstCell = result.alternatives.map(() => 0)
  for (const unit of units) {
    const { redrawn } = unit
    const assigned = redrawn.pieces.map((): Record<string, Json> => ({}))
    redrawn.alternatives.forEach((alternative, i) => {
      const before = firstCell[i]!
      alternative.cells.forEach((cell, at) => {
        const number = before + at + 1
        const { households, population, unit: _, ...figures } = result.alternatives[i]!.cells[number - 1]!
        for (const piece of cell.pieces) assigned[piece]![`cell${i + 1}`] = number
        cells.push({
          properties: { alternative: i + 1, unit: unit.cell.code, households, population, ...figures },
          geometry: cell.geometry,
        })
      })
      for (const { points, left, right, metres } of alternative.cuts)
        cuts.push({
          properties: {
            alternative: i + 1,
            left: before + left + 1,
            right: before + right + 1,
            metres: Math.round(metres * 10) / 10,
          },
          geometry: { type: 'LineString', coordinates: points },
        })
      firstCell[i] = before + alternative.cells.length
    })
    redrawn.pieces.forEach(({ geometry, buildings: own, weight, beside }, at) => {
      const rows = own.map((index) => unit.buildings[index]!)
      const head = { piece: firstPiece + at, unit: unit.cell.code, ...assigned[at] }
      pieces.push({
        properties: {
          ...head,
          weight,
          households: rows.reduce((sum, { households }) => sum + (households ?? 0), 0),
          buildings: rows.length,
          ids: rows.map(({ id }) => id),
          name: rows.find(({ name }) => name)?.name ?? rows[0]?.code ?? null,
          beside: beside.map(([piece, metres]) => [firstPiece + piece, metres]),
          standing: rows[0]?.microGrid ?? null,
        },
        geometry,
      })
      for (const { id, code, name, households, geometry: shape } of rows)
        buildings.push({ properties: { ...head, id, code, name, households }, geometry: shape })
    })
    firstPiece += redrawn.pieces.length
  }
  return [
    { part: 'cell', geometry: 'MultiPolygon' as const, features: cells },
    { part: 'cut', geometry: 'LineString' as const, features: cuts },
    { part: 'piece', geometry: 'MultiPolygon' as const, features: pieces },
    { part: 'building', geometry: 'MultiPolygon' as const, features: buildings },
  ].filter(({ features }) => features.length > 0)
}
