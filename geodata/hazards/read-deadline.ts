import { DUE_SOON_MINUTES } from './deadline.ts'
import { LIMIT_KINDS, type LimitKind, timeBetween } from './limits.ts'
import { MINUTE, type WorkingCalendar } from './working-calendar.ts'

/** Of a clock that runs; `given`: a deadline without a limit, which runs on. */
export interface Deadline {
  /** ISO; null: nobody set one, or while the clock stands. */
  dueAt: string | null
  limitKind: LimitKind | 'given'
  /** ISO; until then the clock stands. */
  suspendedUntil: string | null
}

export interface ReadDeadline {
  /** `unknown`: there is no deadline, which is neither in time nor late. */
  status: 'overdue' | 'soon' | 'open' | 'suspended' | 'unknown'
  /** What is left, in time of the clock's kind; past the deadline what has gone by since, on any clock. */
  spanMillis: number
  of: 'running' | 'working'
  /** After this long it reads differently. */
  againMillis: number
}

/** How a deadline stands at a moment, milliseconds since 1970. */
export function readDeadline(
  { dueAt, limitKind, suspendedUntil }: Deadline,
  calendar: WorkingCalendar,
  now: number,
): ReadDeadline {
  const still = { spanMillis: 0, of: 'running', againMillis: MINUTE } as const
  if (suspendedUntil !== null) return { ...still, status: 'suspended' }
  if (dueAt === null) return { ...still, status: 'unknown' }
  const due = Date.parse(dueAt)
  if (now > due)
    return {
      status: 'overdue',
      spanMillis: now - due,
      of: 'running',
      againMillis: MINUTE - ((now - due) % MINUTE),
    }
  const working = limitKind !== 'given' && LIMIT_KINDS[limitKind].counts === 'working'
  return {
    status: due - now <= DUE_SOON_MINUTES * MINUTE ? 'soon' : 'open',
    spanMillis: timeBetween(calendar, limitKind, now, due),
    of: working ? 'working' : 'running',
    // The deadline itself passes at the end of a minute.
    againMillis: ((due - now) % MINUTE) + 1,
  }
}
