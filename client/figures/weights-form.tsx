import { Button, MultiSelect, NumberInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { INDICATOR_IDS, INDICATORS } from '../../geodata/figures/indicators.ts'
import { type Category, isOfCases, type Scheme } from '../../geodata/figures/scheme.schema.ts'
import type { SchemeId } from '../../geodata/figures/scheme.ts'
import { HAZARD_CATEGORIES } from '../../geodata/hazards/catalogue.ts'
import { putScheme } from '../api/figures.ts'
import { useTexts } from '../ui/i18n.ts'
import { ProblemAlert } from '../ui/problem-alert.tsx'
import { categoriesWords } from './ask.ts'
import { categoryWords } from './words.ts'

interface WeightsFormProps {
  id: SchemeId
  version: number
  scheme: Scheme
  onSaved(): void
  onClose(): void
}

const MOST_WEIGHT = 1000
const keyOf = (category: Category): string => categoriesWords([category])

/** What weighs how much in a scheme and, where it has parts, which hazards each is made of, and the points of its stars. */
export function WeightsForm({ id, version, scheme, onSaved, onClose }: WeightsFormProps) {
  const { t, lang } = useTexts()
  const [draft, setDraft] = useState(scheme)
  const saving = useMutation({
    mutationFn: () =>
      putScheme(id, version, {
        ...draft,
        // What weighs nothing is no component; without any weight at all the server says what is wrong.
        components: draft.components.some(({ weight }) => weight > 0)
          ? draft.components.filter(({ weight }) => weight > 0)
          : draft.components,
      }),
    onSuccess: () => {
      onSaved()
      onClose()
    },
  })
  const field = (label: string, value: number, most: number, put: (next: number) => void) => (
    <NumberInput
      key={label}
      size="xs"
      label={label}
      min={0}
      max={most}
      clampBehavior="strict"
      value={value}
      onChange={(next) => typeof next === 'number' && put(next)}
    />
  )
  const choices = INDICATOR_IDS.filter((indicator) => scheme.parts.length === 0 || isOfCases(indicator))
  const known = new Map(
    [...HAZARD_CATEGORIES, ...scheme.parts.flatMap(({ categories }) => categories)].map(
      ({ standard, kind, code }) => [keyOf({ standard, kind, code }), { standard, kind, code }],
    ),
  )
  const kinds = [...known].map(([value, category]) => ({ value, label: categoryWords(category, lang) }))
  const replaced = <T,>(list: readonly T[], at: number, next: T): T[] =>
    list.map((one, index) => (index === at ? next : one))
  return (
    <form
      className="gw-figures-weights"
      data-testid="weights-form"
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <fieldset>
        <legend>{t('figures.weights')}</legend>
        {choices.map((indicator) => {
          const at = draft.components.findIndex((component) => component.indicator === indicator)
          return field(
            INDICATORS[indicator].name[lang],
            draft.components[at]?.weight ?? 0,
            MOST_WEIGHT,
            (weight) => {
              const next = { indicator, weight }
              const components = at < 0 ? [...draft.components, next] : replaced(draft.components, at, next)
              setDraft({ ...draft, components })
            },
          )
        })}
      </fieldset>
      {draft.parts.map((part, at) => (
        <fieldset key={part.id} className="gw-figures-part">
          <legend>{part.name[lang]}</legend>
          {field(t('figures.partWeight'), part.weight, MOST_WEIGHT, (weight) =>
            setDraft({ ...draft, parts: replaced(draft.parts, at, { ...part, weight }) }),
          )}
          <MultiSelect
            size="xs"
            label={t('figures.partKinds')}
            data={kinds}
            value={part.categories.map(keyOf)}
            onChange={(chosen) => {
              const categories = chosen.map((key) => known.get(key)!)
              // One that is made of nothing could not be reckoned.
              if (categories.length > 0)
                setDraft({ ...draft, parts: replaced(draft.parts, at, { ...part, categories }) })
            }}
            data-testid={`part-kinds-${part.id}`}
          />
        </fieldset>
      ))}
      {draft.stars.length > 0 && (
        <fieldset className="gw-figures-thresholds">
          <legend>{t('figures.thresholds')}</legend>
          {draft.stars.map((least, at) =>
            field(t('figures.starsOf', { stars: at + 2 }), least, 100, (next) =>
              setDraft({ ...draft, stars: replaced(draft.stars, at, next) }),
            ),
          )}
        </fieldset>
      )}
      <ProblemAlert error={saving.error} />
      <div className="gw-figures-actions">
        <Button size="xs" type="submit" loading={saving.isPending} data-testid="weights-save">
          {t('figures.save')}
        </Button>
        <Button size="xs" variant="default" onClick={onClose}>
          {t('figures.cancel')}
        </Button>
      </div>
    </form>
  )
}
