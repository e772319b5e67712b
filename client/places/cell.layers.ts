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
  labels: {
    fromZoom: number
    toZoom?: number
    size: number
    /** A name moves aside for a symbol before it gives way to it, as far as it still lies in its cell. */
    anchors?: ('center' | 'bottom' | 'top' | 'left' | 'right')[]
    spacing: number
    colour: (tokens: Tokens) => string
  }
  /** A click selects this level between these zooms. */
  clicks: { fromZoom: number; toZoom: number }
}

const LOOKS: CellLook[] = [
  {
    layer: 'zones',
    colour: (tokens) => tokens.info,
    width: 1.2,
    dash: [6, 2, 1, 2],
    bordersFromZoom: 11,
    labels: { fromZoom: 13, size: 12, spacing: 0.05, colour: (tokens) => tokens.info },
    clicks: { fromZoom: 24, toZoom: 24 },
  },
  {
    layer: 'micro-grids',
    colour: (tokens) => tokens.microGridBorder,
    width: 1,
    dash: [4, 3],
    bordersFromZoom: 14.6,
    labels: { fromZoom: 16, size: 11.5, spacing: 0, colour: (tokens) => tokens.muted },
    clicks: { fromZoom: 16, toZoom: 24 },
  },
  {
    layer: 'grids',
    colour: (tokens) => tokens.gridBorder,
    width: 1.5,
    bordersFromZoom: 12.6,
    labels: { fromZoom: 15, toZoom: 16.6, size: 12.5, spacing: 0.02, colour: (tokens) => tokens.gridLabel },
    clicks: { fromZoom: 14.7, toZoom: 16 },
  },
  {
    layer: 'communities',
    colour: (tokens) => tokens.communityBorder,
    width: 2.5,
    bordersFromZoom: 8,
    labels: {
      fromZoom: 10,
      toZoom: 15.8,
      size: 16.5,
      spacing: 0.12,
      anchors: ['center', 'bottom', 'top', 'left', 'right'],
      colour: (tokens) => tokens.text,
    },
    clicks: { fromZoom: 8, toZoom: 14.7 },
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
    full * 0.55,
    look.bordersFromZoom + 2.5,
    full,
  ]
  const plate: SlottedLayer[] =
    layer === 'communities'
      ? [
          {
            slot: 'plate',
            spec: { id: 'communities-plate', type: 'fill', ...from, paint: { 'fill-color': tokens.mapLand } },
          },
        ]
      : []
  return [
    ...plate,
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
          'line-width': ['interpolate', ['linear'], ['zoom'], 12, look.width * 0.7, 15, look.width],
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
          'text-field': ['get', 'name'],
          'text-font': FONT_STACK,
          'text-size': ['interpolate', ['linear'], ['zoom'], 12, labels.size * 0.75, 15, labels.size],
          'text-letter-spacing': labels.spacing,
          'text-max-width': 8,
          'text-padding': 6,
          'text-variable-anchor': labels.anchors ?? ['center', 'bottom', 'top'],
          'text-radial-offset': labels.anchors ? 1.8 : 1.1,
          'text-justify': 'auto',
        },
        paint: { 'text-color': labels.colour(tokens), 'text-halo-color': tokens.halo, 'text-halo-width': 2 },
      },
    },
  ]
}

/** Bottom to top: the border of the larger cell covers that of the smaller where both run. */
export const cellLayers: LayerModule[] = LOOKS.map((look) => ({
  layer: look.layer,
  fromZoom: look.bordersFromZoom,
  styles: (tokens) => cellStyles(look, tokens),
  clickable: [{ styleLayer: `${look.layer}-area`, ...look.clicks }],
}))
