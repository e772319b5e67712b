import { z } from 'zod'
import { count, derivedCells, derivedCommon, optionalText, text } from '../shared/fields.ts'
import type { LayerDefinition } from '../shared/layer.ts'

export const BUILDING_USES = [
  'residential',
  'commercial',
  'office',
  'industrial',
  'warehouse',
  'school',
  'hospital',
  'public',
  'religious',
  'utility',
  'mixed',
  'other',
] as const

export const buildings: LayerDefinition = {
  id: 'buildings',
  title: { zh: '楼栋', en: 'Buildings' },
  noun: { zh: '楼栋', en: 'Building' },
  geometry: 'MultiPolygon',
  input: z.strictObject({
    code: text(30)
      .nullable()
      .optional()
      .describe('22 digits: micro-grid code and 5; generated when left out; null outside every micro-grid'),
    name: optionalText(120),
    address: optionalText(200),
    use: z.enum(BUILDING_USES).default('other'),
    floors: z.int().min(0).max(200).nullable().default(null),
    heightMetres: z.number().min(0).max(1000).nullable().default(null),
    households: count().nullable().default(null).describe('null: not known'),
    population: count().nullable().default(null).describe('null: not known'),
  }),
  derived: z.object({ ...derivedCells, ...derivedCommon }),
  kindProperty: 'use',
  timeProperty: 'updatedAt',
  searchProperties: ['name', 'address', 'code'],
  tileProperties: ['name', 'use', 'floors', 'heightMetres', 'households'],
  minZoom: 12,
}
