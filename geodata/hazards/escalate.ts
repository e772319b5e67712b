import { write } from './apply-action.ts'
import type { Applied, CaseState } from './case-state.ts'
import { runningClock } from './case-state.ts'
import { MINUTE } from './working-calendar.ts'

/** Who is told: when a limit nears, when it has passed, and when it is long past. Levels are their places, from 1. */
export const ESCALATION_LEVELS = ['owner', 'coordinator', 'supervisor'] as const
/**
 * 1: a limit nears in its last share, but no earlier than so many minutes before its end. 3: it is long past when so great a
 * share of it has gone by once more, and no less than so many minutes. Shares are of the whole, by the clock on the wall.
 */
export interface Reminder {
  level: 1 | 3
  share: number
  minutes: number
}

/** How far a case has come at a moment: 0, or a level. */
function escalationAt(state: Pick<CaseState, 'clocks'>, at: string, reminders: readonly Reminder[]): number {
  const run = runningClock(state)
  if (!run || run.pausedAt !== null) return 0
  const [now, start, due] = [at, run.startedAt, run.dueAt].map((time) => Date.parse(time)) as [
    number,
    number,
    number,
  ]
  const whole = Math.max(0, due - start)
  const spans = (level: number) =>
    reminders
      .filter((each) => each.level === level)
      .flatMap(({ share, minutes }) => [whole * share, minutes * MINUTE])
  if (now > due + Math.max(...spans(3))) return 3
  if (now > due) return 2
  return now >= due - Math.min(...spans(1)) ? 1 : 0
}

/** The entry that says who was told; undefined: they were told already. */
export function escalate(state: CaseState, at: string, reminders: readonly Reminder[]): Applied | undefined {
  const level = escalationAt(state, at, reminders)
  if (level <= state.escalation) return undefined
  const { clock, run, dueAt } = runningClock(state)!
  return write(state, { ...state, escalation: level }, { action: null, at }, 'escalated', {
    level,
    to: ESCALATION_LEVELS[level - 1]!,
    clock,
    run,
    dueAt,
    passed: level > 1,
  })
}
