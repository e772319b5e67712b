import { Button, SegmentedControl } from '@mantine/core'
import { IconPlayerPlay, IconPrinter, IconRouteSquare } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { GROUPINGS, sumGroup } from '../../../geodata/walks/group-rounds.ts'
import type { RunSummary, WalkSummary } from '../../../geodata/walks/run.schema.ts'
import { getWalkSummary, listRuns } from '../../api/walks-review.ts'
import type { WorkPanelProps } from '../../map/work-panel.ts'
import { useTexts } from '../../ui/i18n.ts'
import { LoadState } from '../../ui/load-state.tsx'
import { StateCounts } from './counts.tsx'
import { GroupRows } from './group-rows.tsx'
import { MissedList } from './missed-list.tsx'
import { GoneRow, RoundRow } from './round-row.tsx'
import { TotalFigures } from './total-figures.tsx'
import { PERIODS, spanOf, type WalkedAsk } from './walked-ask.ts'

const WeekSheet = lazy(() => import('./week-sheet.tsx'))

interface FiguresPartProps extends WorkPanelProps {
  asked: WalkedAsk
  put(next: Partial<WalkedAsk>): void
  onLook(runId: number): void
}

/** Rounds of a period with their figures, one by one or by team, day or week; what was missed; ways to look closer. */
export function FiguresPart({ asked, put, onLook, ...props }: FiguresPartProps) {
  const { t } = useTexts()
  const { period, by } = asked
  const [{ from, to }] = useState(() => spanOf(period, new Date()))
  const [isPrinting, setPrinting] = useState(false)
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
  return (
    <>
      <SegmentedControl
        size="xs"
        fullWidth
        aria-label={t('walked.period')}
        value={period}
        onChange={(next) => put({ period: PERIODS.find((known) => known === next) ?? 'today' })}
        data={PERIODS.map((value) => ({ value, label: t(`walked.periods.${value}`) }))}
      />
      <div className="gw-walked-acts">
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlayerPlay size={14} />}
          onClick={() => put({ view: 'play' })}
          data-testid="walked-all"
        >
          {t('walked.all')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRouteSquare size={14} />}
          onClick={() => put({ view: 'passed' })}
          data-testid="walked-passed"
        >
          {t('walked.passed')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPrinter size={14} />}
          onClick={() => setPrinting(true)}
          data-testid="walked-print"
        >
          {t('walked.weekSheet')}
        </Button>
      </div>
      {isPrinting && (
        <Suspense>
          <WeekSheet workspace={props.workspace} onClose={() => setPrinting(false)} />
        </Suspense>
      )}
      {walked.data ? (
        <Figures {...props} {...walked.data} asked={asked} put={put} onLook={onLook} key={by} />
      ) : (
        <LoadState error={walked.error} onRetry={() => void walked.refetch()} />
      )}
    </>
  )
}

interface FiguresProps extends FiguresPartProps {
  summary: WalkSummary
  runs: readonly RunSummary[]
}

function Figures({ summary, runs, asked: { by }, put, onLook, ...props }: FiguresProps) {
  const { t } = useTexts()
  const { rounds, from, to, total } = summary
  // Of rounds that begin in the period, as all that is summed up.
  const gone = runs.filter(
    (run) =>
      run.isRoundGone && Date.parse(run.from) >= Date.parse(from) && Date.parse(run.from) < Date.parse(to),
  )
  if (rounds.length === 0 && gone.length === 0)
    return (
      <p className="gw-hint" role="status" data-testid="walked-none">
        {t('walked.none')}
      </p>
    )
  return (
    <>
      <TotalFigures group={sumGroup('', rounds)} />
      <h3>{t('walked.states')}</h3>
      <StateCounts counts={total} />
      <MissedList {...props} rounds={rounds} />
      <div className="gw-walked-by">
        <h3>{t('walked.by')}</h3>
        <SegmentedControl
          size="xs"
          aria-label={t('walked.by')}
          value={by}
          onChange={(next) => put({ by: GROUPINGS.find((known) => known === next) ?? 'round' })}
          data={GROUPINGS.map((value) => ({ value, label: t(`walked.groups.${value}`) }))}
        />
      </div>
      {by === 'round' ? (
        <ul className="gw-walked-rounds">
          {rounds.map((round) => (
            <RoundRow
              key={`${round.plan.id} ${round.roundId}`}
              round={round}
              runs={runsOf(round, runs)}
              onLook={onLook}
            />
          ))}
        </ul>
      ) : (
        <GroupRows rounds={rounds} by={by} />
      )}
      {gone.length > 0 && (
        <>
          <h3>{t('walked.gone')}</h3>
          <p className="gw-hint">{t('walked.goneHint')}</p>
          <ul className="gw-walked-rounds">
            {gone.map((run) => (
              <GoneRow key={run.id} run={run} onLook={onLook} />
            ))}
          </ul>
        </>
      )}
    </>
  )
}

const runsOf = ({ plan, roundId }: WalkSummary['rounds'][number], runs: readonly RunSummary[]) =>
  runs.filter((run) => run.plan.id === plan.id && run.roundId.toLowerCase() === roundId.toLowerCase())
