import { FACILITY_KINDS } from '../../../geodata/facilities/facility.schema.ts'
import { HAZARD_CATEGORIES } from '../../../geodata/hazards/catalogue.ts'
import { SITE_TYPES } from '../../../geodata/patrols/checkpoint.schema.ts'
import type { LayerId } from '../../../geodata/shared/layer.ts'
import { formatMinutes, formatTime } from '../../ui/format.ts'
import type { useTexts } from '../../ui/i18n.ts'

export type Texts = ReturnType<typeof useTexts>

const LABELS: Record<string, string> = {
  geometry: 'form.field.geometry',
  code: 'facts.code',
  name: 'form.field.name',
  kind: 'facts.kind',
  use: 'facts.use',
  address: 'facts.address',
  floors: 'facts.floors',
  heightMetres: 'facts.height',
  households: 'facts.households',
  population: 'facts.population',
  buildings: 'facts.buildings',
  zoneLayer: 'form.field.zoneLayer',
  walkable: 'facts.walkable',
  status: 'facts.status',
  capacity: 'facts.capacity',
  openingHours: 'facts.openingHours',
  works: 'facts.works',
  title: 'form.field.title',
  description: 'facts.description',
  categoryCode: 'facts.category',
  categoryStandard: 'form.field.categoryStandard',
  categoryKind: 'form.field.categoryKind',
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
  communityCode: 'form.field.communityCode',
  gridCode: 'form.field.gridCode',
  microGridCode: 'form.field.microGridCode',
  buildingCode: 'form.field.buildingCode',
  lengthMetres: 'facts.length',
  updatedAt: 'facts.updated',
  sourceId: 'form.field.sourceId',
}
const UNITS: Record<string, string> = {
  heightMetres: 'form.unit.metres',
  intervalMinutes: 'form.unit.minutes',
  graceMinutes: 'form.unit.minutes',
  serviceMinutes: 'form.unit.minutes',
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
  const named = CATALOGUES[path]?.[value]
  if (named) return named[lang]
  const group = Object.hasOwn(ENUM_GROUPS, path) && ENUM_GROUPS[path as keyof typeof ENUM_GROUPS]
  return group ? enums(group, value) : value
}

export function categoryText(code: string, { lang }: Texts): string {
  const found = HAZARD_CATEGORIES.find((category) => category.code === code)
  return found ? `${code} ${found[lang]}` : code
}

/** A property's value in words. Null is unknown: a dash, never 0. */
export function valueText(layer: LayerId, name: string, value: unknown, texts: Texts): string {
  const { t, lang } = texts
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return value ? t('facts.yes') : t('facts.no')
  if (name === 'categoryCode') return categoryText(String(value), texts)
  if (name.endsWith('Minutes')) return formatMinutes(Number(value), lang)
  if (name.endsWith('At')) return formatTime(String(value))
  if (name.endsWith('Metres')) return `${Math.round(Number(value) * 10) / 10} ${t('form.unit.metres')}`
  if (Array.isArray(value))
    return value.map(({ from, to }: { from: string; to: string }) => `${from}–${to}`).join(' · ') || '—'
  if (typeof value === 'object') {
    const { title, startsOn, endsOn } = value as { title?: string; startsOn?: string; endsOn?: string | null }
    return `${title ?? ''} ${startsOn ?? ''}–${endsOn ?? ''}`.trim()
  }
  return typeof value === 'string' ? optionText(layer, name, value, texts) : String(value)
}
