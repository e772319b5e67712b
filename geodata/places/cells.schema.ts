import { z } from 'zod'
import { derivedCommon, name, text } from '../shared/fields.ts'
import type { LayerDefinition } from '../shared/layer.ts'

export const COMMUNITY_KINDS = ['community', 'village', 'other'] as const
export const GRID_KINDS = ['general', 'special', 'other'] as const

const cellCounts = {
  households: z
    .int()
    .nullable()
    .describe(
      'Sum over the buildings in the cell that have a figure; null: there are buildings, none has one',
    ),
  householdsUnknown: z.int().describe('Buildings in the cell without a figure of households'),
  population: z.int().nullable().describe('As households'),
  buildings: z.int(),
}

export const communities: LayerDefinition = {
  id: 'communities',
  title: { zh: '社区', en: 'Communities' },
  noun: { zh: '社区', en: 'Community' },
  geometry: 'MultiPolygon',
  input: z.strictObject({
    code: text(20).describe('12 digits: county 6, street or town 3, community 3'),
    name: name(),
    kind: z.enum(COMMUNITY_KINDS).default('community'),
  }),
  derived: z.object({ ...cellCounts, ...derivedCommon }),
  kindProperty: 'kind',
  timeProperty: 'updatedAt',
  searchProperties: ['name', 'code'],
  tileProperties: ['code', 'name', 'kind'],
  minZoom: 8,
}

export const grids: LayerDefinition = {
  id: 'grids',
  title: { zh: '网格', en: 'Grids' },
  noun: { zh: '网格', en: 'Grid' },
  geometry: 'MultiPolygon',
  input: z.strictObject({
    code: text(20).optional().describe('15 digits: community code and 3; generated when left out'),
    name: name(),
    kind: z.enum(GRID_KINDS).default('general'),
  }),
  derived: z.object({ communityCode: z.string(), ...cellCounts, ...derivedCommon }),
  kindProperty: 'kind',
  timeProperty: 'updatedAt',
  searchProperties: ['name', 'code'],
  tileProperties: ['code', 'name', 'kind'],
  minZoom: 10,
}

export const microGrids: LayerDefinition = {
  id: 'micro-grids',
  title: { zh: '微网格', en: 'Micro-grids' },
  noun: { zh: '微网格', en: 'Micro-grid' },
  geometry: 'MultiPolygon',
  input: z.strictObject({
    code: text(20).optional().describe('17 digits: grid code and 2; generated when left out'),
    name: name(),
  }),
  derived: z.object({ communityCode: z.string(), gridCode: z.string(), ...cellCounts, ...derivedCommon }),
  timeProperty: 'updatedAt',
  searchProperties: ['name', 'code'],
  tileProperties: ['code', 'name'],
  minZoom: 12,
}
