import { TextInput } from '@mantine/core'
import { useTexts } from '../ui/i18n.ts'
import type { Days, Side } from './compare-state.ts'

interface PeriodChoiceProps {
  side: Side
  value: Days | undefined
  onChange(next: Days): void
}

/** The days of one side. */
export function PeriodChoice({ side, value, onChange }: PeriodChoiceProps) {
  const { t } = useTexts()
  const named = t(`comparing.${side}`)
  const field = (end: keyof Days) => (
    <TextInput
      // A field that is being typed into stays as it is until it says a day.
      key={value?.[end]}
      size="xs"
      type="date"
      label={t(`comparing.${end}`, { side: named })}
      defaultValue={value?.[end] ?? ''}
      onBlur={(event) => take(end, event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && take(end, event.currentTarget.value)}
      data-testid={`period-${side}-${end}`}
    />
  )
  return (
    <fieldset className="gw-compare-side gw-compare-days">
      {field('first')}
      {field('last')}
    </fieldset>
  )

  function take(end: keyof Days, day: string) {
    if (!value || !(Date.parse(day) >= 0) || value[end] === day) return
    const next = { ...value, [end]: day }
    // An end before the beginning moves the beginning too, and the other way round.
    onChange(next.first <= next.last ? next : { first: day, last: day })
  }
}
