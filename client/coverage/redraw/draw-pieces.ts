import type { GeoJSONSource, MapLayerMouseEvent, Map as MapLibreMap } from 'maplibre-gl'
import type { AnalysisFeature } from '../../../geodata/coverage/analysis.schema.ts'
import type { MapHandle } from '../../map/map-handle.ts'
import { firstOwnLabel, removeLayers } from '../../map/own-layers.ts'
import { type Scheme, TEAM_HUES, TOKENS } from '../../ui/tokens.ts'

const NAME = 'redraw-pieces'

export interface DrawnPieces {
  paint(cells: Int32Array, target: number): void
  remove(): void
}

/** Pieces of ground in the hue of their cell; a click on one is told. */
export function drawPieces(
  { map, takeClicks }: MapHandle,
  features: readonly AnalysisFeature[],
  scheme: Scheme,
  onPress: (piece: number) => void,
): DrawnPieces {
  const hues = TEAM_HUES[scheme]
  const tokens = TOKENS[scheme]
  const layers = [
    {
      id: `${NAME}-fill`,
      type: 'fill' as const,
      source: NAME,
      paint: {
        'fill-color': [
          'to-color',
          ['at', ['%', ['+', ['get', 'cell'], 1], hues.length], ['literal', [...hues]]],
        ] as never,
        'fill-opacity': ['case', ['get', 'isTarget'], 0.5, 0.22] as never,
      },
    },
    {
      id: `${NAME}-line`,
      type: 'line' as const,
      source: NAME,
      paint: { 'line-color': tokens.text, 'line-width': 0.5, 'line-opacity': 0.5 },
    },
  ]
  map.addSource(NAME, { type: 'geojson', data: toData(features, new Int32Array(features.length), -1) })
  const under = firstOwnLabel(map)
  for (const layer of layers) map.addLayer(layer, under)
  const release = takeClicks()
  const press = ({ features: pressed }: MapLayerMouseEvent) => {
    const piece = pressed?.[0]?.properties?.piece
    if (typeof piece === 'number') onPress(piece)
  }
  map.on('click', `${NAME}-fill`, press)
  map.getCanvas().style.cursor = 'pointer'
  return {
    paint(cells, target) {
      sourceOf(map)?.setData(toData(features, cells, target))
    },
    remove() {
      release()
      if (!map.style) return
      map.off('click', `${NAME}-fill`, press)
      map.getCanvas().style.cursor = ''
      removeLayers(map, layers, [NAME])
    },
  }
}

const sourceOf = (map: MapLibreMap) => map.getSource<GeoJSONSource>(NAME)

const toData = (features: readonly AnalysisFeature[], cells: Int32Array, target: number) => ({
  type: 'FeatureCollection' as const,
  features: features.flatMap(({ geometry }, piece) =>
    geometry.type === 'MultiPolygon'
      ? [
          {
            type: 'Feature' as const,
            properties: { piece, cell: cells[piece]!, isTarget: cells[piece] === target },
            geometry,
          },
        ]
      : [],
  ),
})
