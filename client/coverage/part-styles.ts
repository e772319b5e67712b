import type { DataDrivenPropertyValueSpecification } from 'maplibre-gl'
import { FONT_STACK } from '../map/layer-module.ts'
import type { Tokens } from '../ui/tokens.ts'
import type { PartLayer } from './analysis-view.ts'

type Colour = DataDrivenPropertyValueSpecification<string>
type Amount = DataDrivenPropertyValueSpecification<number>

/** Small where many lie close together, as large as it should be from zoom 17 on. */
export const byZoom = (far: number | unknown[], near: number | unknown[]): Amount =>
  ['interpolate', ['linear'], ['zoom'], 14, far, 17, near] as Amount

/** A ground that is reached, or stands out. */
export const tint = (colour: Colour, opacity: Amount = 0.25): PartLayer => ({
  type: 'fill',
  paint: { 'fill-color': colour, 'fill-opacity': opacity },
})

/** A ground that is not reached, or not known. */
export const hatch = (colour: string, opacity: Amount = 0.6): PartLayer => ({
  type: 'fill',
  hatch: colour,
  paint: { 'fill-opacity': opacity },
})

export const line = (colour: Colour, width: Amount = 2, dashes?: number[]): PartLayer => ({
  type: 'line',
  layout: { 'line-cap': 'round', 'line-join': 'round' },
  paint: {
    'line-color': colour,
    'line-width': width,
    ...(dashes ? { 'line-dasharray': dashes } : {}),
  },
})

/** Dots with a casing, so that they stand out on any ground. */
export const dots = (colour: Colour, tokens: Tokens, radius: Amount = 5): PartLayer => ({
  type: 'circle',
  paint: {
    'circle-color': colour,
    'circle-radius': radius,
    'circle-stroke-color': tokens.halo,
    'circle-stroke-width': 1.5,
  },
})

/** A property in words, over or beside the shape. */
export const labels = (property: string, tokens: Tokens, minzoom = 13): PartLayer => ({
  type: 'symbol',
  minzoom,
  layout: {
    'text-field': ['to-string', ['get', property]],
    'text-font': FONT_STACK,
    'text-size': 12,
    'text-offset': [0, 0.2],
    'text-anchor': 'top',
  },
  paint: { 'text-color': tokens.text, 'text-halo-color': tokens.halo, 'text-halo-width': 1.5 },
})
