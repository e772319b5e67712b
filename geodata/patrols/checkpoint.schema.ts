import { z } from 'zod'
import { clockTime, derivedCells, derivedCommon, name } from '../shared/fields.ts'
import type { LayerDefinition } from '../shared/layer.ts'
import { RISKS, SITE_TYPES, type SiteType } from './site-types.ts'

export { RISKS, SITE_TYPES, type SiteType }

export const checkpoints: LayerDefinition = {
  id: 'checkpoints',
  title: { zh: '巡查点', en: 'Checkpoints' },
  noun: { zh: '巡查点', en: 'Checkpoint' },
  geometry: 'Point',
  input: z.strictObject({
    name: name(),
    siteType: z.enum(Object.keys(SITE_TYPES) as [SiteType, ...SiteType[]]),
    risk: z.enum(RISKS).default('low'),
    // What is left out is as the visit norm of the type and risk says.
    intervalMinutes: z
      .int()
      .min(1)
      .max(525_600)
      .nullable()
      .default(null)
      .describe('Longest time allowed between visits; null: as the visit norm says'),
    graceMinutes: z.int().min(0).max(525_600).nullable().default(null),
    serviceMinutes: z.int().min(0).max(1440).nullable().default(null),
    timeWindows: z
      .array(z.strictObject({ from: clockTime(), to: clockTime() }))
      .max(8)
      .default([]),
  }),
  derived: z.object({ ...derivedCells, ...derivedCommon }),
  kindProperty: 'siteType',
  stateProperty: 'risk',
  timeProperty: 'updatedAt',
  searchProperties: ['name'],
  tileProperties: ['name', 'siteType', 'risk', 'intervalMinutes'],
  minZoom: 11,
}
