import type { Found } from './checklist.schema.ts'

/** How a target stands after its newest visit; null before the first. */
export const OUTCOMES = ['passed', 'findings', 'closed', 'no-access'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface Visited {
  outcome: 'checked' | 'no-access'
  findings: readonly Pick<Found, 'fixed'>[]
  /** The day of the visit and a day that was set for the next, YYYY-MM-DD. */
  on: string
  reinspectOn: string | null
}

/**
 * How a target stands after a visit, and when it is looked at again. Where nobody is let in, all stays as it was; findings are
 * closed by a visit that finds none, or on the spot. Open findings are always looked at again, after `reinspectDays` if
 * no day was set.
 */
export function afterVisit(
  before: { outcome: Outcome | null; reinspectOn: string | null },
  { outcome, findings, on, reinspectOn }: Visited,
  reinspectDays: number,
): { outcome: Outcome; reinspectOn: string | null } {
  if (outcome === 'no-access')
    return {
      outcome: before.outcome ?? 'no-access',
      reinspectOn: reinspectOn ?? before.reinspectOn ?? addDays(on, reinspectDays),
    }
  if (findings.some(({ fixed }) => !fixed))
    return { outcome: 'findings', reinspectOn: reinspectOn ?? addDays(on, reinspectDays) }
  const hadSome = findings.length > 0 || before.outcome === 'findings' || before.outcome === 'closed'
  return { outcome: hadSome ? 'closed' : 'passed', reinspectOn }
}

/** Days are YYYY-MM-DD and have no time zone. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

/** The day in China of an instant (ISO 8601). */
export const dayOf = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 10)
