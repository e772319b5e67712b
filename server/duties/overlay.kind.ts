import type { AnalysisGeometry, AnalysisNote } from '../../geodata/coverage/analysis.schema.ts'
import {
  type OverlayParams,
  type OverlayResult,
  type OverlayRow,
  overlayParamsSchema,
} from '../../geodata/duties/overlay.schema.ts'
import { isLarge, overlayRows, sumOverlay } from '../../geodata/duties/sum-overlay.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AnalysisKind, AnalysisPart, PartFeature } from '../coverage/analysis-kind.ts'
import { overlayCells, readCells, readZoneLayer } from './overlay.store.ts'

const PAGE_CELLS = 100

/** Which zone of another division each cell belongs to, by ground and by households, and where the two do not agree. */
export const overlayKind: AnalysisKind<OverlayParams, OverlayResult> = {
  kind: 'overlay',
  params: overlayParamsSchema,
  reads: ['communities', 'grids', 'micro-grids', 'buildings', 'zones'],
  async run({ sql, reach, wholeReach, signal, progress }, params) {
    const { zoneLayer, level, leastShare } = params
    const title = await readZoneLayer(sql, zoneLayer)
    if (!title)
      throw new Problem(
        'invalid-body',
        `There is no zone layer “${zoneLayer}”. Take one of those there are.`,
        {
          issues: [{ at: '/params/zoneLayer', message: 'is the code of no zone layer' }],
        },
      )
    const ids = await readCells(sql, level, reach)
    const rows: OverlayRow[] = []
    const shapes = new Map<string, string>()
    const brokenCells: string[] = []
    const brokenZones = new Set<string>()
    for (let from = 0; from < ids.length; from += PAGE_CELLS) {
      progress((0.9 * from) / ids.length, 'cutting')
      signal.throwIfAborted()
      const page = await overlayCells(sql, level, ids.slice(from, from + PAGE_CELLS), zoneLayer, wholeReach)
      rows.push(...overlayRows(page.cells, page.pieces, params))
      for (const { cell, zone, shape } of page.pieces) if (shape) shapes.set(`${cell} ${zone}`, shape)
      for (const { cell, name, outsideShape, isBroken } of page.cells) {
        if (outsideShape) shapes.set(`${cell} null`, outsideShape)
        if (isBroken) brokenCells.push(name)
      }
      for (const name of page.brokenZones) brokenZones.add(name)
    }
    const result = sumOverlay(rows)
    const notes: AnalysisNote[] = []
    if (ids.length === 0) notes.push({ code: 'no-cells', values: { level } })
    else if (!rows.some(({ pieces }) => pieces.some(({ zone }) => zone !== null)))
      notes.push({ code: 'no-zones', values: { zoneLayer } })
    if (result.overlapSquareMetres >= 1)
      notes.push({
        code: 'zones-overlap',
        values: { squareMetres: Math.round(result.overlapSquareMetres) },
      })
    const broken = [...brokenCells, ...brokenZones]
    if (broken.length > 0)
      notes.push({ code: 'shapes-mended', values: { count: broken.length, names: broken.slice(0, 5) } })
    progress(0.95, 'drawing')
    return { result: { zoneLayer, title, level, ...result }, notes, parts: partsOf(rows, shapes, leastShare) }
  },
}

function partsOf(
  rows: readonly OverlayRow[],
  shapes: ReadonlyMap<string, string>,
  leastShare: number,
): AnalysisPart[] {
  const all: PartFeature[] = []
  const mismatches: PartFeature[] = []
  for (const { cell, code, name, main, isSplit, pieces } of rows)
    for (const piece of pieces) {
      const shape = shapes.get(`${cell} ${piece.zone}`)
      if (!shape) continue
      const isMain = piece === main
      const feature: PartFeature = {
        properties: {
          cell,
          code,
          name,
          zone: piece.zone,
          zoneCode: piece.code,
          zoneName: piece.name,
          squareMetres: Math.round(piece.squareMetres * 10) / 10,
          areaShare: rounded(piece.areaShare),
          households: piece.households,
          householdShare: rounded(piece.householdShare),
          buildings: piece.buildings,
          main: isMain,
          mainZone: main?.name ?? null,
          sliver: piece.isSliver && !isMain,
          split: isSplit,
        },
        geometry: JSON.parse(shape) as AnalysisGeometry,
      }
      all.push(feature)
      if (!isMain && isLarge(piece, leastShare)) mismatches.push(feature)
    }
  return [
    { part: 'piece', geometry: 'MultiPolygon' as const, features: all },
    { part: 'mismatch', geometry: 'MultiPolygon' as const, features: mismatches },
  ].filter(({ features }) => features.length > 0)
}

const rounded = (share: number | null): number | null =>
  share === null ? null : Math.round(share * 1e6) / 1e6
