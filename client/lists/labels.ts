import { FACILITY_KINDS } from '../../geodata/facilities/facility.schema.ts'
import { HAZARD_CATEGORIES } from '../../geodata/hazards/catalogue.ts'
import { SITE_TYPES } from '../../geodata/patrols/checkpoint.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { type Choice, choiceProperty } from '../app/filters.ts'
import type { useTexts } from '../ui/i18n.ts'

type Texts = ReturnType<typeof useTexts>

const ENUM_GROUPS = {
  'hazards.state': 'state',
  'hazards.severity': 'severity',
  'facilities.status': 'status',
  'checkpoints.risk': 'risk',
  'buildings.use': 'use',
  'communities.kind': 'community',
  'grids.kind': 'grid',
  'landcover.kind': 'landcover',
  'roads.kind': 'road',
} as const

const CATALOGUES: Record<string, Readonly<Record<string, { zh: string; en: string }>>> = {
  'facilities.kind': FACILITY_KINDS,
  'checkpoints.siteType': SITE_TYPES,
  'hazards.categoryCode': Object.fromEntries(HAZARD_CATEGORIES.map((category) => [category.code, category])),
}

/** A value of a layer's kind, state or severity in words; a value that no catalogue knows stays as it is. */
export function valueLabel(layer: LayerId, choice: Choice, value: string, { lang, enums }: Texts): string {
  const path = `${layer}.${choiceProperty(layer, choice)}`
  const named = CATALOGUES[path]?.[value]
  if (named) return named[lang]
  const group = Object.hasOwn(ENUM_GROUPS, path) && ENUM_GROUPS[path as keyof typeof ENUM_GROUPS]
  return group ? enums(group, value) : value
}

/** What a choice is called in this layer: the state of a checkpoint is its risk. */
export function choiceLabel(layer: LayerId, choice: Choice, { t }: Texts): string {
  if (choice === 'severity') return t('facts.severity')
  if (choice === 'kind') return layer === 'hazards' ? t('facts.category') : t('facts.kind')
  return layer === 'checkpoints' ? t('facts.risk') : t('facts.state')
}
