import type { LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { CampaignLayer } from '../../geodata/campaigns/campaign.schema.ts'
import { putHatch } from '../map/hatch-cells.ts'
import { tileSource } from '../map/layer-module.ts'
import { firstOwnLabel, removeLayers } from '../map/own-layers.ts'
import type { Tokens } from '../ui/tokens.ts'

/** What a place is drawn as: in order, to be done, too late, or nobody was there yet. */
export type Tone = 'done' | 'due' | 'critical' | 'open'

/**
 * Colours buildings or facilities by how they stand, from a zoom on; what is too late is hatched, or ringed, as well. Returns
 * what takes it away.
 */
export function drawStates(
  map: MapLibreMap,
  layer: CampaignLayer,
  ids: Record<Tone, number[]>,
  tokens: Tokens,
  minzoom = 0,
): () => void {
  const source = tileSource(layer)
  if (!map.getSource(source)) return () => {}
  const of = (tone: Tone) => ({
    id: `campaign-states-${tone}`,
    minzoom,
    source,
    'source-layer': layer,
    filter: ['in', ['id'], ['literal', ids[tone]]] as never,
  })
  const fill = (tone: Tone, paint: object): LayerSpecification => ({ ...of(tone), type: 'fill', paint })
  const circle = (tone: Tone, paint: object): LayerSpecification => ({
    ...of(tone),
    type: 'circle',
    paint: { 'circle-radius': 7, 'circle-stroke-width': 1.5, 'circle-stroke-color': tokens.panel, ...paint },
  })
  const layers =
    layer === 'buildings'
      ? [
          fill('open', {
            'fill-color': tokens.muted,
            'fill-opacity': 0.35,
            'fill-outline-color': tokens.text,
          }),
          fill('done', { 'fill-color': tokens.done, 'fill-opacity': 0.5 }),
          fill('due', { 'fill-color': tokens.due, 'fill-opacity': 0.7 }),
          fill('critical', { 'fill-pattern': putHatch(map, tokens.critical), 'fill-opacity': 0.9 }),
        ]
      : [
          circle('open', { 'circle-color': tokens.panel, 'circle-stroke-color': tokens.muted }),
          circle('done', { 'circle-color': tokens.done }),
          circle('due', { 'circle-color': tokens.due }),
          circle('critical', {
            'circle-radius': 9,
            'circle-color': tokens.critical,
            'circle-stroke-width': 3,
            'circle-stroke-color': tokens.text,
          }),
        ]
  removeLayers(map, layers, [])
  const before = firstOwnLabel(map)
  for (const each of layers) map.addLayer(each, before)
  return () => removeLayers(map, layers, [])
}
