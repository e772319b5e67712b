import { z } from 'zod'
import { derivedCommon, optionalText } from '../shared/fields.ts'
import type { LayerDefinition } from '../shared/layer.ts'

/** main: through traffic; minor: local streets; service: drives and estate roads; path: on foot; steps: stairs. */
export const ROAD_KINDS = ['main', 'minor', 'service', 'path', 'steps'] as const

/** A noded network: segments meet only at their end points, whose coordinates are then identical. */
export const roads: LayerDefinition = {
  id: 'roads',
  title: { zh: '道路', en: 'Roads' },
  noun: { zh: '道路', en: 'Road' },
  geometry: 'LineString',
  input: z.strictObject({
    name: optionalText(120),
    kind: z.enum(ROAD_KINDS).default('minor'),
    walkable: z.boolean().default(true),
  }),
  derived: z.object({ lengthMetres: z.number().describe('Geodesic length on WGS 84'), ...derivedCommon }),
  kindProperty: 'kind',
  timeProperty: 'updatedAt',
  searchProperties: ['name'],
  tileProperties: ['name', 'kind', 'walkable'],
  minZoom: 11,
}
