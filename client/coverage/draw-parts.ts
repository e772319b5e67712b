import type { FilterSpecification, LayerSpecification, Map as MapLibreMap } from 'maplibre-gl'
import type { AnalysisPartHead } from '../../geodata/coverage/analysis.schema.ts'
import { partTileUrl } from '../api/analyses.ts'
import { putHatch } from '../map/hatch-cells.ts'
import { firstOwnLabel, removeLayers } from '../map/own-layers.ts'
import type { Tokens } from '../ui/tokens.ts'
import type { PartLayer, PartView } from './analysis-view.ts'

export interface DrawnPart {
  head: AnalysisPartHead
  view: PartView
  filter: FilterSpecification | undefined
}
export interface DrawnParts {
  /** Style layers whose features can be pressed, with their parts; what lies on top comes first. */
  pressed: { layer: string; part: string }[]
  choose(chosen: { part: string; id: number } | undefined): void
  remove(): void
}

const sourceOf = (part: string) => `analysis-${part}`
const CHOSEN = 'analysis-chosen'
const NONE: FilterSpecification = ['==', ['id'], -1]
const MAX_ZOOM = 17

/** Draws parts of an analysis from its tiles, bottom to top: grounds and lines under the names of the map, marks above. */
export function drawParts(
  map: MapLibreMap,
  analysisId: string,
  parts: readonly DrawnPart[],
  tokens: Tokens,
): DrawnParts {
  const below = firstOwnLabel(map)
  const layers: LayerSpecification[] = []
  const pressed: DrawnParts['pressed'] = []
  const sources: string[] = []
  const add = (layer: LayerSpecification) => {
    const isMark = layer.type === 'symbol' || layer.type === 'circle'
    map.addLayer(layer, isMark ? undefined : below)
    layers.push(layer)
  }
  for (const { head, view, filter } of parts) {
    const source = sourceOf(head.part)
    map.addSource(source, {
      type: 'vector',
      tiles: [partTileUrl(analysisId, head.part)],
      maxzoom: MAX_ZOOM,
      ...(head.bbox ? { bounds: head.bbox } : {}),
    })
    sources.push(source)
    for (const [at, look] of (view.layers?.(tokens) ?? []).entries()) {
      const id = `${source}-${at}`
      add(styleLayer(map, id, source, head.part, look, filter))
      if (view.describe && look.type !== 'symbol') pressed.unshift({ layer: id, part: head.part })
    }
  }
  for (const { head } of parts)
    for (const layer of chosenLayers(head, tokens)) {
      add(layer)
    }
  return {
    pressed,
    choose(chosen) {
      for (const { head } of parts)
        for (const { id } of chosenLayers(head, tokens))
          map.setFilter(id, chosen?.part === head.part ? ['==', ['id'], chosen.id] : NONE)
    },
    remove: () => removeLayers(map, layers, sources),
  }
}

function styleLayer(
  map: MapLibreMap,
  id: string,
  source: string,
  part: string,
  { hatch, filter: own, paint, ...look }: PartLayer,
  filter: FilterSpecification | undefined,
): LayerSpecification {
  const filters = [own, filter].filter((one) => one !== undefined)
  return {
    ...look,
    id,
    source,
    'source-layer': part,
    paint: { ...paint, ...(hatch ? { 'fill-pattern': putHatch(map, hatch) } : {}) },
    ...(filters.length > 0 ? { filter: filters.length === 1 ? filters[0] : ['all', ...filters] } : {}),
  } as LayerSpecification
}

/** White casing and accent, as everything that is selected. */
function chosenLayers({ part, geometry }: AnalysisPartHead, tokens: Tokens): LayerSpecification[] {
  const common = { source: sourceOf(part), 'source-layer': part, filter: NONE }
  if (geometry === 'Point')
    return [
      {
        ...common,
        id: `${CHOSEN}-${part}`,
        type: 'circle',
        paint: {
          'circle-radius': 8,
          'circle-color': tokens.accent,
          'circle-stroke-color': tokens.casing,
          'circle-stroke-width': 3,
        },
      },
    ]
  return [
    {
      ...common,
      id: `${CHOSEN}-${part}-casing`,
      type: 'line',
      paint: { 'line-color': tokens.casing, 'line-width': 6 },
    },
    {
      ...common,
      id: `${CHOSEN}-${part}`,
      type: 'line',
      paint: { 'line-color': tokens.accent, 'line-width': 3 },
    },
  ]
}
