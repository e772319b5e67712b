import { FACILITY_KINDS } from '../../geodata/facilities/facility.schema.ts'
import { HAZARD_CATEGORIES } from '../../geodata/hazards/catalogue.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { SITE_TYPES } from '../../geodata/patrols/checkpoint.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { formatCount, formatMinutes, formatTenths, formatTime } from '../ui/format.ts'
import type { useTexts } from '../ui/i18n.ts'

type Texts = ReturnType<typeof useTexts>

const LABELS = {
  geometry: 'history.name.geometry',
  name: 'history.name.name',
  title: 'history.name.title',
  zoneLayer: 'history.name.zoneLayer',
  categoryStandard: 'history.name.categoryStandard',
  categoryKind: 'history.name.categoryKind',
  code: 'facts.code',
  kind: 'facts.kind',
  use: 'facts.use',
  address: 'facts.address',
  floors: 'facts.floors',
  heightMetres: 'facts.height',
  households: 'facts.households',
  population: 'facts.population',
  walkable: 'facts.walkable',
  status: 'facts.status',
  capacity: 'facts.capacity',
  openingHours: 'facts.openingHours',
  works: 'facts.works',
  description: 'facts.description',
  categoryCode: 'facts.category',
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
} as const

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

const knows = <T extends object>(table: T, name: string): name is string & keyof T =>
  Object.hasOwn(table, name)

/** What a property, or `geometry`, is called; one without a name keeps that of the wire. */
export const fieldName = (property: string, { t }: Texts): string =>
  knows(LABELS, property) ? t(LABELS[property]) : property

/** A value in words. Unknown is a dash, never 0. */
export function fieldValue(layer: LayerId, property: string, value: unknown, texts: Texts): string {
  const { t, lang, enums } = texts
  if (value === null || value === undefined || value === '') return '—'
  if (typeof value === 'boolean') return t(value ? 'facts.yes' : 'facts.no')
  if (typeof value === 'number') {
    if (property.endsWith('Minutes')) return formatMinutes(value, lang)
    return property.endsWith('Metres') ? `${formatTenths(value)} ${t('history.metres')}` : formatCount(value)
  }
  if (Array.isArray(value))
    return value.map(({ from, to }: { from?: string; to?: string }) => `${from}–${to}`).join(' · ') || '—'
  if (typeof value === 'object') {
    const { title = '', startsOn = '', endsOn } = value as Record<string, string | null>
    return `${title} ${startsOn}–${endsOn ?? ''}`.trim()
  }
  const text = String(value)
  if (property.endsWith('At')) return formatTime(text)
  const path = `${layer}.${property}`
  const named = CATALOGUES[path]?.[text]
  if (named) return named[lang]
  return knows(ENUM_GROUPS, path) ? enums(ENUM_GROUPS[path], text) : text
}

/** The properties that a client may write and that differ, in the order of the layer's schema. */
export function differingFields(
  layer: LayerId,
  before: Record<string, unknown>,
  after: Record<string, unknown>,
): string[] {
  return Object.keys(LAYERS[layer].input.shape).filter(
    (property) => JSON.stringify(before[property] ?? null) !== JSON.stringify(after[property] ?? null),
  )
}
