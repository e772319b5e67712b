import type { SymbolLayerSpecification } from 'maplibre-gl'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Tokens } from '../ui/tokens.ts'
import { FONT_STACK, loaderLayer, pointSource, type SlottedLayer, tileSource } from './layer-module.ts'

export interface ClusterLook {
  /** Image of a cluster by the highest rank among its members: [rank from, image name]. */
  images: [rank: number, image: string][]
  textColour: string
  /** Zoom from which single symbols carry their label. */
  labelFromZoom: number
  /** Lower is placed first where labels collide. */
  order: number
  clustersFromZoom?: number
  /** Pixels to the right, so that clusters of two layers at the same sites stand side by side. */
  clusterShift?: number
}

/** The style layers of one clustered point layer: a loader, clusters with their count, single symbols with labels. */
export function pointStyles(layer: LayerId, look: ClusterLook, tokens: Tokens): SlottedLayer[] {
  const source = pointSource(layer)
  const [first, ...rest] = look.images
  const image = rest.length ? ['step', ['get', 'rank'], first![1], ...rest.flat()] : first![1]
  return [
    {
      // Tiles load only while a visible layer asks for them; this one draws nothing.
      slot: 'ground',
      spec: {
        id: loaderLayer(layer),
        type: 'circle',
        source: tileSource(layer),
        'source-layer': layer,
        paint: { 'circle-radius': 0, 'circle-opacity': 0 },
      },
    },
    {
      slot: 'points',
      spec: {
        id: `${layer}-cluster`,
        type: 'symbol',
        source,
        minzoom: look.clustersFromZoom ?? 0,
        filter: ['has', 'point_count'],
        layout: {
          'icon-image': image,
          'icon-allow-overlap': true,
          'icon-offset': [look.clusterShift ?? 0, 0],
          'text-offset': [(look.clusterShift ?? 0) / 12, 0],
          'text-field': ['get', 'point_count_abbreviated'],
          'text-font': FONT_STACK,
          'text-size': 12,
          'text-allow-overlap': true,
          'symbol-sort-key': ['get', 'rank'],
        },
        paint: { 'text-color': look.textColour },
      } as SymbolLayerSpecification,
    },
    {
      slot: 'points',
      spec: {
        id: `${layer}-single`,
        type: 'symbol',
        source,
        minzoom: look.clustersFromZoom ?? 0,
        filter: ['!', ['has', 'point_count']],
        layout: {
          'icon-image': ['get', 'icon'],
          'icon-size': ['interpolate', ['linear'], ['zoom'], 13, 0.8, 17, 0.95, 19, 1.2],
          'icon-allow-overlap': true,
          'text-field': ['step', ['zoom'], '', look.labelFromZoom, ['get', 'label']],
          'text-font': FONT_STACK,
          'text-size': 12,
          'text-anchor': 'top',
          'text-offset': [0, 1.15],
          'text-max-width': 8,
          'text-optional': true,
          'symbol-sort-key': ['-', look.order, ['get', 'rank']],
        },
        paint: { 'text-color': tokens.text, 'text-halo-color': tokens.halo, 'text-halo-width': 1.6 },
      } as SymbolLayerSpecification,
    },
  ]
}
