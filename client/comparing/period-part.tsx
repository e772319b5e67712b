import { Button, Loader } from '@mantine/core'
import { useTexts } from '../ui/i18n.ts'
import { ProblemText } from '../ui/problem-text.tsx'
import { type Days, SIDES, type Side } from './compare-state.ts'
import { PeriodChoice } from './period-choice.tsx'
import { PeriodTable } from './period-table.tsx'
import { lastAndThis } from './periods.ts'
import type { PeriodSide } from './use-periods.ts'

interface PeriodPartProps {
  days: Record<Side, Days | undefined>
  periods: Record<Side, PeriodSide>
  onChange(next: Record<Side, Days | undefined>): void
}

/** Which periods are compared, and both in figures. */
export function PeriodPart({ days, periods, onChange }: PeriodPartProps) {
  const { t } = useTexts()
  const { left, right } = periods
  const error = left.error ?? right.error
  const ahead = SIDES.filter((side) => days[side] && !periods[side].span)
  return (
    <>
      <fieldset className="gw-compare-side gw-compare-days" aria-label={t('comparing.presetsOf')}>
        {(['week', 'month'] as const).map((unit) => (
          <Button
            key={unit}
            size="compact-sm"
            variant="default"
            onClick={() => onChange(lastAndThis(unit, new Date()))}
            data-testid={`periods-${unit}`}
          >
            {t(`comparing.presets.${unit}`)}
          </Button>
        ))}
      </fieldset>
      {SIDES.map((side) => (
        <PeriodChoice
          key={side}
          side={side}
          value={days[side]}
          onChange={(next) => onChange({ ...days, [side]: next })}
        />
      ))}
      {ahead.map((side) => (
        <p key={side} role="status">
          {t('comparing.ahead', { side: t(`comparing.${side}`) })}
        </p>
      ))}
      {error ? (
        <div role="alert" className="gw-tool-error">
          <ProblemText error={error} />{' '}
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              for (const side of SIDES) if (periods[side].error) periods[side].retry()
            }}
          >
            {t('comparing.retry')}
          </Button>
        </div>
      ) : left.summed && right.summed ? (
        <PeriodTable periods={{ left: left.summed, right: right.summed }} />
      ) : (
        ahead.length === 0 && (
          <p className="gw-hint" role="status">
            <Loader size={12} /> {t('comparing.loading')}
          </p>
        )
      )}
    </>
  )
}
