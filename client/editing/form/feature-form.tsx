import './form.css'
import { useQuery } from '@tanstack/react-query'
import { draftKey, type StoredInput } from '../../../geodata/editing/draft.ts'
import { isEqual } from '../../../geodata/editing/is-equal.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import type { LayerId } from '../../../geodata/shared/layer.ts'
import { getFeature } from '../../api/places.ts'
import { FactList } from '../../ui/fact-list.tsx'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { fieldLabel, valueText } from '../../ui/words/property-words.ts'
import { type DraftState, draftStore } from '../draft-store.ts'
import type { FeatureRef } from '../working-set.ts'
import { FieldInput } from './field-input.tsx'
import { fieldsOf } from './fields.ts'
import { withPatch } from './patch.ts'
import { texts } from './texts.ts'

addTexts(texts)

interface FeatureFormProps {
  target: FeatureRef
  /** The feature as it stands, in the draft or as stored. */
  input: StoredInput
  draft: DraftState
}

/** The properties of one feature. Each change is one edit of the draft; nothing is saved from here. */
export default function FeatureForm({ target, input, draft }: FeatureFormProps) {
  const { t } = useTexts()
  const { layer, id } = target
  const closed = draft.status !== 'ready' && draft.status !== 'loading'

  function patch(changes: Record<string, unknown>) {
    // Two fields may be taken before this form is drawn again.
    const before = draftStore.getSnapshot().current.get(draftKey(layer, id)) ?? input
    const properties = withPatch(before.properties, changes)
    if (isEqual(properties, before.properties)) return
    draftStore.apply({
      what: 'form',
      changes: [{ layer, id, before: input, after: { ...input, properties } }],
    })
  }

  return (
    <section className="gw-feature-form" aria-label={t('form.title')} data-testid="feature-form">
      <h3>{t('form.title')}</h3>
      {draft.status === 'elsewhere' && <p className="gw-hint">{t('form.elsewhere')}</p>}
      <div className="gw-form-grid">
        {fieldsOf(layer).map((field) => (
          <FieldInput
            key={`${layer}/${id}/${field.name}`}
            layer={layer}
            field={field}
            value={input.properties[field.name]}
            disabled={closed}
            onPatch={patch}
          />
        ))}
      </div>
      {fieldsOf(layer).some(({ nullable, kind }) => nullable && kind === 'number') && (
        <p className="gw-hint">{t('form.unknownHint')}</p>
      )}
      {layer === 'hazards' && <p className="gw-hint">{t('form.ofTheCase')}</p>}
      <Derived layer={layer} id={id} />
    </section>
  )
}

/** Derived values that say something to a person, in this order. */
const TOLD = [
  'communityCode',
  'gridCode',
  'microGridCode',
  'buildingCode',
  'lengthMetres',
  'buildings',
  'households',
  'population',
  'sourceId',
  'updatedAt',
]

function Derived({ layer, id }: { layer: LayerId; id: number }) {
  const texts = useTexts()
  const { t } = texts
  const stored = useQuery({
    queryKey: ['editing', 'derived', layer, id],
    queryFn: () => getFeature(layer, id),
    enabled: id > 0,
  })
  const known = LAYERS[layer].derived.shape
  const names = TOLD.filter((name) => Object.hasOwn(known, name))
  return (
    <details className="gw-form-derived">
      <summary>{t('form.derived')}</summary>
      {id < 0 ? (
        <p className="gw-hint">{t('form.afterSaving')}</p>
      ) : (
        <FactList
          facts={names.map((name) => ({
            label: fieldLabel(name, texts),
            value: stored.data ? valueText(layer, name, stored.data.properties[name], texts) : '…',
          }))}
        />
      )}
    </details>
  )
}
