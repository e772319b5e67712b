import type { DayLimits } from '../routing/days-problem.ts'
import { teamsFor } from './choose-visits.ts'
import type { DueSite, Period } from './due.schema.ts'
import { type DueQuestion, describeDue, dueOf } from './due-of.ts'
import { openSpans, opensAt } from './opening-windows.ts'
import type { Team } from './plan.schema.ts'

const DAY_MS = 86_400_000
const MINUTE_MS = 60_000
/** Of the grace, what is used up on purpose. */
const MOST_LATE_MS = DAY_MS / 2
const RISK_WEIGHT = { low: 1, medium: 2, high: 4 } as const

/** A checkpoint as it is when a week is planned, and what follows from its norm on any day. */
export interface WeekSite {
  site: DueSite
  norm: DueQuestion
}

/** What a site wants of a week, for chooseDays. */
export interface WeekVisits {
  site: WeekSite
  visits: number
  apartDays: number
  days: number[]
  weight: number
  /** So that its limit holds. `firstBy` is undefined where it is over anyhow. */
  limits: DayLimits
  /** Visits in one shift. */
  perDay: number
  /** No team may go there. */
  isOutside: boolean
}

/**
 * What the norm of a site asks of a week: the fewest days with a visit that keep its limit, each with as many visits as a
 * shift needs. `shifts`: by day of the calendar, undefined where nobody works. A site whose limit is over when the week
 * begins is visited as soon as it can be, or on any day where its interval is as long as the week.
 */
export function weekVisits(
  site: WeekSite,
  shifts: readonly (Period | undefined)[],
  teams: readonly Pick<Team, 'area'>[],
): WeekVisits {
  const { norm } = site
  const interval = norm.intervalMinutes * MINUTE_MS
  const tolerance = Math.min(norm.graceMinutes * MINUTE_MS, MOST_LATE_MS)
  const begins = shifts.map((shift) => (shift ? Date.parse(shift.from) : Number.NaN))
  const worked = begins.flatMap((from, day) => (Number.isNaN(from) ? [] : [day]))
  const first = begins[worked[0]!]!
  const end = Math.max(...worked.map((day) => Date.parse(shifts[day]!.to)))
  const days = worked.filter((day) => isOpen(site, shifts[day]!))
  const { limitAt } = dueOf(norm, first, end)

  // As late as it may be each time: the last day whose shift begins before the limit, else the next there is.
  const latest = (limit: number, after: number): number | undefined => {
    const left = days.filter((day) => day > after)
    return left.findLast((day) => begins[day]! <= limit + tolerance) ?? left[0]
  }
  let visits = 0
  let firstBy: number | undefined
  let last = -1
  for (let limit = limitAt; limit < end; ) {
    const day = latest(limit, last)
    if (day === undefined) break
    if (visits++ === 0) firstBy = day
    last = day
    limit = opensAt(norm.timeWindows, begins[day]! + interval)
  }
  // Open on no day at all, and due: one visit that cannot be made.
  if (days.length === 0 && limitAt < end) visits = 1
  const isLong = interval >= shifts.length * DAY_MS
  return {
    site,
    visits,
    days,
    weight: RISK_WEIGHT[site.site.risk],
    apartDays: Math.max(1, Math.floor(interval / DAY_MS)),
    limits: {
      mostApartDays: Math.max(1, Math.floor((interval + tolerance) / DAY_MS)),
      firstBy: limitAt + tolerance < first && isLong ? undefined : firstBy,
      lastFrom: Math.ceil((end - interval - first) / DAY_MS) + worked[0]!,
    },
    perDay: Math.max(1, ...days.map((day) => visitsOfShift(norm, shifts[day]!))),
    isOutside: teamsFor(site.site, teams)?.length === 0,
  }
}

/** The site as the shift of a day finds it, when it was visited last by then; it is visited on this day for certain. */
export function siteOnDay({ site, norm }: WeekSite, lastVisitAt: number | undefined, shift: Period): DueSite {
  const due = describeDue({ ...norm, lastVisitAt }, Date.parse(shift.from), Date.parse(shift.to))
  return {
    ...site,
    ...due,
    state: due.state === 'later' ? 'due' : due.state,
    neededVisits: Math.max(1, due.neededVisits),
  }
}

const isOpen = ({ norm }: WeekSite, { from, to }: Period): boolean =>
  openSpans(norm.timeWindows, Date.parse(from), Date.parse(to))?.length !== 0

/** Of a shift that begins when the limit breaks. */
function visitsOfShift(norm: DueQuestion, shift: Period): number {
  const from = Date.parse(shift.from)
  return dueOf({ ...norm, lastVisitAt: undefined, createdAt: from }, from, Date.parse(shift.to)).neededVisits
}
