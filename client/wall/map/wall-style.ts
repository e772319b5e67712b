import type {
  ExpressionSpecification,
  LayerSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl'
import type { LayerId } from '../../../geodata/shared/layer.ts'
import type { Basemap } from '../../map/basemap.ts'
import { composeStyle } from '../../map/compose-style.ts'
import { fontFaces } from '../../map/fonts.ts'
import { FONT_STACK, type LayerModule } from '../../map/layer-module.ts'
import { badge, letter } from '../../map/symbol-shapes.ts'
import { buildingLayer } from '../../places/building.layer.ts'
import { cellLayers } from '../../places/cell.layers.ts'
import { landcoverLayer } from '../../places/ground.layer.ts'
import { roadLayer } from '../../places/road.layer.ts'
import { type Scheme, TOKENS, type Tokens } from '../../ui/tokens.ts'

/** What lies beneath: no points. Those of the wall come with its picture, at once, not with tiles. */
export const GROUND: LayerModule[] = [landcoverLayer, roadLayer, ...cellLayers, buildingLayer]

export const HAZARDS = 'wall-hazards'
export const CHOSEN = 'wall-chosen'
export const PEOPLE = 'wall-people'

/** From a distance a name is read or left out: of the labels these stay, as large as the smallest type of the wall. */
const NAMES: Record<string, { minzoom: number; maxzoom: number }> = {
  'communities-label': { minzoom: 9, maxzoom: 15.4 },
  'grids-label': { minzoom: 15.4, maxzoom: 24 },
}
const GROUND_LAYERS = new Set<LayerId>([
  'communities',
  'grids',
  'micro-grids',
  'zones',
  'buildings',
  'roads',
  'landcover',
])

export interface WallLook {
  scheme: Scheme
  /** Smallest type, page pixels. */
  typePixels: number
  /** Layers of the ground that are shown. */
  layers: readonly string[]
  basemap: Basemap | null
}

/** The ground with few and large names, and above it the wall's own points. */
export function wallStyle({ scheme, typePixels, layers, basemap }: WallLook): StyleSpecification {
  const tokens = TOKENS[scheme]
  const ground = composeStyle({
    modules: GROUND,
    scheme,
    basemap: basemap && {
      ...basemap,
      layers: { dark: withoutText(basemap.layers.dark), light: withoutText(basemap.layers.light) },
    },
    visible: new Set([...GROUND_LAYERS].filter((layer) => layers.includes(layer))),
    loading: new Set(),
    tileJson: (layer) => new URL(`/tiles/${layer}.json`, location.href).href,
    fontFaces: fontFaces(),
  })
  return {
    ...ground,
    sources: {
      ...ground.sources,
      [HAZARDS]: {
        type: 'geojson',
        data: { type: 'FeatureCollection', features: [] },
        cluster: true,
        clusterRadius: typePixels * 1.1,
        clusterMaxZoom: 16,
        clusterProperties: { rank: ['max', ['get', 'rank']] },
      },
      [CHOSEN]: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      [PEOPLE]: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    },
    layers: [
      ...ground.layers.flatMap((layer) => readable(layer, typePixels)),
      ...ownLayers(tokens, typePixels),
    ],
  }
}

const withoutText = (layers: LayerSpecification[]) => layers.filter(({ type }) => type !== 'symbol')

function readable(layer: LayerSpecification, typePixels: number): LayerSpecification[] {
  if (layer.type !== 'symbol') return [layer]
  const zooms = NAMES[layer.id]
  if (!zooms) return []
  return [
    {
      ...layer,
      ...zooms,
      layout: { ...layer.layout, 'text-size': typePixels, 'text-padding': typePixels / 3 },
    },
  ]
}

const RANKED: ExpressionSpecification = [
  'step',
  ['get', 'rank'],
  imageName('open', false),
  2,
  imageName('soon', false),
  3,
  imageName('overdue', false),
]
const CLUSTERED: ExpressionSpecification = [
  'step',
  ['get', 'rank'],
  imageName('open', true),
  2,
  imageName('soon', true),
  3,
  imageName('overdue', true),
]

type Standing = 'open' | 'soon' | 'overdue'
function imageName(standing: Standing, isCluster: boolean): string {
  return `wall-${standing}${isCluster ? '-many' : ''}`
}

/** Grey until something is wrong; shape and sign say it without the colour. */
export function wallImages(tokens: Tokens, typePixels: number) {
  const fills = { open: tokens.muted, soon: tokens.due, overdue: tokens.critical }
  const signs = { open: '•', soon: '•', overdue: '!' }
  const standings = ['open', 'soon', 'overdue'] as const
  return Object.fromEntries(
    standings.flatMap((standing) => {
      const look = { shape: 'diamond' as const, fill: fills[standing], stroke: tokens.halo }
      const size = standing === 'open' ? 0.3 : 0.42
      return [
        [
          imageName(standing, false),
          badge({
            ...look,
            radius: typePixels * size,
            strokeWidth: typePixels / 14,
            mark: letter(signs[standing], tokens.onColour, typePixels * size * 1.3),
          }),
        ],
        [
          imageName(standing, true),
          badge({ ...look, radius: typePixels * 0.95, strokeWidth: typePixels / 12 }),
        ],
      ]
    }),
  )
}

function ownLayers(tokens: Tokens, typePixels: number): LayerSpecification[] {
  const single: SymbolLayerSpecification = {
    id: 'wall-hazard',
    type: 'symbol',
    source: HAZARDS,
    filter: ['!', ['has', 'point_count']],
    layout: {
      'icon-image': RANKED,
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'symbol-sort-key': ['get', 'rank'],
    },
  }
  return [
    {
      id: 'wall-people',
      type: 'circle',
      source: PEOPLE,
      paint: {
        'circle-radius': typePixels * 0.45,
        'circle-color': tokens.info,
        'circle-opacity': 0.22,
        'circle-stroke-color': tokens.info,
        'circle-stroke-width': 2,
      },
    },
    single,
    {
      id: 'wall-hazards',
      type: 'symbol',
      source: HAZARDS,
      filter: ['has', 'point_count'],
      layout: {
        'icon-image': CLUSTERED,
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'text-field': ['get', 'point_count_abbreviated'],
        'text-font': FONT_STACK,
        'text-size': typePixels,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
        'symbol-sort-key': ['get', 'rank'],
      },
      paint: { 'text-color': tokens.onColour },
    },
    {
      id: 'wall-chosen',
      type: 'circle',
      source: CHOSEN,
      paint: {
        'circle-radius': typePixels * 1.1,
        'circle-opacity': 0,
        'circle-stroke-color': tokens.accent,
        'circle-stroke-width': Math.max(2, typePixels / 9),
      },
    },
  ]
}
