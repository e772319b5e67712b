import { z } from 'zod'
import { count, derivedCells, derivedCommon, isoDate, name, optionalText } from '../shared/fields.ts'
import type { LayerDefinition } from '../shared/layer.ts'

export const FACILITY_STATUSES = ['in-service', 'out-of-service', 'planned', 'unknown'] as const

/** The catalogue of facility kinds; the client draws a pictogram for each. */
export const FACILITY_KINDS = {
  'waste-station': { zh: '垃圾投放点', en: 'Waste station' },
  'fire-hydrant': { zh: '消火栓', en: 'Fire hydrant' },
  extinguisher: { zh: '灭火器', en: 'Fire extinguisher' },
  'smoke-alarm': { zh: '烟感报警器', en: 'Smoke alarm' },
  'ebike-charger': { zh: '电动自行车充电点', en: 'E-bike charger' },
  'car-charger': { zh: '汽车充电桩', en: 'Car charger' },
  aed: { zh: 'AED', en: 'AED' },
  lift: { zh: '电梯', en: 'Lift' },
  'service-centre': { zh: '党群服务中心', en: 'Service centre' },
  police: { zh: '警务室', en: 'Police post' },
  clinic: { zh: '卫生服务站', en: 'Clinic' },
  pharmacy: { zh: '药店', en: 'Pharmacy' },
  school: { zh: '学校', en: 'School' },
  kindergarten: { zh: '幼儿园', en: 'Kindergarten' },
  'elderly-care': { zh: '养老服务', en: 'Elderly care' },
  market: { zh: '菜市场', en: 'Market' },
  shop: { zh: '商铺', en: 'Shop' },
  restaurant: { zh: '餐饮', en: 'Restaurant' },
  bank: { zh: '银行', en: 'Bank' },
  parking: { zh: '停车场', en: 'Parking' },
  'bicycle-parking': { zh: '非机动车停放点', en: 'Bicycle parking' },
  toilet: { zh: '公共厕所', en: 'Public toilet' },
  gate: { zh: '出入口', en: 'Gate' },
  'bus-stop': { zh: '公交站', en: 'Bus stop' },
  worship: { zh: '宗教场所', en: 'Place of worship' },
  culture: { zh: '文体设施', en: 'Culture and sport' },
  other: { zh: '其他设施', en: 'Other facility' },
} as const
export type FacilityKind = keyof typeof FACILITY_KINDS

export const facilities: LayerDefinition = {
  id: 'facilities',
  title: { zh: '设施', en: 'Facilities' },
  noun: { zh: '设施', en: 'Facility' },
  geometry: 'Point',
  input: z.strictObject({
    kind: z.enum(Object.keys(FACILITY_KINDS) as [FacilityKind, ...FacilityKind[]]),
    name: optionalText(120),
    address: optionalText(200),
    status: z.enum(FACILITY_STATUSES).default('in-service'),
    capacity: count().nullable().default(null),
    openingHours: optionalText(200),
    works: z
      .strictObject({ title: name(), startsOn: isoDate(), endsOn: isoDate().nullable() })
      .nullable()
      .default(null)
      .describe('Works project under way or planned'),
  }),
  derived: z.object({ ...derivedCells, ...derivedCommon }),
  kindProperty: 'kind',
  stateProperty: 'status',
  timeProperty: 'updatedAt',
  searchProperties: ['name', 'address'],
  tileProperties: ['kind', 'status', 'name'],
  minZoom: 11,
}
