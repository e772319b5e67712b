import { sumCounts } from './count-walk.ts'
import type { WalkCounts, WalkSummary } from './run.schema.ts'

export const GROUPINGS = ['round', 'team', 'day', 'week'] as const
export type Grouping = (typeof GROUPINGS)[number]

type SummedRound = Pick<WalkSummary['rounds'][number], 'team' | 'day' | 'people' | 'counts'>

export interface RoundGroup {
  /** A team's name; a day; the Monday of a week. */
  key: string
  /** Rounds that were handed out, and those of them on which somebody was on duty. */
  rounds: number
  walked: number
  counts: WalkCounts
}

/** Figures of rounds by team, day or week (from Monday, both by China Standard Time), in order of the key. */
export function groupRounds(rounds: readonly SummedRound[], by: Exclude<Grouping, 'round'>): RoundGroup[] {
  const groups = new Map<string, SummedRound[]>()
  for (const round of rounds) {
    const key = by === 'team' ? round.team.name : by === 'day' ? round.day : mondayOf(round.day)
    groups.set(key, [...(groups.get(key) ?? []), round])
  }
  return [...groups].map(([key, of]) => sumGroup(key, of)).sort((a, b) => (a.key < b.key ? -1 : 1))
}

export const sumGroup = (key: string, rounds: readonly SummedRound[]): RoundGroup => ({
  key,
  rounds: rounds.length,
  walked: rounds.filter(({ people }) => people.length > 0).length,
  counts: sumCounts(rounds.map(({ counts }) => counts)),
})

const DAY_MS = 86_400_000

/** The Monday on or before a day; days as 2026-11-22. */
export function mondayOf(day: string): string {
  const at = Date.parse(`${day}T00:00:00Z`)
  return addDays(day, -((new Date(at).getUTCDay() + 6) % 7))
}

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
