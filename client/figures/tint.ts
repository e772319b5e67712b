import type { ExpressionSpecification, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { IndicatorValues } from '../../geodata/figures/indicator.schema.ts'
import { INDICATORS, type IndicatorId, shareOf } from '../../geodata/figures/indicators.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import { putHatch } from '../map/hatch-cells.ts'
import { tileSource } from '../map/layer-module.ts'
import { firstOwnLabel, removeLayers } from '../map/own-layers.ts'
import type { Tokens } from '../ui/tokens.ts'

/** Shares up to these fall into the classes of the map: narrow where most of the cells are. */
const CLASS_ENDS = { high: [0.6, 0.8, 0.9, 1], low: [0.05, 0.1, 0.2, 1] } as const
export const classEnds = (id: IndicatorId): readonly number[] => CLASS_ENDS[INDICATORS[id].better]
/** How much of the colour a class shows: darker for more, in both themes. */
export const CLASS_OPACITY = [0.12, 0.28, 0.46, 0.66] as const

/** Tints the cells of a level by an indicator, in their tiles’ own shapes; those without a figure are hatched. Ends by the function returned. */
export function tintCells(
  map: MapLibreMap,
  layer: CellLayer,
  cells: IndicatorValues['cells'],
  id: IndicatorId,
  tokens: Tokens,
): () => void {
  const source = tileSource(layer)
  if (!map.getSource(source)) return () => {}
  const ends = classEnds(id)
  const classes = ends.map((): number[] => [])
  for (const { id: cellId, ratios } of cells) {
    const share = ratios[id] ? shareOf(ratios[id]) : null
    if (share !== null) classes[ends.findIndex((end) => share <= end)]!.push(cellId)
  }
  const among = (ids: readonly number[]): ExpressionSpecification => ['in', ['id'], ['literal', [...ids]]]
  const shape = { source, 'source-layer': layer, type: 'fill' } as const
  const layers: LayerSpecification[] = classes.map((ids, at) => ({
    ...shape,
    id: `tint-${at}`,
    filter: among(ids),
    paint: { 'fill-color': tokens.accent, 'fill-opacity': CLASS_OPACITY[at]! },
  }))
  layers.push({
    ...shape,
    id: 'tint-unknown',
    filter: ['!', among(classes.flat())],
    paint: { 'fill-pattern': putHatch(map, tokens.muted), 'fill-opacity': 0.35 },
  })
  const below = firstOwnLabel(map)
  removeLayers(map, layers, [])
  for (const one of layers) map.addLayer(one, below)
  return () => removeLayers(map, layers, [])
}
