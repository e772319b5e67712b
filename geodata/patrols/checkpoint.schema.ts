import { z } from 'zod'
import { clockTime, derivedCells, derivedCommon, name } from '../shared/fields.ts'
import type { LayerDefinition } from '../shared/layer.ts'

export const SITE_TYPES = {
  'estate-gate': { zh: '小区出入口', en: 'Estate gate' },
  'waste-station': { zh: '垃圾投放点', en: 'Waste station' },
  'crowded-venue': { zh: '人员密集场所', en: 'Crowded venue' },
  'small-premises': { zh: '小场所', en: 'Small premises' },
  'rented-housing': { zh: '出租房', en: 'Rented housing' },
  'construction-site': { zh: '工地', en: 'Construction site' },
  waterside: { zh: '临水点位', en: 'Waterside' },
  'ebike-shed': { zh: '电动自行车棚', en: 'E-bike shed' },
  'fire-lane': { zh: '消防通道', en: 'Fire lane' },
  school: { zh: '校园周边', en: 'School surroundings' },
  other: { zh: '其他', en: 'Other' },
} as const
export type SiteType = keyof typeof SITE_TYPES
export const RISKS = ['low', 'medium', 'high'] as const

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
