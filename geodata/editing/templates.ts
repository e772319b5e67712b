import { FACILITY_KINDS, type FacilityKind } from '../facilities/facility.schema.ts'
import { HAZARD_CATEGORIES } from '../hazards/catalogue.ts'
import type { SEVERITIES } from '../hazards/hazard.schema.ts'
import { LAYERS } from '../layers.ts'
import { type RISKS, SITE_TYPES, type SiteType } from '../patrols/checkpoint.schema.ts'
import type { BUILDING_USES } from '../places/building.schema.ts'
import type { COMMUNITY_KINDS, GRID_KINDS } from '../places/cells.schema.ts'
import type { LANDCOVER_KINDS } from '../places/landcover.schema.ts'
import type { ROAD_KINDS } from '../places/road.schema.ts'
import type { LayerId } from '../shared/layer.ts'

/** A kind of thing that can be drawn: what its properties are unless somebody says otherwise. */
export interface Template {
  /** Unique, e.g. `facilities/waste-station`. */
  id: string
  layer: LayerId
  zh: string
  en: string
  /** What sets it apart; `fillTemplate` adds the rest. */
  properties: Record<string, unknown>
}

/** Properties that a layer demands and no template can know. */
export interface TemplateContext {
  language: 'zh' | 'en'
  /** ISO date-time: when a hazard was found. */
  reportedAt: string
}

type Named<T extends string> = Record<T, readonly [zh: string, en: string]>

const HOUR = 60
const DAY = 24 * HOUR
const MORNING_AND_EVENING = [
  { from: '06:30', to: '09:00' },
  { from: '18:00', to: '21:00' },
]
type Visit = readonly [
  risk: (typeof RISKS)[number],
  intervalMinutes: number,
  graceMinutes: number,
  serviceMinutes: number,
  timeWindows?: { from: string; to: string }[],
]
/** Visit norms to start from; data, not rules. */
const VISITS: Record<SiteType, Visit> = {
  'estate-gate': ['low', 12 * HOUR, 2 * HOUR, 5, [{ from: '06:00', to: '22:00' }]],
  'waste-station': ['low', 12 * HOUR, 2 * HOUR, 5, MORNING_AND_EVENING],
  'crowded-venue': ['high', 2 * HOUR, 30, 15],
  'small-premises': ['medium', 30 * DAY, 3 * DAY, 15, [{ from: '09:00', to: '21:00' }]],
  'rented-housing': ['medium', 15 * DAY, 3 * DAY, 15, [{ from: '09:00', to: '20:30' }]],
  'construction-site': ['medium', 7 * DAY, DAY, 30, [{ from: '08:00', to: '17:00' }]],
  waterside: ['high', DAY, 4 * HOUR, 8, [{ from: '06:00', to: '21:00' }]],
  'ebike-shed': ['medium', DAY, 6 * HOUR, 6, [{ from: '19:00', to: '23:00' }]],
  'fire-lane': ['medium', 2 * DAY, 12 * HOUR, 5],
  school: [
    'medium',
    DAY,
    2 * HOUR,
    20,
    [
      { from: '07:00', to: '08:10' },
      { from: '15:20', to: '16:50' },
    ],
  ],
  other: ['low', 7 * DAY, DAY, 5],
}
const CAPACITIES: Partial<Record<FacilityKind, number>> = {
  'ebike-charger': 10,
  'car-charger': 2,
  aed: 1,
  lift: 1,
}
const BUILDINGS: Record<(typeof BUILDING_USES)[number], readonly [zh: string, en: string, floors: number]> = {
  residential: ['住宅', 'Residential', 6],
  commercial: ['商业', 'Commercial', 2],
  office: ['办公', 'Office', 8],
  industrial: ['工业', 'Industrial', 2],
  warehouse: ['仓储', 'Warehouse', 1],
  school: ['学校', 'School', 4],
  hospital: ['医院', 'Hospital', 5],
  public: ['公共', 'Public', 3],
  religious: ['宗教', 'Religious', 1],
  utility: ['市政设施', 'Utility', 1],
  mixed: ['商住混合', 'Mixed use', 6],
  other: ['其他', 'Other', 1],
}
const SEVERITY_OF: Record<(typeof HAZARD_CATEGORIES)[number]['code'], (typeof SEVERITIES)[number]> = {
  '01013': 'medium',
  '01054': 'medium',
  '06001': 'medium',
  '06010': 'low',
  '06036': 'medium',
  '09010': 'low',
  '09012': 'high',
  L0001: 'high',
  L0002: 'medium',
  L0003: 'high',
}
const COMMUNITIES: Named<(typeof COMMUNITY_KINDS)[number]> = {
  community: ['社区', 'Community'],
  village: ['村', 'Village'],
  other: ['其他社区', 'Other community'],
}
const GRIDS: Named<(typeof GRID_KINDS)[number]> = {
  general: ['综合网格', 'General grid'],
  special: ['专属网格', 'Special grid'],
  other: ['其他网格', 'Other grid'],
}
const LANDCOVER: Named<(typeof LANDCOVER_KINDS)[number]> = {
  water: ['水面', 'Water'],
  green: ['绿地', 'Green'],
  sport: ['运动场', 'Sports ground'],
  estate: ['小区', 'Estate'],
  campus: ['校园', 'Campus'],
  industrial: ['厂区', 'Industrial ground'],
  square: ['广场', 'Square'],
}
const ROADS: Named<(typeof ROAD_KINDS)[number]> = {
  main: ['主干路', 'Main road'],
  minor: ['支路', 'Minor road'],
  service: ['内部道路', 'Service road'],
  path: ['步行道', 'Path'],
  steps: ['台阶', 'Steps'],
}
const ZONES: Named<'police' | 'party' | 'contractor'> = {
  police: ['警格', 'Police grid'],
  party: ['党建网格', 'Party grid'],
  contractor: ['作业片区', 'Contractor area'],
}

const entriesOf = <K extends string, V>(record: Record<K, V>) => Object.entries(record) as [K, V][]
const named = <K extends string>(layer: LayerId, property: string, names: Named<K>): Template[] =>
  entriesOf(names).map(([kind, [zh, en]]) => ({
    id: `${layer}/${kind}`,
    layer,
    zh,
    en,
    properties: { [property]: kind },
  }))

export const TEMPLATES: readonly Template[] = [
  ...named('communities', 'kind', COMMUNITIES),
  ...named('grids', 'kind', GRIDS),
  { id: 'micro-grids/micro-grid', layer: 'micro-grids', zh: '微网格', en: 'Micro-grid', properties: {} },
  ...entriesOf(BUILDINGS).map(([use, [zh, en, floors]]) => ({
    id: `buildings/${use}`,
    layer: 'buildings' as const,
    zh,
    en,
    properties: { use, floors, heightMetres: floors * 3 },
  })),
  ...named('zones', 'zoneLayer', ZONES),
  ...named('landcover', 'kind', LANDCOVER),
  ...named('roads', 'kind', ROADS).map((road) => ({
    ...road,
    properties: { ...road.properties, walkable: true },
  })),
  ...entriesOf(FACILITY_KINDS).map(([kind, { zh, en }]) => ({
    id: `facilities/${kind}`,
    layer: 'facilities' as const,
    zh,
    en,
    properties: { kind, capacity: CAPACITIES[kind] ?? null },
  })),
  ...entriesOf(SITE_TYPES).map(([siteType, { zh, en }]) => {
    const [risk, intervalMinutes, graceMinutes, serviceMinutes, timeWindows = []] = VISITS[siteType]
    return {
      id: `checkpoints/${siteType}`,
      layer: 'checkpoints' as const,
      zh,
      en,
      properties: { siteType, risk, intervalMinutes, graceMinutes, serviceMinutes, timeWindows },
    }
  }),
  ...HAZARD_CATEGORIES.map(({ standard, kind, code, zh, en }) => ({
    id: `hazards/${code}`,
    layer: 'hazards' as const,
    zh,
    en,
    properties: {
      categoryStandard: standard,
      categoryKind: kind,
      categoryCode: code,
      severity: SEVERITY_OF[code],
    },
  })),
]

/** Templates of every layer, in the order of the layers. */
export const templatesOf = (layer: LayerId): Template[] => TEMPLATES.filter((one) => one.layer === layer)

/** Layers whose features must have a name, and the property that holds it: the template's own name is put there. */
const NAME_PROPERTY: Partial<Record<LayerId, string>> = {
  communities: 'name',
  grids: 'name',
  'micro-grids': 'name',
  zones: 'name',
  checkpoints: 'name',
  hazards: 'title',
}

/**
 * All properties of a new feature: the template's, a name where the layer demands one, and the schema's own defaults.
 * A community's code is not among them: nobody but its office knows it.
 */
export function fillTemplate(template: Template, context: TemplateContext): Record<string, unknown> {
  const { layer } = template
  const nameProperty = NAME_PROPERTY[layer]
  const given = {
    ...(nameProperty ? { [nameProperty]: template[context.language] } : {}),
    ...(layer === 'hazards' ? { reportedAt: context.reportedAt } : {}),
    ...template.properties,
  }
  return layer === 'communities' ? given : LAYERS[layer].input.parse(given)
}
