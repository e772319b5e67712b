import type { LayerSpecification } from 'maplibre-gl'
import { FONT_STACK } from '../../map/layer-module.ts'
import { type Scheme, TEAM_HUES, TOKENS } from '../../ui/tokens.ts'

export const DUE_SOURCE = 'patrol-due'
export const LEG_SOURCE = 'patrol-legs'
export const STOP_SOURCE = 'patrol-stops'
export const PART_SOURCE = 'patrol-parts'
export const PLAN_SOURCES = [PART_SOURCE, DUE_SOURCE, LEG_SOURCE, STOP_SOURCE] as const

export const RING_LAYER = 'patrol-rings'
export const LEG_LAYER = 'patrol-leg-lines'
export const STOP_LAYER = 'patrol-stop-circles'
export const PASS_LAYER = 'patrol-passes'

const round = { 'line-join': 'round', 'line-cap': 'round' } as const
const is = (property: string) => ['==', ['get', property], true] as const

/**
 * Rounds over the sites, bottom to top: the round that is drawn on above the others, its stops above its ways. Ways off
 * the streets are dashed; those still asked for are thin.
 */
export function planLayers(scheme: Scheme): LayerSpecification[] {
  const tokens = TOKENS[scheme]
  const hue = ['at', ['get', 'hue'], ['literal', TEAM_HUES[scheme]]] as const
  const teamColour = ['to-color', hue] as never
  return [
    {
      id: 'patrol-part-lines',
      type: 'line',
      source: PART_SOURCE,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': tokens.critical, 'line-width': 2.5, 'line-dasharray': [2, 1.5] },
    },
    {
      id: RING_LAYER,
      type: 'symbol',
      source: DUE_SOURCE,
      minzoom: 11,
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-size': ['interpolate', ['linear'], ['zoom'], 12, 0.5, 15, 0.8, 17, 1],
        'icon-allow-overlap': true,
        'symbol-sort-key': ['get', 'order'],
        'text-field': ['step', ['zoom'], '', 16.8, ['get', 'name']],
        'text-font': FONT_STACK,
        'text-size': 12,
        'text-anchor': 'top',
        'text-offset': [0, 1],
        'text-optional': true,
        'text-max-width': 9,
      },
      paint: {
        'icon-opacity': ['case', is('planned'), 0.35, 1] as never,
        'text-color': tokens.text,
        'text-halo-color': tokens.halo,
        'text-halo-width': 1.5,
      },
    },
    {
      id: 'patrol-leg-casing',
      type: 'line',
      source: LEG_SOURCE,
      layout: { ...round, 'line-sort-key': ['case', is('active'), 1, 0] as never },
      paint: {
        'line-color': ['case', is('active'), tokens.text, tokens.halo] as never,
        'line-width': ['case', is('active'), 7.5, 6.5] as never,
        'line-opacity': ['case', is('pending'), 0.35, 0.9] as never,
      },
    },
    {
      id: LEG_LAYER,
      type: 'line',
      source: LEG_SOURCE,
      filter: ['all', ['!', is('free')], ['!', is('noway')]] as never,
      layout: { ...round, 'line-sort-key': ['case', is('active'), 1, 0] as never },
      paint: {
        'line-color': teamColour,
        'line-width': ['case', is('pending'), 2, 4] as never,
        'line-opacity': ['case', is('active'), 1, 0.85] as never,
      },
    },
    {
      id: `${LEG_LAYER}-free`,
      type: 'line',
      source: LEG_SOURCE,
      filter: ['all', is('free'), ['!', is('noway')]] as never,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': teamColour, 'line-width': 4, 'line-dasharray': [1.6, 1] },
    },
    {
      id: `${LEG_LAYER}-noway`,
      type: 'line',
      source: LEG_SOURCE,
      filter: is('noway') as never,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': tokens.critical, 'line-width': 4, 'line-dasharray': [0.6, 1] },
    },
    {
      id: 'patrol-arrows',
      type: 'symbol',
      source: LEG_SOURCE,
      minzoom: 13.5,
      filter: ['!', is('pending')] as never,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 90,
        'icon-image': ['concat', 'patrol-arrow-', ['get', 'hue']],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
    },
    {
      id: PASS_LAYER,
      type: 'circle',
      source: STOP_SOURCE,
      filter: ['!', is('visit')] as never,
      paint: {
        // Walking every street takes hundreds of them.
        'circle-radius': [
          'interpolate',
          ['linear'],
          ['zoom'],
          14,
          ['case', is('chosen'), 6, 2],
          17,
          ['case', is('chosen'), 7, 5],
        ] as never,
        'circle-color': tokens.panel,
        'circle-stroke-color': ['case', is('chosen'), tokens.accent, teamColour] as never,
        'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 14, 1.25, 17, 2.5] as never,
      },
    },
    {
      id: STOP_LAYER,
      type: 'circle',
      source: STOP_SOURCE,
      filter: is('visit') as never,
      layout: { 'circle-sort-key': ['case', is('active'), 1, 0] as never },
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 14, 7, 16.5, 11.5] as never,
        'circle-color': teamColour,
        'circle-stroke-color': [
          'case',
          is('chosen'),
          tokens.accent,
          is('conflict'),
          tokens.critical,
          is('active'),
          tokens.text,
          tokens.halo,
        ] as never,
        'circle-stroke-width': ['case', is('chosen'), 4, is('conflict'), 3.5, 1.75] as never,
      },
    },
    {
      id: 'patrol-stop-numbers',
      type: 'symbol',
      source: STOP_SOURCE,
      filter: ['any', is('visit'), is('end')] as never,
      layout: {
        'text-field': ['get', 'label'],
        'text-font': FONT_STACK,
        'text-size': ['interpolate', ['linear'], ['zoom'], 14, 7.5, 16.5, 11.5],
        'text-allow-overlap': true,
        'text-ignore-placement': true,
        'symbol-sort-key': ['case', is('active'), 1, 0] as never,
      },
      paint: { 'text-color': tokens.onColour },
    },
  ]
}
