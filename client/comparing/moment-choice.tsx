import { NativeSelect, TextInput } from '@mantine/core'
import { useTexts } from '../ui/i18n.ts'
import type { Moment, Side } from './compare-state.ts'
import { formatMoment, fromLocalField, toLocalField } from './moments.ts'

interface MomentChoiceProps {
  side: Side
  value: Moment | undefined
  moments: { iso: string; label: string }[]
  onChange(next: Moment): void
}

/** The moment of one side: of a change that was made here, or any. */
export function MomentChoice({ side, value, moments, onChange }: MomentChoiceProps) {
  const { t } = useTexts()
  const named = t(`comparing.${side}`)
  const own =
    value && value !== 'now' && !moments.some(({ iso }) => iso === value)
      ? [{ value, label: formatMoment(value) }]
      : []
  return (
    <fieldset className="gw-compare-side">
      <NativeSelect
        size="xs"
        label={t('comparing.moment', { side: named })}
        value={value ?? ''}
        onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
        data={[
          ...(value ? [] : [{ value: '', label: '—' }]),
          { value: 'now', label: t('comparing.now') },
          ...own,
          ...moments.map(({ iso, label }) => ({ value: iso, label })),
        ]}
        data-testid={`moment-${side}`}
      />
      <TextInput
        // A field that is being typed into stays as it is until it says a time.
        key={value}
        size="xs"
        type="datetime-local"
        step={1}
        aria-label={t('comparing.time', { side: named })}
        defaultValue={value && value !== 'now' ? toLocalField(value) : ''}
        onBlur={(event) => take(event.currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && take(event.currentTarget.value)}
      />
    </fieldset>
  )

  function take(text: string) {
    const iso = fromLocalField(text)
    if (iso && (value === undefined || value === 'now' || toLocalField(value) !== text)) onChange(iso)
  }
}
