import type { DueSite, DueState } from './due.schema.ts'
import { type ClockWindows, isoOf, openSpans, opensAt, toPeriod } from './opening-windows.ts'

const MINUTE = 60_000
/** More visits to one site in one plan are not counted. */
const MOST_VISITS = 1000

export interface DueQuestion {
  intervalMinutes: number
  graceMinutes: number
  timeWindows: ClockWindows
  /** Milliseconds since 1970, as all moments here. */
  createdAt: number
  /** Of visits that are sure. */
  lastVisitAt: number | undefined
}

export interface Due {
  state: DueState
  limitAt: number
  breaksAt: number
  neededVisits: number
}

/**
 * A site against its norm in a shift from `from` to `to`. The limit is the last visit and the interval; where that falls into
 * closed hours, the next opening. A site that nobody visited is due since it was added. Visits needed: at the limit, or
 * at once when that is over, and again after each interval while it is open.
 */
export function dueOf(site: DueQuestion, from: number, to: number): Due {
  const interval = site.intervalMinutes * MINUTE
  const limitAt =
    site.lastVisitAt === undefined ? site.createdAt : opensAt(site.timeWindows, site.lastVisitAt + interval)
  const breaksAt = limitAt + site.graceMinutes * MINUTE
  const isNever = site.lastVisitAt === undefined
  const state = isNever ? 'never' : breaksAt < from ? 'overdue' : limitAt < to ? 'due' : 'later'
  let neededVisits = 0
  for (
    let at = opensAt(site.timeWindows, Math.max(limitAt, from));
    at < to && neededVisits < MOST_VISITS;
    at = opensAt(site.timeWindows, at + interval)
  )
    neededVisits++
  return { state, limitAt, breaksAt, neededVisits }
}

/** The part of a due site on the wire that follows from its norm. */
export function describeDue(
  site: DueQuestion,
  from: number,
  to: number,
): Pick<DueSite, 'state' | 'limitAt' | 'breaksAt' | 'neededVisits' | 'windows' | 'lastVisitAt'> {
  const due = dueOf(site, from, to)
  return {
    state: due.state,
    lastVisitAt: site.lastVisitAt === undefined ? null : isoOf(site.lastVisitAt),
    limitAt: isoOf(due.limitAt),
    breaksAt: isoOf(due.breaksAt),
    neededVisits: due.neededVisits,
    windows: openSpans(site.timeWindows, from, to)?.map(toPeriod) ?? null,
  }
}
