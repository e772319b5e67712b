import type { RunSummary, WalkSummary } from '../../../geodata/walks/run.schema.ts'
import { formatTime } from '../../ui/format.ts'
import { useTexts } from '../../ui/i18n.ts'
import { clockOf } from '../planning/shift.ts'
import { teamWords } from '../planning/words.ts'
import { StateCounts, WalkFigures } from './counts.tsx'

interface RowProps {
  onLook(runId: number): void
}

export function RoundRow({
  round,
  runs,
  onLook,
}: RowProps & { round: WalkSummary['rounds'][number]; runs: readonly RunSummary[] }) {
  return (
    <li data-testid="walked-round">
      <Whose of={round} />
      <StateCounts counts={round.counts} />
      <WalkFigures counts={round.counts} />
      {runs.length > 0 && <People runs={runs} onLook={onLook} />}
    </li>
  )
}

/** A walk whose round the plan does not have any more: it counts for no round, and is not lost. */
export function GoneRow({ run, onLook }: RowProps & { run: RunSummary }) {
  return (
    <li data-testid="walked-gone">
      <Whose of={run} />
      <WalkFigures counts={run.counts} />
      <People runs={[run]} onLook={onLook} />
    </li>
  )
}

function Whose({ of: { team, plan, from, to } }: { of: Pick<RunSummary, 'team' | 'plan' | 'from' | 'to'> }) {
  return (
    <>
      <b>{teamWords(team)}</b>
      <small>
        {formatTime(from)}–{clockOf(to)} · {plan.name}
      </small>
    </>
  )
}

function People({ runs, onLook }: RowProps & { runs: readonly RunSummary[] }) {
  const { t } = useTexts()
  return (
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
  )
}
