import type { LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { ProgressCell } from '../../geodata/campaigns/campaign.schema.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import { putHatch } from '../map/hatch-cells.ts'
import { FONT_STACK, tileSource } from '../map/layer-module.ts'
import { firstOwnLabel, removeLayers } from '../map/own-layers.ts'
import type { Tokens } from '../ui/tokens.ts'

const POINTS = 'campaign-progress-points'
const TINT = 'campaign-progress'
const HATCH = 'campaign-progress-overdue'
const LABEL = 'campaign-progress-label'

/** From this zoom on the places themselves are told apart, and the cells step back. */
export const PLACES_ZOOM = 16.2

const fading = (opacity: unknown) =>
  ['interpolate', ['linear'], ['zoom'], PLACES_ZOOM, opacity, PLACES_ZOOM + 0.7, 0] as never

/**
 * Tints cells by the share that was visited, hatches those where another look is overdue, and writes “visited/targets”
 * on each. Returns what takes it away.
 */
export function drawProgress(
  map: MapLibreMap,
  level: CellLayer,
  cells: readonly ProgressCell[],
  tokens: Tokens,
): () => void {
  const source = tileSource(level)
  if (!map.getSource(source) || cells.length === 0) return () => {}
  const overdue = cells.filter((cell) => cell.overdue > 0).map(({ id }) => id)
  const layers: LayerSpecification[] = [
    {
      id: TINT,
      type: 'fill',
      source,
      'source-layer': level,
      filter: ['in', ['id'], ['literal', cells.map(({ id }) => id)]],
      paint: {
        'fill-color': tokens.done,
        'fill-opacity': fading([
          'match',
          ['id'],
          ...cells.flatMap(({ id, share }) => [id, 0.08 + 0.47 * (share ?? 0)]),
          0,
        ]),
      },
    },
    {
      id: HATCH,
      type: 'fill',
      source,
      'source-layer': level,
      filter: ['in', ['id'], ['literal', overdue]],
      paint: { 'fill-pattern': putHatch(map, tokens.critical), 'fill-opacity': fading(0.55) },
    },
    {
      id: LABEL,
      type: 'symbol',
      source: POINTS,
      layout: { 'text-field': ['get', 'label'], 'text-size': 13, 'text-font': FONT_STACK },
      paint: { 'text-color': tokens.text, 'text-halo-color': tokens.panel, 'text-halo-width': 1.5 },
    },
  ]
  removeLayers(map, layers, [POINTS])
  map.addSource(POINTS, {
    type: 'geojson',
    data: {
      type: 'FeatureCollection',
      features: cells.map(({ center, visited, targets }) => ({
        type: 'Feature',
        geometry: { type: 'Point', coordinates: center },
        properties: { label: `${visited}/${targets}` },
      })),
    },
  })
  const before = firstOwnLabel(map)
  for (const layer of layers) map.addLayer(layer, layer.id === LABEL ? undefined : before)
  return () => removeLayers(map, layers, [POINTS])
}
