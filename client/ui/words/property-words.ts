import { FACILITY_KINDS } from '../../../geodata/facilities/facility.schema.ts'
import { HAZARD_CATEGORIES } from '../../../geodata/hazards/catalogue.ts'
import { SITE_TYPES } from '../../../geodata/patrols/checkpoint.schema.ts'
import type { LayerId } from '../../../geodata/shared/layer.ts'
import { formatCount, formatMinutes, formatTenths, formatTime } from '../format.ts'
import { addTexts, type useTexts } from '../i18n.ts'
import { texts } from './texts.ts'

addTexts(texts)

type Texts = ReturnType<typeof useTexts>

const LABELS: Record<string, string> = {
  geometry: 'property.geometry',
  code: 'facts.code',
  name: 'property.name',
  kind: 'facts.kind',
  use: 'facts.use',
  address: 'facts.address',
  floors: 'facts.floors',
  heightMetres: 'facts.height',
  households: 'facts.households',
  population: 'facts.population',
  buildings: 'facts.buildings',
  zoneLayer: 'property.zoneLayer',
  walkable: 'facts.walkable',
  status: 'facts.status',
  capacity: 'facts.capacity',
  openingHours: 'facts.openingHours',
  works: 'facts.works',
  title: 'property.title',
  description: 'facts.description',
  categoryCode: 'facts.category',
  categoryStandard: 'property.categoryStandard',
  categoryKind: 'property.categoryKind',
  severity: 'facts.severity',
  state: 'facts.state',
  reportedAt: 'facts.reportedAt',
  dueAt: 'facts.dueAt',
  siteType: 'facts.kind',
  risk: 'facts.risk',
  intervalMinutes: 'facts.interval',
  graceMinutes: 'facts.grace',
  serviceMinutes: 'facts.service',
  timeWindows: 'facts.timeWindows',
  communityCode: 'property.communityCode',
  gridCode: 'property.gridCode',
  microGridCode: 'property.microGridCode',
  buildingCode: 'property.buildingCode',
  lengthMetres: 'facts.length',
  updatedAt: 'facts.updated',
  sourceId: 'property.sourceId',
}
const UNITS: Record<string, string> = {
  heightMetres: 'property.metres',
  intervalMinutes: 'property.minutes',
  graceMinutes: 'property.minutes',
  serviceMinutes: 'property.minutes',
}
const ENUM_GROUPS = {
  'buildings.use': 'use',
  'facilities.status': 'status',
  'hazards.severity': 'severity',
  'hazards.state': 'state',
  'checkpoints.risk': 'risk',
  'landcover.kind': 'landcover',
  'roads.kind': 'road',
  'grids.kind': 'grid',
  'communities.kind': 'community',
} as const
const CATALOGUES: Record<string, Readonly<Record<string, { zh: string; en: string }>>> = {
  'facilities.kind': FACILITY_KINDS,
  'checkpoints.siteType': SITE_TYPES,
  'hazards.categoryCode': Object.fromEntries(HAZARD_CATEGORIES.map((category) => [category.code, category])),
}

/** What a property, or `geometry`, is called. */
export const fieldLabel = (name: string, { t }: Texts): string => {
  const key = Object.hasOwn(LABELS, name) && LABELS[name]
  return key ? t(key) : name
}

/** The unit that a figure is typed in, for its label; undefined for plain counts. */
export const unitOf = (name: string, { t }: Texts): string | undefined => {
  const key = Object.hasOwn(UNITS, name) && UNITS[name]
  return key ? t(key) : undefined
}

/** The value of an enum in words; one that no catalogue knows stays as it is. */
export function optionText(layer: LayerId, name: string, value: string, { lang, enums }: Texts): string {
  const path = `${layer}.${name}`
  const catalogue = CATALOGUES[path]
  if (catalogue && Object.hasOwn(catalogue, value)) return catalogue[value]![lang]
  const group = Object.hasOwn(ENUM_GROUPS, path) && ENUM_GROUPS[path as keyof typeof ENUM_GROUPS]
  return group ? enums(group, value) : value
}

/** A hazard's category with its code, which tells apart those of like names. */
export function categoryText(code: string, texts: Texts): string {
  const name = optionText('hazards', 'categoryCode', code, texts)
  return name === code ? code : `${code} ${name}`
}

/** A property's value in words. Null is unknown: a dash, never 0. */
export function valueText(layer: LayerId, name: string, value: unknown, texts: Texts): string {
  const { t, lang } = texts
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return value ? t('facts.yes') : t('facts.no')
  if (typeof value === 'number') {
    if (name.endsWith('Minutes')) return formatMinutes(value, lang)
    return name.endsWith('Metres') ? `${formatTenths(value)} ${t('property.metres')}` : formatCount(value)
  }
  if (Array.isArray(value))
    return value.map(({ from, to }: { from?: string; to?: string }) => `${from}–${to}`).join(' · ') || '—'
  if (typeof value === 'object') {
    const { title = '', startsOn = '', endsOn } = value as Record<string, string | null>
    return `${title} ${startsOn}–${endsOn ?? ''}`.trim()
  }
  const text = String(value)
  if (name === 'categoryCode') return categoryText(text, texts)
  return name.endsWith('At') ? formatTime(text) : optionText(layer, name, text, texts)
}
