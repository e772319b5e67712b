import type { LayerId } from '../../geodata/shared/layer.ts'
import type { useTexts } from '../ui/i18n.ts'

/** What each layer's list can be sorted by: wire names of its properties. */
export const SORT_KEYS: Record<LayerId, readonly SortKey[]> = {
  communities: ['name', 'code', 'households', 'buildings', 'updatedAt'],
  grids: ['name', 'code', 'kind', 'households', 'buildings', 'updatedAt'],
  'micro-grids': ['name', 'code', 'households', 'buildings', 'updatedAt'],
  buildings: ['name', 'code', 'use', 'floors', 'households', 'updatedAt'],
  zones: ['name', 'code', 'updatedAt'],
  landcover: ['kind', 'name', 'updatedAt'],
  roads: ['name', 'kind', 'lengthMetres', 'updatedAt'],
  facilities: ['kind', 'name', 'status', 'capacity', 'updatedAt'],
  checkpoints: ['risk', 'name', 'siteType', 'intervalMinutes', 'updatedAt'],
  hazards: ['dueAt', 'severity', 'state', 'reportedAt', 'categoryCode', 'name'],
}

export type SortKey =
  | 'name'
  | 'code'
  | 'kind'
  | 'households'
  | 'buildings'
  | 'updatedAt'
  | 'use'
  | 'floors'
  | 'lengthMetres'
  | 'status'
  | 'capacity'
  | 'risk'
  | 'siteType'
  | 'intervalMinutes'
  | 'dueAt'
  | 'severity'
  | 'state'
  | 'reportedAt'
  | 'categoryCode'

/** These say more from the top. */
const DESCENDING: readonly SortKey[] = [
  'households',
  'buildings',
  'updatedAt',
  'severity',
  'reportedAt',
  'risk',
]

export interface Sort {
  key: SortKey
  descending: boolean
}

/** The order of a link; the layer's first where the link names none that it has. */
export function readSort(layer: LayerId, text: string | undefined): Sort {
  const descending = text?.startsWith('-') ?? false
  const key = SORT_KEYS[layer].find((known) => known === (descending ? text!.slice(1) : text))
  return key ? { key, descending } : firstSort(SORT_KEYS[layer][0]!)
}

export const firstSort = (key: SortKey): Sort => ({ key, descending: DESCENDING.includes(key) })
export const writeSort = ({ key, descending }: Sort): string => (descending ? `-${key}` : key)

export function sortLabel(key: SortKey, { t }: Pick<ReturnType<typeof useTexts>, 't'>): string {
  if (key === 'name') return t('lists.name')
  if (key === 'updatedAt') return t('facts.updated')
  if (key === 'lengthMetres') return t('facts.length')
  if (key === 'intervalMinutes') return t('facts.interval')
  if (key === 'categoryCode') return t('facts.category')
  if (key === 'siteType') return t('facts.kind')
  return t(`facts.${key}`)
}
