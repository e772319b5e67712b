import { Checkbox } from '@mantine/core'
import { useId, useState } from 'react'
import type { ChoiceName } from '../../geodata/lists/choices.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { choiceOptions } from '../app/filters.ts'
import { formatCount } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { choiceLabel, valueLabel } from './labels.ts'

const SHOWN_AT_FIRST = 8

interface ChoiceFilterProps {
  layer: LayerId
  choice: ChoiceName
  /** With what the other filters leave of each. */
  values: { value: string; count: number }[]
  chosen: string[]
  onChange(chosen: string[]): void
}

/** The values of one property with how many there are of each under the other filters. */
export function ChoiceFilter({ layer, choice, values, chosen, onChange }: ChoiceFilterProps) {
  const texts = useTexts()
  const { t } = texts
  const [all, setAll] = useState(false)
  const id = useId()
  const options = choiceOptions(layer, choice)
  const counted = new Map(values.map(({ value, count }) => [value, count]))
  // A chosen value stays in the list when nothing is left of it, else it could not be taken back here.
  const known = [...new Set([...values.map(({ value }) => value), ...chosen])]
  const rank = (value: string) => options?.indexOf(value) ?? 0
  const sorted = known.sort(
    options && options.length <= 12
      ? (a, b) => rank(a) - rank(b)
      : (a, b) => (counted.get(b) ?? 0) - (counted.get(a) ?? 0) || a.localeCompare(b),
  )
  const shown = all
    ? sorted
    : sorted.filter((value, index) => index < SHOWN_AT_FIRST || chosen.includes(value))
  if (sorted.length === 0) return null
  return (
    <fieldset className="gw-choice">
      <legend>{choiceLabel(layer, choice, texts)}</legend>
      {shown.map((value) => (
        <label key={value} className="gw-choice-row" htmlFor={`${id} ${value}`}>
          <Checkbox
            id={`${id} ${value}`}
            size="xs"
            checked={chosen.includes(value)}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked ? [...chosen, value] : chosen.filter((other) => other !== value),
              )
            }
            data-testid={`facet-${choice}-${value}`}
          />
          <span>{valueLabel(layer, choice, value, texts)}</span>
          <span className="gw-count">{formatCount(counted.get(value) ?? 0)}</span>
        </label>
      ))}
      {sorted.length > SHOWN_AT_FIRST && (
        <button type="button" className="gw-link" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('filters.fewer') : t('filters.more', { count: sorted.length - shown.length })}
        </button>
      )}
    </fieldset>
  )
}
