/** Apart from the schema, so that the phone page need not load what checks it. */
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
