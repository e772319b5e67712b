import './walked.css'
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { RunSummary, WalkSummary } from '../../../geodata/walks/run.schema.ts'
import { getWalkSummary, listRuns } from '../../api/walks-review.ts'
import type { WorkPanelProps } from '../../map/work-panel.ts'
import { Figure } from '../../ui/figure.tsx'
import { formatMetres, formatTime } from '../../ui/format.ts'
import { addTexts, useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { clockOf } from '../planning/shift.ts'
import { teamWords } from '../planning/words.ts'
import { StateCounts, WalkFigures } from './counts.tsx'
import { RunView } from './run-view.tsx'
import { shareWords } from './share-words.ts'
import { texts } from './texts.ts'
import { PERIODS, type Period, readWalkedAsk, spanOf, type WalkedAsk, writeWalkedAsk } from './walked-ask.ts'

addTexts(texts)

/** What was walked in a period against what was planned; one walk of it on the map. Needs the permission `track`. */
export default function WalkedPart(props: WorkPanelProps) {
  const asked = readWalkedAsk(props.ask) ?? { period: 'today' as const, runId: undefined }
  const put = (next: Partial<WalkedAsk>) => props.setAsk(writeWalkedAsk({ ...asked, ...next }))
  return (
    <div className="gw-walked" data-testid="walked">
      {asked.runId === undefined ? (
        <Rounds
          key={asked.period}
          period={asked.period}
          setPeriod={(period) => put({ period })}
          onLook={(runId) => put({ runId })}
        />
      ) : (
        <RunView {...props} key={asked.runId} runId={asked.runId} onBack={() => put({ runId: undefined })} />
      )}
    </div>
  )
}

interface RoundsProps {
  period: Period
  setPeriod(next: Period): void
  onLook(runId: number): void
}

function Rounds({ period, setPeriod, onLook }: RoundsProps) {
  const { t, lang } = useTexts()
  const [{ from, to }] = useState(() => spanOf(period, new Date()))
  const walked = useQuery({
    queryKey: ['patrols', 'walked', from, to],
    queryFn: async ({ signal }) => {
      const [summary, runs] = await Promise.all([
        getWalkSummary(from, to, signal),
        listRuns(from, to, signal),
      ])
      return { summary, runs }
    },
  })
  const total = walked.data?.summary.total
  return (
    <>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('walked.period')}
        value={period}
        onChange={(next) => setPeriod(PERIODS.find((known) => known === next) ?? 'today')}
        data={PERIODS.map((value) => ({ value, label: t(`walked.periods.${value}`) }))}
      />
      {!walked.data && <LoadState error={walked.error} onRetry={() => void walked.refetch()} />}
      {walked.data?.summary.rounds.length === 0 && (
        <p className="gw-hint" role="status" data-testid="walked-none">
          {t('walked.none')}
        </p>
      )}
      {walked.data && total && walked.data.summary.rounds.length > 0 && (
        <>
          <dl className="gw-figure-grid">
            <Figure
              label={t('walked.adherence')}
              value={shareWords(total.adherence)}
              outOf={t('walked.adherenceOf', {
                visited: total.visited,
                planned: total.planned,
                off: formatMetres(total.offPlanMetres, lang),
                walked: formatMetres(total.metres, lang),
              })}
              formula={t('walked.adherenceFormula')}
              testId="walked-adherence"
            />
            <Figure
              label={t('walked.health')}
              value={shareWords(total.health)}
              outOf={t('walked.healthOf', {
                recorded: Math.round(total.recordedMinutes),
                minutes: Math.round(total.minutes),
              })}
              formula={t('walked.healthFormula')}
            />
          </dl>
          <h3>{t('walked.states')}</h3>
          <StateCounts counts={total} />
          <h3>{t('walked.rounds')}</h3>
          <ul className="gw-walked-rounds">
            {walked.data.summary.rounds.map((round) => (
              <RoundRow
                key={`${round.plan.id} ${round.roundId}`}
                round={round}
                runs={runsOf(round, walked.data.runs)}
                onLook={onLook}
              />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

type SummedRound = WalkSummary['rounds'][number]
const runsOf = ({ plan, roundId }: SummedRound, runs: readonly RunSummary[]) =>
  runs.filter((run) => run.plan.id === plan.id && run.roundId.toLowerCase() === roundId.toLowerCase())

interface RoundRowProps {
  round: SummedRound
  runs: readonly RunSummary[]
  onLook(runId: number): void
}

function RoundRow({ round, runs, onLook }: RoundRowProps) {
  const { t } = useTexts()
  return (
    <li data-testid="walked-round">
      <b>{teamWords(round.team)}</b>
      <small>
        {formatTime(round.from)}–{clockOf(round.to)} · {round.plan.name}
      </small>
      <StateCounts counts={round.counts} />
      <WalkFigures counts={round.counts} />
      {runs.length > 0 && (
        <span className="gw-walked-people">
          {runs.map(({ id, person }) => (
            <button
              key={id}
              type="button"
              aria-label={t('walked.look', { person })}
              onClick={() => onLook(id)}
              data-testid="walked-look"
            >
              {person}
            </button>
          ))}
        </span>
      )}
    </li>
  )
}
