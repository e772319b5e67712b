import { z } from 'zod'
import { derivedCommon, optionalText } from '../shared/fields.ts'
import type { LayerDefinition } from '../shared/layer.ts'

export const LANDCOVER_KINDS = [
  'water',
  'green',
  'sport',
  'estate',
  'campus',
  'industrial',
  'square',
] as const

/** The ground that the map draws under everything else: water, green, walled estates and campuses. */
export const landcover: LayerDefinition = {
  id: 'landcover',
  title: { zh: '地表', en: 'Land cover' },
  noun: { zh: '地表', en: 'Land cover' },
  geometry: 'MultiPolygon',
  input: z.strictObject({
    kind: z.enum(LANDCOVER_KINDS),
    name: optionalText(120),
  }),
  derived: z.object({ ...derivedCommon }),
  kindProperty: 'kind',
  timeProperty: 'updatedAt',
  searchProperties: ['name'],
  tileProperties: ['kind', 'name'],
  minZoom: 9,
}
