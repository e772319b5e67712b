import { NativeSelect, TextInput } from '@mantine/core'
import { useTexts } from '../../ui/i18n.ts'
import { clockOf, dateOf, nameOfShift, SHIFT_NAMES, SHIFTS, type Shift, shiftOn } from './shift.ts'

interface ShiftFieldsProps {
  shift: Shift
  disabled?: boolean
  onChange(next: Shift): void
}

/** When a round is walked: a day and a usual shift, or hours of one’s own. */
export function ShiftFields({ shift, disabled = false, onChange }: ShiftFieldsProps) {
  const { t } = useTexts()
  const date = dateOf(shift.from)
  const [from, to] = [clockOf(shift.from), clockOf(shift.to)]
  const put = (next: { date?: string; from?: string; to?: string }) => {
    const whole = { date, from, to, ...next }
    if (whole.date && whole.from && whole.to) onChange(shiftOn(whole.date, whole.from, whole.to))
  }
  return (
    <div className="gw-shift">
      <TextInput
        type="date"
        size="xs"
        aria-label={t('planning.day')}
        value={date}
        disabled={disabled}
        onChange={(event) => put({ date: event.currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        aria-label={t('planning.shift')}
        value={nameOfShift(shift) ?? ''}
        disabled={disabled}
        onChange={(event) => {
          const name = SHIFT_NAMES.find((known) => known === event.currentTarget.value)
          if (name) put(SHIFTS[name])
        }}
        data={[
          ...(nameOfShift(shift) ? [] : [{ value: '', label: t('planning.ownShift') }]),
          ...SHIFT_NAMES.map((name) => ({ value: name, label: t(`planning.shifts.${name}`) })),
        ]}
        data-testid="shift-name"
      />
      <TextInput
        type="time"
        size="xs"
        aria-label={t('planning.from')}
        value={from}
        disabled={disabled}
        onChange={(event) => put({ from: event.currentTarget.value })}
        data-testid="shift-from"
      />
      <TextInput
        type="time"
        size="xs"
        aria-label={t('planning.to')}
        value={to}
        disabled={disabled}
        onChange={(event) => put({ to: event.currentTarget.value })}
        data-testid="shift-to"
      />
    </div>
  )
}
