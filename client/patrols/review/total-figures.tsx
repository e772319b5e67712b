import type { RoundGroup } from '../../../geodata/walks/group-rounds.ts'
import { Figure } from '../../ui/figure.tsx'
import { formatMetres } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { shareWords } from './share-words.ts'

/** The figures of a period, each with what it is out of. */
export function TotalFigures({ group: { counts, rounds, walked } }: { group: RoundGroup }) {
  const { t, lang } = useTexts()
  return (
    <dl className="gw-figure-grid">
      <Figure
        label={t('walked.adherence')}
        value={shareWords(counts.adherence)}
        outOf={t('walked.adherenceOf', {
          visited: counts.visited,
          planned: counts.planned,
          off: formatMetres(counts.offPlanMetres, lang),
          walked: formatMetres(counts.metres, lang),
        })}
        formula={t('walked.adherenceFormula')}
        testId="walked-adherence"
      />
      <Figure
        label={t('walked.walkedRounds')}
        value={shareWords(rounds > 0 ? walked / rounds : null)}
        outOf={t('walked.walkedRoundsOf', { walked, rounds })}
        formula={t('walked.walkedRoundsFormula')}
      />
      <Figure
        label={t('walked.onTime')}
        value={shareWords(counts.punctuality)}
        outOf={t('walked.onTimeOf', { onTime: counts.onTime, timed: counts.timed })}
        formula={t('walked.onTimeFormula')}
      />
      <Figure
        label={t('walked.health')}
        value={shareWords(counts.health)}
        outOf={t('walked.healthOf', {
          recorded: Math.round(counts.recordedMinutes),
          minutes: Math.round(counts.minutes),
        })}
        formula={t('walked.healthFormula')}
      />
    </dl>
  )
}
