import { STOP_STATE_NAMES, STOP_STATES, type WalkCounts } from '../../../geodata/walks/run.schema.ts'
import { formatMetres } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { shareWords } from './share-words.ts'
import { StopMark } from './stop-mark.tsx'

/** How many of the planned visits became what. Where nothing was planned, dashes. */
export function StateCounts({ counts }: { counts: WalkCounts }) {
  const { t, lang } = useTexts()
  const { planned } = counts
  return (
    <dl className="gw-walked-states">
      {STOP_STATE_NAMES.filter((state) => state !== 'open' || counts.open > 0).map((state) => (
        <div key={state} data-state={state} data-none={counts[state] === 0 || undefined}>
          <dt>
            <StopMark state={state} />
            {STOP_STATES[state][lang]}
          </dt>
          <dd>{planned > 0 ? t('walked.count', { value: counts[state], planned }) : '—'}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Adherence, never without what was walked off the plan, and how much of the duty was recorded. */
export function WalkFigures({ counts }: { counts: WalkCounts }) {
  const { t, lang } = useTexts()
  const { visited, planned, health } = counts
  const minutes = Math.round(counts.minutes)
  return (
    <div className="gw-walked-figures">
      <span>
        {t('walked.percent', { share: shareWords(counts.adherence), visited, planned })}
        {' · '}
        {t('walked.offPlan', {
          off: formatMetres(counts.offPlanMetres, lang),
          walked: formatMetres(counts.metres, lang),
        })}
      </span>
      <span>
        {t('walked.onTimeLine', {
          share: shareWords(counts.punctuality),
          onTime: counts.onTime,
          timed: counts.timed,
        })}
      </span>
      <span data-health={health === null ? 'none' : health === 0 ? 'no-data' : 'some'}>
        {health === null
          ? t('walked.noDuty')
          : health === 0
            ? t('walked.noData', { minutes })
            : t('walked.recorded', {
                share: shareWords(health),
                recorded: Math.round(counts.recordedMinutes),
                minutes,
              })}
      </span>
    </div>
  )
}
