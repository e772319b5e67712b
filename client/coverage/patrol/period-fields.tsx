import { Button, TextInput } from '@mantine/core'
import { MAX_PATROL_DAYS, type PatrolPeriod } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import { addDays } from '../../../geodata/walks/group-rounds.ts'
import { useTexts } from '../../ui/i18n.ts'
import { daysOf, isSamePeriod, type PeriodChoice, periodOf, periodOfDays } from './periods.ts'

interface PeriodFieldsProps {
  labels: [from: string, to: string]
  period: PatrolPeriod
  onChange(next: PatrolPeriod): void
  choices?: readonly PeriodChoice[]
  testId: string
}

const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text)

/** Whole days, from usual ones or by date. One that would end before it begins, or be too long, is brought to what can be asked. */
export function PeriodFields({ labels, period, onChange, choices = [], testId }: PeriodFieldsProps) {
  const { t } = useTexts()
  const { first, last } = daysOf(period)
  const put = (nextFirst: string, nextLast: string, isLast: boolean) => {
    if (!isDay(nextFirst) || !isDay(nextLast)) return
    const [from, to] = isLast
      ? [nextFirst > nextLast ? nextLast : nextFirst, nextLast]
      : [nextFirst, nextLast < nextFirst ? nextFirst : nextLast]
    const most = MAX_PATROL_DAYS - 1
    if (Date.parse(to) - Date.parse(from) <= most * 86_400_000) onChange(periodOfDays(from, to))
    else if (isLast) onChange(periodOfDays(addDays(to, -most), to))
    else onChange(periodOfDays(from, addDays(from, most)))
  }
  return (
    <div className="gw-patrol-period">
      {choices.length > 0 && (
        <fieldset className="gw-patrol-choices" aria-label={t('patrolCover.period')}>
          {choices.map((choice) => {
            const usual = periodOf(choice, Date.now())
            const isOn = isSamePeriod(usual, period)
            return (
              <Button
                key={choice}
                size="compact-sm"
                variant={isOn ? 'filled' : 'default'}
                aria-pressed={isOn}
                onClick={() => onChange(usual)}
                data-testid={`${testId}-${choice}`}
              >
                {t(`patrolCover.periods.${choice}`)}
              </Button>
            )
          })}
        </fieldset>
      )}
      <div className="gw-patrol-days">
        <TextInput
          size="xs"
          type="date"
          label={labels[0]}
          value={first}
          onChange={(event) => put(event.currentTarget.value, last, false)}
          data-testid={`${testId}-from`}
        />
        <TextInput
          size="xs"
          type="date"
          label={labels[1]}
          value={last}
          onChange={(event) => put(first, event.currentTarget.value, true)}
          data-testid={`${testId}-to`}
        />
      </div>
    </div>
  )
}
