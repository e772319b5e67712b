import { LAYERS } from '../../geodata/layers.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Fact, Facts } from '../ui/facts.ts'
import { formatCount } from '../ui/format.ts'
import type { useTexts } from '../ui/i18n.ts'

type Texts = ReturnType<typeof useTexts>

export interface RowText {
  name: string
  /** The state in words, with its tone. */
  state: Fact | undefined
  facts: Fact[]
}

/** Which of a feature's facts stand in its row. */
const SHOWN: Record<LayerId, { state?: FactKey; facts: FactKey[] }> = {
  communities: { facts: ['code', 'households'] },
  grids: { facts: ['code', 'households'], state: 'kind' },
  'micro-grids': { facts: ['code', 'households'] },
  buildings: { facts: ['address', 'floors', 'households'], state: 'use' },
  zones: { facts: ['kind', 'code'] },
  landcover: { facts: [], state: 'kind' },
  roads: { facts: ['length'], state: 'kind' },
  facilities: { facts: ['kind', 'address'], state: 'status' },
  checkpoints: { facts: ['kind', 'interval'], state: 'risk' },
  hazards: { facts: ['severity', 'dueAt'], state: 'state' },
}
type FactKey =
  | 'code'
  | 'households'
  | 'kind'
  | 'floors'
  | 'use'
  | 'length'
  | 'address'
  | 'status'
  | 'interval'
  | 'risk'
  | 'severity'
  | 'dueAt'
  | 'state'

export function nameOf(layer: LayerId, { id, properties }: StoredFeature, { t, lang }: Texts): string {
  const named = [properties.name, properties.title, properties.address].find(
    (name): name is string => typeof name === 'string' && name !== '',
  )
  return named ?? `${t('place.unnamed', { layer: LAYERS[layer].noun[lang] })} ${id}`
}

/** A feature as a row: what it is called, two facts and its state, taken from the facts that its own folder gives. */
export function describeRow(
  layer: LayerId,
  feature: StoredFeature,
  facts: Facts,
  texts: Texts,
  now: Date,
): RowText {
  const { t } = texts
  const { code, households } = feature.properties
  const known = facts(feature, texts, now)
  const find = (key: FactKey | undefined): Fact | undefined => {
    if (key === undefined) return undefined
    const label = t(`facts.${key}`)
    const found = known.find((fact) => fact.label === label)
    if (found) return found
    if (key === 'code' && typeof code === 'string') return { label, value: code }
    if (key === 'households' && typeof households === 'number')
      return { label, value: formatCount(households) }
    return undefined
  }
  const shown = SHOWN[layer]
  return {
    name: nameOf(layer, feature, texts),
    state: find(shown.state),
    facts: shown.facts.map(find).filter((fact): fact is Fact => fact !== undefined),
  }
}

/** What `at=` in the link names a feature by. */
export const atOf = (layer: LayerId, { id, properties }: StoredFeature): string =>
  typeof properties.code === 'string' && /^\d{12,22}$/.test(properties.code)
    ? properties.code
    : `${layer}/${id}`
