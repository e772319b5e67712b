import { addDays, type Grouping, groupRounds } from '../../../geodata/walks/group-rounds.ts'
import type { WalkSummary } from '../../../geodata/walks/run.schema.ts'
import { useTexts } from '../../ui/i18n.ts'
import { StateCounts, WalkFigures } from './counts.tsx'

interface GroupRowsProps {
  rounds: WalkSummary['rounds']
  by: Exclude<Grouping, 'round'>
}

/** Rounds summed up by team, day or week. */
export function GroupRows({ rounds, by }: GroupRowsProps) {
  const { t } = useTexts()
  return (
    <ul className="gw-walked-rounds">
      {groupRounds(rounds, by).map(({ key, rounds: count, walked, counts }) => (
        <li key={key} data-testid="walked-group">
          <b>{by === 'team' ? key : by === 'day' ? dayWords(key) : weekWords(key)}</b>
          <small>{t('walked.walkedRoundsOf', { walked, rounds: count })}</small>
          <StateCounts counts={counts} />
          <WalkFigures counts={counts} />
        </li>
      ))}
    </ul>
  )
}

/** 11-22 of 2026-11-22. */
export const dayWords = (day: string): string => day.slice(5)
/** 11-16–11-22 of the Monday of a week. */
export const weekWords = (monday: string): string => `${dayWords(monday)}–${dayWords(addDays(monday, 6))}`
