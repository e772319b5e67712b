import { type Span, spanBeforeUntil } from '../../geodata/figures/china-months.ts'
import { Problem } from '../../geodata/shared/problem.ts'

export interface Period extends Span {
  /** The end, or now in a period that is not over. */
  until: string
}

const MOST_DAYS = 3 * 366
const DAY_MS = 86_400_000

/** A period and what it is compared with. Throws invalid-parameter for one that ends before it begins, or is too long. */
export function periodOf({ from, to }: Span, now: number): { period: Period; before: Period } {
  const length = Date.parse(to) - Date.parse(from)
  if (!(length > 0 && length <= MOST_DAYS * DAY_MS)) {
    const message = `The period from ${from} to ${to} is ${length > 0 ? 'longer than three years' : 'over before it begins'}. Give a “to” after “from”, at most ${MOST_DAYS} days later.`
    throw new Problem('invalid-parameter', message, { issues: [{ at: 'to', message }] })
  }
  const until = endedBy({ from, to }, now)
  const before = spanBeforeUntil({ from, to }, until)
  return {
    period: { from, to, until },
    before: { ...instants(before), until: endedBy(before, now) },
  }
}

/** Never in the future, and never before the period begins. */
export const endedBy = ({ from, to }: Span, now: number): string =>
  new Date(Math.max(Date.parse(from), Math.min(Date.parse(to), now))).toISOString()

const instants = ({ from, to }: Span): Span => ({
  from: new Date(from).toISOString(),
  to: new Date(to).toISOString(),
})
