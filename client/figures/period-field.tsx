import { ActionIcon, SegmentedControl, TextInput } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useTexts } from '../ui/i18n.ts'
import { asKind, daysOf, isOver, PERIOD_KINDS, type PeriodChoice, step } from './ask.ts'
import { periodWords } from './words.ts'

interface PeriodFieldProps {
  period: PeriodChoice
  now: number
  onChange(next: PeriodChoice): void
}

const isDay = (text: string): boolean => /^20\d\d-\d\d-\d\d$/.test(text)

/** A month, a quarter or days, and the ones before and after it. */
export function PeriodField({ period, now, onChange }: PeriodFieldProps) {
  const texts = useTexts()
  const { t } = texts
  const arrow = (by: 1 | -1) => {
    const Sign = by < 0 ? IconChevronLeft : IconChevronRight
    return (
      <ActionIcon
        variant="default"
        size={28}
        aria-label={t(by < 0 ? 'figures.earlier' : 'figures.later')}
        disabled={by > 0 && !isOver(period, now)}
        onClick={() => onChange(step(period, by))}
        data-testid={by < 0 ? 'period-earlier' : 'period-later'}
      >
        <Sign size={16} />
      </ActionIcon>
    )
  }
  const put = (first: string, last: string) => isDay(first) && isDay(last) && onChange(daysOf(first, last))
  return (
    <div className="gw-figures-period">
      <SegmentedControl
        size="xs"
        aria-label={t('figures.period')}
        value={period.kind}
        onChange={(next) =>
          onChange(asKind(period, PERIOD_KINDS.find((known) => known === next) ?? 'month', now))
        }
        data={PERIOD_KINDS.map((value) => ({ value, label: t(`figures.periods.${value}`) }))}
      />
      <div className="gw-figures-steps">
        {arrow(-1)}
        {period.kind === 'days' ? (
          <span className="gw-figures-days">
            <TextInput
              size="xs"
              type="date"
              aria-label={t('figures.from')}
              value={period.first}
              onChange={(event) => put(event.currentTarget.value, period.last)}
            />
            <TextInput
              size="xs"
              type="date"
              aria-label={t('figures.to')}
              value={period.last}
              onChange={(event) => put(period.first, event.currentTarget.value)}
            />
          </span>
        ) : (
          <b data-testid="period-shown">{periodWords(period, texts)}</b>
        )}
        {arrow(1)}
      </div>
    </div>
  )
}
