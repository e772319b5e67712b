import type { ExpressionSpecification, LineLayerSpecification } from 'maplibre-gl'
import { FONT_STACK, type LayerModule, type SlottedLayer, tileSource } from '../map/layer-module.ts'
import type { Tokens } from '../ui/tokens.ts'

type CellLayer = 'communities' | 'grids' | 'micro-grids' | 'zones'

interface CellLook {
  layer: CellLayer
  colour: (tokens: Tokens) => string
  /** line width in pixels once the level is fully in */
  width: number
  dash?: number[]
  bordersFromZoom: number
  labels: { fromZoom: number; toZoom?: number; size: number; spacing: number; text: ExpressionSpecification }
  /** A click selects this level between these zooms. */
  clicks: { fromZoom: number; toZoom: number }
}

const name: ExpressionSpecification = ['get', 'name']

const LOOKS: CellLook[] = [
  {
    layer: 'zones',
    colour: (tokens) => tokens.info,
    width: 1.2,
    dash: [6, 2, 1, 2],
    bordersFromZoom: 11,
    labels: { fromZoom: 13, size: 12, spacing: 0.05, text: name },
    clicks: { fromZoom: 24, toZoom: 24 },
  },
  {
    layer: 'micro-grids',
    colour: (tokens) => tokens.microGridBorder,
    width: 1,
    dash: [4, 3],
    bordersFromZoom: 14.6,
    labels: { fromZoom: 15.6, size: 12, spacing: 0, text: name },
    clicks: { fromZoom: 15.6, toZoom: 24 },
  },
  {
    layer: 'grids',
    colour: (tokens) => tokens.gridBorder,
    width: 1.5,
    bordersFromZoom: 12.6,
    labels: { fromZoom: 13.7, toZoom: 16.2, size: 13, spacing: 0.02, text: name },
    clicks: { fromZoom: 13.8, toZoom: 15.6 },
  },
  {
    layer: 'communities',
    colour: (tokens) => tokens.communityBorder,
    width: 2.5,
    bordersFromZoom: 8,
    labels: { fromZoom: 10, toZoom: 14.6, size: 15, spacing: 0.08, text: name },
    clicks: { fromZoom: 8, toZoom: 13.8 },
  },
]

function cellStyles(look: CellLook, tokens: Tokens): SlottedLayer[] {
  const { layer, labels } = look
  const colour = look.colour(tokens)
  const from = { source: tileSource(layer), 'source-layer': layer }
  const fade = (full: number): ExpressionSpecification => [
    'interpolate',
    ['linear'],
    ['zoom'],
    look.bordersFromZoom,
    0,
    look.bordersFromZoom + 0.5,
    full,
  ]
  return [
    {
      slot: 'cells',
      spec: {
        id: `${layer}-area`,
        type: 'fill',
        ...from,
        paint: {
          'fill-color': tokens.accent,
          'fill-opacity': ['case', ['boolean', ['feature-state', 'hover'], false], 0.08, 0],
        },
      },
    },
    {
      // A soft band below the line sets the border off from roads of the same weight.
      slot: 'borders',
      spec: {
        id: `${layer}-border-band`,
        type: 'line',
        ...from,
        minzoom: look.bordersFromZoom,
        layout: { 'line-join': 'round' },
        paint: { 'line-color': tokens.halo, 'line-width': look.width + 2.5, 'line-opacity': fade(0.45) },
      },
    },
    {
      slot: 'borders',
      spec: {
        id: `${layer}-border`,
        type: 'line',
        ...from,
        minzoom: look.bordersFromZoom,
        layout: { 'line-join': 'round' },
        paint: {
          'line-color': colour,
          'line-width': look.width,
          'line-opacity': fade(1),
          ...(look.dash ? { 'line-dasharray': look.dash } : {}),
        },
      } as LineLayerSpecification,
    },
    {
      slot: 'labels',
      spec: {
        id: `${layer}-label`,
        type: 'symbol',
        source: tileSource(layer),
        'source-layer': `${layer}-labels`,
        minzoom: labels.fromZoom,
        ...(labels.toZoom ? { maxzoom: labels.toZoom } : {}),
        layout: {
          'text-field': labels.text,
          'text-font': FONT_STACK,
          'text-size': labels.size,
          'text-letter-spacing': labels.spacing,
          'text-max-width': 8,
          'text-padding': 6,
        },
        paint: { 'text-color': tokens.text, 'text-halo-color': tokens.halo, 'text-halo-width': 2 },
      },
    },
  ]
}

/** Bottom to top: the border of the larger cell covers that of the smaller where both run. */
export const cellLayers: LayerModule[] = LOOKS.map((look) => ({
  layer: look.layer,
  styles: (tokens) => cellStyles(look, tokens),
  clickable: [{ styleLayer: `${look.layer}-area`, ...look.clicks }],
}))
