import type { FilterSpecification, LayerSpecification } from 'maplibre-gl'
import { FONT_STACK } from '../map/layer-module.ts'
import type { Tokens } from '../ui/tokens.ts'

export const DRAFT_SOURCE = 'gw-edit-draft'
export const PREVIEW_SOURCE = 'gw-edit-preview'
export const HANDLE_SOURCE = 'gw-edit-handles'
export const HATCH_IMAGE = 'gw-edit-hatch'
export const EDIT_SOURCES = [DRAFT_SOURCE, PREVIEW_SOURCE, HANDLE_SOURCE] as const

/** What a feature of DRAFT_SOURCE is: `role` in its properties. */
export type DraftRole = 'old' | 'changed' | 'new' | 'deleted' | 'mark' | 'target' | 'picked'
/** What a feature of PREVIEW_SOURCE is. */
export type PreviewRole = 'shape' | 'refused' | 'guide'
/** What a feature of HANDLE_SOURCE is. */
export type HandleRole = 'vertex' | 'middle' | 'chosen' | 'snap' | 'centre'

const role = (...roles: string[]): FilterSpecification => ['in', ['get', 'role'], ['literal', roles]]
const shaped = (type: 'Polygon' | 'LineString' | 'Point', filter: FilterSpecification): FilterSpecification =>
  ['all', ['==', ['geometry-type'], type], filter] as FilterSpecification
const round = { 'line-join': 'round', 'line-cap': 'round' } as const

/**
 * The draft over the tiles, bottom to top. An old outline is dashed and grey, a new one solid in the accent, what is
 * deleted is hatched; marks + and × say it again without colour.
 */
export function editLayers(tokens: Tokens, coarse: boolean): LayerSpecification[] {
  const big = coarse ? 1.7 : 1
  return [
    {
      id: 'gw-edit-deleted-fill',
      type: 'fill',
      source: DRAFT_SOURCE,
      filter: shaped('Polygon', role('deleted')),
      paint: { 'fill-pattern': HATCH_IMAGE },
    },
    {
      id: 'gw-edit-fill',
      type: 'fill',
      source: DRAFT_SOURCE,
      filter: shaped('Polygon', role('changed', 'new', 'picked')),
      paint: {
        'fill-color': tokens.accent,
        'fill-opacity': ['match', ['get', 'role'], 'picked', 0.3, 'new', 0.18, 0],
      },
    },
    {
      id: 'gw-edit-old',
      type: 'line',
      source: DRAFT_SOURCE,
      filter: role('old', 'deleted'),
      layout: round,
      paint: { 'line-color': tokens.muted, 'line-width': 2, 'line-dasharray': [2, 2.5] },
    },
    {
      id: 'gw-edit-casing',
      type: 'line',
      source: DRAFT_SOURCE,
      filter: role('changed', 'new', 'target', 'picked'),
      layout: round,
      paint: { 'line-color': tokens.halo, 'line-width': 5.5, 'line-opacity': 0.8 },
    },
    {
      id: 'gw-edit-line',
      type: 'line',
      source: DRAFT_SOURCE,
      filter: role('changed', 'new', 'target', 'picked'),
      layout: round,
      paint: { 'line-color': tokens.accent, 'line-width': 2.5 },
    },
    {
      id: 'gw-edit-point',
      type: 'circle',
      source: DRAFT_SOURCE,
      filter: shaped('Point', role('changed', 'new', 'target', 'picked', 'old', 'deleted')),
      paint: {
        'circle-radius': ['match', ['get', 'role'], ['old', 'deleted'], 6, 9],
        'circle-color': ['match', ['get', 'role'], ['old', 'deleted'], tokens.panel, tokens.accent],
        'circle-opacity': ['match', ['get', 'role'], ['old', 'deleted'], 0.4, 0.5],
        'circle-stroke-color': ['match', ['get', 'role'], ['old', 'deleted'], tokens.muted, tokens.accent],
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'gw-edit-preview-fill',
      type: 'fill',
      source: PREVIEW_SOURCE,
      filter: shaped('Polygon', role('shape', 'refused')),
      paint: { 'fill-color': tokens.accent, 'fill-opacity': 0.04 },
    },
    {
      id: 'gw-edit-preview-line',
      type: 'line',
      source: PREVIEW_SOURCE,
      filter: role('shape'),
      layout: round,
      paint: { 'line-color': tokens.accent, 'line-width': 3 },
    },
    {
      id: 'gw-edit-preview-guide',
      type: 'line',
      source: PREVIEW_SOURCE,
      filter: role('guide'),
      layout: round,
      paint: { 'line-color': tokens.accent, 'line-width': 2, 'line-dasharray': [1, 2] },
    },
    {
      id: 'gw-edit-preview-refused',
      type: 'line',
      source: PREVIEW_SOURCE,
      filter: role('refused'),
      layout: round,
      paint: { 'line-color': tokens.critical, 'line-width': 3, 'line-dasharray': [1.5, 1.5] },
    },
    {
      id: 'gw-edit-preview-point',
      type: 'circle',
      source: PREVIEW_SOURCE,
      filter: shaped('Point', role('shape', 'refused')),
      paint: {
        'circle-radius': 8,
        'circle-color': tokens.accent,
        'circle-stroke-color': tokens.halo,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'gw-edit-mark',
      type: 'symbol',
      source: DRAFT_SOURCE,
      filter: role('mark'),
      layout: {
        'text-field': ['get', 'mark'],
        'text-font': FONT_STACK,
        'text-size': 20,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': tokens.text, 'text-halo-color': tokens.halo, 'text-halo-width': 2.5 },
    },
    {
      id: 'gw-edit-middles',
      type: 'circle',
      source: HANDLE_SOURCE,
      filter: role('middle'),
      paint: {
        'circle-radius': 3 * big,
        'circle-color': tokens.panel,
        'circle-opacity': 0.9,
        'circle-stroke-color': tokens.accent,
        'circle-stroke-width': 1.2,
      },
    },
    {
      id: 'gw-edit-vertices',
      type: 'circle',
      source: HANDLE_SOURCE,
      filter: role('vertex', 'chosen', 'centre'),
      paint: {
        'circle-radius': ['*', big, ['match', ['get', 'role'], 'chosen', 7, 5]],
        'circle-color': ['match', ['get', 'role'], 'chosen', tokens.accent, tokens.casing],
        'circle-stroke-color': ['match', ['get', 'role'], 'chosen', tokens.casing, tokens.accent],
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'gw-edit-snap',
      type: 'circle',
      source: HANDLE_SOURCE,
      filter: role('snap'),
      paint: {
        'circle-radius': 10,
        'circle-color': tokens.due,
        'circle-opacity': 0.15,
        'circle-stroke-color': tokens.due,
        'circle-stroke-width': 2,
      },
    },
  ]
}
