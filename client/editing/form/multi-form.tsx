import './form.css'
import { Alert, Button } from '@mantine/core'
import { useState } from 'react'
import { MAX_CHANGES } from '../../../geodata/editing/change-set.ts'
import { LAYERS } from '../../../geodata/layers.ts'
import type { LayerId } from '../../../geodata/shared/layer.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { useMultiSelection } from '../../ui/multi-selection.ts'
import { ProblemText } from '../../ui/problem-text.tsx'
import { toastDone } from '../../ui/toast.tsx'
import { fieldLabel, valueText } from '../../ui/words/property-words.ts'
import { type DraftState, draftStore } from '../draft-store.ts'
import { nameOf } from '../name-of.ts'
import { FieldInput } from './field-input.tsx'
import { type Field, fieldsOf } from './fields.ts'
import {
  type Chosen,
  distinctValues,
  type FieldPatch,
  type Patch,
  patchAll,
  readPatch,
  UNKNOWN,
} from './patch.ts'
import { texts } from './texts.ts'
import { useChosen } from './use-chosen.ts'

addTexts(texts)

/** Each feature has its own. */
const OWN = new Set(['code'])

/** One form for all features chosen in the list. What it changes is one edit of the draft, taken back by one undo. */
export default function MultiForm({ draft, onLeave }: { draft: DraftState; onLeave(): void }) {
  const { t, lang } = useTexts()
  const { layer, ids } = useMultiSelection()
  const loaded = useChosen(layer, [...ids], draft.current)
  const noun = layer ? LAYERS[layer].noun[lang] : ''
  return (
    <section className="gw-feature-form" aria-label={t('form.multi.title')} data-testid="multi-form">
      <h3>{t('form.multi.title')}</h3>
      <Button size="compact-xs" variant="default" onClick={onLeave}>
        {t('form.multi.leave')}
      </Button>
      {!layer && <p className="gw-hint">{t('form.multi.none')}</p>}
      {layer && loaded.status === 'loading' && (
        <div role="status">
          <p className="gw-hint">{t('form.multi.loading', { done: loaded.done, count: ids.size })}</p>
          <progress
            max={ids.size}
            value={loaded.done}
            aria-label={t('form.multi.loading', { done: loaded.done, count: ids.size })}
          />
          <Button size="compact-xs" variant="default" onClick={loaded.cancel}>
            {t('form.multi.cancel')}
          </Button>
        </div>
      )}
      {layer && (loaded.status === 'cancelled' || loaded.status === 'failed') && (
        <Alert color="orange" p="xs" role="alert">
          {loaded.status === 'cancelled' ? (
            <p>{t('form.multi.cancelled')}</p>
          ) : (
            loaded.problem && <ProblemText error={loaded.problem} />
          )}
          <Button size="compact-xs" variant="default" onClick={loaded.load}>
            {t('form.multi.load')}
          </Button>
        </Alert>
      )}
      {layer && loaded.status === 'ready' && (
        <>
          <p aria-live="polite" data-testid="multi-count">
            <strong>{t('form.multi.count', { count: loaded.chosen.length, noun })}</strong>{' '}
            {loaded.gone > 0 && t('form.multi.gone', { count: loaded.gone })}
          </p>
          {loaded.chosen.length > MAX_CHANGES ? (
            <p role="alert">{t('form.multi.tooMany', { most: MAX_CHANGES })}</p>
          ) : (
            <PatchForm key={layer} layer={layer} chosen={loaded.chosen} draft={draft} />
          )}
        </>
      )}
    </section>
  )
}

interface PatchFormProps {
  layer: LayerId
  chosen: Chosen[]
  draft: DraftState
}

function PatchForm({ layer, chosen, draft }: PatchFormProps) {
  const words = useTexts()
  const { t, lang } = words
  const [patch, setPatch] = useState<Patch>({})
  const outcome = patchAll(layer, chosen, patch)
  const touched = Object.keys(patch).length > 0
  const changing = outcome.ok ? outcome.changes.length : 0
  const noun = LAYERS[layer].noun[lang]
  const closed = draft.status !== 'ready'

  function apply() {
    if (!outcome.ok || !draftStore.apply({ what: 'form', changes: outcome.changes })) return
    setPatch({})
    toastDone(t('form.multi.applied', { count: changing }))
  }
  const set = (changes: Record<string, unknown>) => {
    const entered = Object.entries(changes).filter(([, value]) => value !== undefined)
    setPatch({
      ...without(patch, Object.keys(changes)),
      ...Object.fromEntries(entered.map(([name, value]) => [name, isPatch(value) ? value : { set: value }])),
    })
  }

  return (
    <>
      <p className="gw-hint">{t('form.multi.hint')}</p>
      <div className="gw-form-grid">
        {fieldsOf(layer)
          .filter(({ name }) => !OWN.has(name))
          .map((field) => {
            const { name } = field
            const values = distinctValues(chosen, name)
            const common = values.length === 1 ? valueText(layer, name, values[0], words) : undefined
            const entered = patch[name]
            return (
              <FieldInput
                key={name}
                layer={layer}
                field={field}
                value={entered && shownEntry(entered, field)}
                unset={common ?? t('form.mixed', { count: values.length })}
                disabled={closed}
                read={(typed) => readPatch(layer, field, typed)}
                onPatch={set}
                onUnset={() => setPatch(without(patch, field.kind === 'category' ? CATEGORY : [name]))}
              />
            )
          })}
      </div>
      <div className="gw-form-preview" aria-live="polite" data-testid="multi-preview">
        <strong>{t('form.multi.preview')}</strong>
        {!touched && <p className="gw-hint">{t('form.multi.nothing')}</p>}
        {touched && outcome.ok && changing === 0 && <p className="gw-hint">{t('form.multi.same')}</p>}
        {!outcome.ok && (
          <p className="gw-form-problem" role="alert">
            {t('form.multi.refused', {
              name: nameOf(chosen.find(({ id }) => id === outcome.id)?.input, { layer, id: outcome.id }),
              problem: t(`form.problem.${outcome.problem.key}`, outcome.problem.params),
            })}
          </p>
        )}
        {outcome.ok && changing > 0 && (
          <ul>
            {Object.entries(outcome.counts).map(([name, count]) => (
              <li key={name}>
                {t('form.multi.previewLine', {
                  count,
                  noun,
                  field: fieldLabel(name, words),
                  value: described(patch[name]!),
                })}
              </li>
            ))}
          </ul>
        )}
      </div>
      <div className="gw-form-actions">
        <Button size="xs" disabled={changing === 0 || closed} onClick={apply} data-testid="multi-apply">
          {t('form.multi.apply', { count: changing })}
        </Button>
        <Button size="xs" variant="default" disabled={!touched} onClick={() => setPatch({})}>
          {t('form.multi.clear')}
        </Button>
      </div>
    </>
  )

  function described(entry: FieldPatch): string {
    const name = Object.keys(patch).find((one) => patch[one] === entry)!
    if ('add' in entry)
      return t('form.multi.adds', { sign: entry.add < 0 ? '−' : '+', by: Math.abs(entry.add) })
    return entry.set === null ? t('form.unknown') : valueText(layer, name, entry.set, words)
  }
}

const CATEGORY = ['categoryStandard', 'categoryKind', 'categoryCode']

/** An entry as it was typed. */
function shownEntry(entry: FieldPatch, { kind }: Field): unknown {
  if ('add' in entry) return entry.add < 0 ? String(entry.add) : `+${entry.add}`
  return entry.set === null && kind !== 'works' && kind !== 'windows' ? UNKNOWN : entry.set
}

const without = (patch: Patch, names: string[]): Patch =>
  Object.fromEntries(Object.entries(patch).filter(([name]) => !names.includes(name)))
const isPatch = (value: unknown): value is FieldPatch =>
  typeof value === 'object' && value !== null && ('set' in value || 'add' in value)
