import type { CaseEntry, ClockRun } from './case.schema.ts'
import type { Category, Severity } from './limits.ts'
import type { CaseStateName } from './workflow.ts'

/** What is known of a case between two entries. Times are ISO texts. */
export interface CaseState {
  state: CaseStateName
  category: Category
  severity: Severity
  /** Entries so far; the next has the number after. */
  entries: number
  lastAt: string
  departmentId: number | null
  /** Every run of every clock, in the order in which they began; at most one is still running. */
  clocks: readonly ClockRun[]
  suspendedUntil: string | null
  wasSuspended: boolean
  /** Hours or days of the running limit. */
  extensionAsked: number | null
  extensions: number
  escalation: number
}

/** An entry before it is stored: who makes it is known by whoever stores it. */
export type NewEntry = Pick<
  CaseEntry,
  'seq' | 'at' | 'kind' | 'action' | 'fromState' | 'toState' | 'departmentId' | 'reason' | 'note' | 'dueAt'
> & { photos: readonly string[]; detail: Record<string, unknown> | null }

/** What an entry makes of a case. */
export interface Applied {
  entry: NewEntry
  next: CaseState
}

export const runningClock = ({ clocks }: Pick<CaseState, 'clocks'>): ClockRun | undefined =>
  clocks.find(({ stoppedAt }) => stoppedAt === null)

/** The deadline that runs: none while the case is suspended. */
export function deadlineOf(state: Pick<CaseState, 'clocks'>): string | null {
  const running = runningClock(state)
  return running && running.pausedAt === null ? running.dueAt : null
}

/** Whether a run was late, or is at a moment. */
export const isLate = ({ dueAt, stoppedAt, pausedAt }: ClockRun, at: string): boolean =>
  Date.parse(stoppedAt ?? pausedAt ?? at) > Date.parse(dueAt)
