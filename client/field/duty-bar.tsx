import { IconCurrentLocation, IconCurrentLocationOff, IconPlayerRecordFilled } from '@tabler/icons-react'
import type { MyRound } from '../../geodata/walks/my-round.schema.ts'
import { DUTY_MARGIN_MINUTES } from '../../geodata/walks/walk-limits.ts'
import { formatMetres } from '../ui/format.ts'
import { useTexts } from '../ui/i18n.ts'
import { clock } from './format-clock.ts'
import { askForCompass } from './use-heading.ts'
import type { Fix } from './use-position.ts'
import type { Duty } from './walk.ts'

interface DutyBarProps {
  round: MyRound | undefined
  duty: Duty | undefined
  fix: Fix
  now: number
  onBegin(): void
  onEnd(): void
  onRetry(): void
}

const MARGIN_MS = DUTY_MARGIN_MINUTES * 60_000

/** Whether the phone records where it is: always in sight. */
export function DutyBar({ round, duty, fix, now, onBegin, onEnd, onRetry }: DutyBarProps) {
  const { t, lang } = useTexts()
  const from = round ? Date.parse(round.from) - MARGIN_MS : 0
  const isEarly = round !== undefined && now < from
  const isLate = round !== undefined && now > Date.parse(round.to) + MARGIN_MS
  const state = !duty ? 'off' : fix.state === 'found' ? 'on' : fix.state === 'waiting' ? 'waiting' : 'none'
  const hasFailed = fix.state !== 'off' && fix.state !== 'waiting' && fix.state !== 'found'

  return (
    <section className="gw-field-duty" data-state={state} data-testid="field-duty">
      <span className="gw-field-duty-icon">
        {state === 'on' ? (
          <IconPlayerRecordFilled size={22} />
        ) : state === 'waiting' ? (
          <IconCurrentLocation size={22} />
        ) : (
          <IconCurrentLocationOff size={22} />
        )}
      </span>
      <div className="gw-field-duty-words">
        <strong role="status">
          {state === 'off' && t('field.offDuty')}
          {state === 'on' && t('field.recording')}
          {state === 'waiting' && t('field.waitingFix')}
          {state === 'none' && t('field.noFix')}
        </strong>
        {fix.state === 'found' && (
          <small>
            {t('field.accuracy', {
              metres: formatMetres(fix.position.accuracyMetres, lang),
              time: clock(fix.position.at),
            })}
          </small>
        )}
        {hasFailed && <small>{t(`field.fix.${fix.state}`)}</small>}
        {state === 'off' && isEarly && <small>{t('field.tooEarly', { time: clock(from) })}</small>}
        {state === 'off' && isLate && <small>{t('field.tooLate')}</small>}
        {state === 'off' && round && !isEarly && !isLate && <small>{t('field.keepOpen')}</small>}
      </div>
      {(fix.state === 'denied' || fix.state === 'unavailable') && (
        <button type="button" className="gw-field-button" onClick={onRetry}>
          {t('field.again')}
        </button>
      )}
      {duty ? (
        <button type="button" className="gw-field-button" data-testid="field-end" onClick={onEnd}>
          {t('field.end')}
        </button>
      ) : (
        round && (
          <button
            type="button"
            className="gw-field-button"
            data-main
            data-testid="field-begin"
            disabled={isEarly || isLate}
            onClick={() => {
              askForCompass()
              onBegin()
            }}
          >
            {t('field.begin')}
          </button>
        )
      )}
    </section>
  )
}
