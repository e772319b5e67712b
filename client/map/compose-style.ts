import type { LayerSpecification, SourceSpecification, StyleSpecification } from 'maplibre-gl'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { type Scheme, TOKENS } from '../ui/tokens.ts'
import type { Basemap } from './basemap.ts'
import { enlarge } from './enlarge.ts'
import { type LayerModule, loaderLayer, pointSource, SLOTS, tileSource } from './layer-module.ts'
import { SELECTION_SOURCE, selectionLayers } from './selection-style.ts'

export interface StyleInput {
  modules: LayerModule[]
  scheme: Scheme
  basemap: Basemap | null
  visible: ReadonlySet<LayerId>
  /** Layers whose points are wanted (by an overlay) even while they are not shown. */
  loading: ReadonlySet<LayerId>
  /** Address of a layer's TileJSON. */
  tileJson: (layer: LayerId) => string
  fontFaces?: StyleSpecification['font-faces']
  /** How many times as large as usual labels and symbols are; left out: 1. */
  textScale?: number
}

/**
 * The whole style. It always has the same sources and layers in the same order; theme and visibility only change
 * paint and layout, so restyle.ts can move a map from one to the other without reloading a tile.
 */
export function composeStyle({
  modules,
  scheme,
  basemap,
  visible,
  loading,
  tileJson,
  fontFaces,
  textScale = 1,
}: StyleInput): StyleSpecification {
  const tokens = TOKENS[scheme]
  const sources: Record<string, SourceSpecification> = { ...basemap?.sources }
  for (const module of modules) {
    sources[tileSource(module.layer)] = { type: 'vector', url: tileJson(module.layer) }
    if (!module.cluster) continue
    sources[pointSource(module.layer)] = {
      type: 'geojson',
      data: { type: 'FeatureCollection', features: [] },
      cluster: true,
      clusterRadius: module.cluster.radiusPixels * textScale,
      clusterMaxZoom: Math.ceil(module.cluster.singleFromZoom) - 1,
      maxzoom: 20,
      clusterProperties: { rank: ['max', ['get', 'rank']] },
    }
  }
  sources[SELECTION_SOURCE] = { type: 'geojson', data: { type: 'FeatureCollection', features: [] } }

  const styled = modules.flatMap((module) =>
    module.styles(tokens).map(({ slot, spec }) => {
      const wanted = spec.id === loaderLayer(module.layer) && loading.has(module.layer)
      return { slot, spec: withVisibility(spec, wanted || visible.has(module.layer)) }
    }),
  )
  const selection = selectionLayers(tokens)
  const layers: LayerSpecification[] = [
    { id: 'background', type: 'background', paint: { 'background-color': tokens.background } },
    ...(basemap?.layers[scheme] ?? []),
    // With a basemap the area has a ground already.
    ...SLOTS.filter((slot) => !basemap || slot !== 'plate').flatMap((slot) => [
      ...styled.filter((layer) => layer.slot === slot).map((layer) => layer.spec),
      ...selection.filter((layer) => layer.slot === slot).map((layer) => layer.spec),
    ]),
  ]
  return {
    version: 8,
    name: 'Gridward',
    ...(basemap?.glyphs ? { glyphs: basemap.glyphs } : {}),
    ...(basemap?.sprite ? { sprite: basemap.sprite } : {}),
    ...(fontFaces ? { 'font-faces': fontFaces } : {}),
    light: { anchor: 'viewport', color: '#ffffff', intensity: 0.28, position: [1.3, 210, 40] },
    sources,
    layers: layers.map((layer) => enlarge(layer, textScale)),
  }
}

function withVisibility(spec: LayerSpecification, visible: boolean): LayerSpecification {
  const layout = { ...('layout' in spec ? spec.layout : {}), visibility: visible ? 'visible' : 'none' }
  return { ...spec, layout } as LayerSpecification
}
