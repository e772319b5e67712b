import { z } from '@hono/zod-openapi'
import { momentParameter } from '../features/filter.parameters.ts'

/** Instants, ISO 8601: from ≤ time < to. */
interface Period {
  from: string | undefined
  to: string | undefined
}

const [BEGIN, END] = [momentParameter(false), momentParameter(true)]

/**
 * An instant, or an interval `a/b` that includes both; `..` or nothing for an open end. Days are those of China Standard
 * Time. Times are kept to the microsecond and told to the millisecond, so an instant is a millisecond long.
 */
export const datetimeParameter = z
  .string()
  .max(100)
  .transform((text, context): Period => {
    const [first = '', last = first, ...others] = text.split('/')
    const from = isOpen(first) ? undefined : BEGIN.safeParse(first).data
    const to = isOpen(last) ? undefined : END.safeParse(last).data
    const good =
      others.length === 0 &&
      (text.includes('/') || !isOpen(text)) &&
      (from !== undefined || isOpen(first)) &&
      (to !== undefined || isOpen(last))
    const period = { from, to: to !== undefined && last.includes('T') ? afterInstant(to) : to }
    if (good && !isBackwards(period)) return period
    context.addIssue({
      code: 'custom',
      message: `is “${text.slice(0, 80)}”; expected a time such as 2026-11-20T08:00:00Z, a date, or an interval such as 2026-11-20/2026-11-22 or 2026-11-20/.. from 1900 to 2199`,
    })
    return z.NEVER
  })
  .openapi({
    type: 'string',
    description:
      'A time, a date (China Standard Time) or an interval: 2026-11-20T08:00:00Z/.. The collection says which time it looks at.',
    example: '2026-11-20/2026-11-22',
  })

const isOpen = (end: string): boolean => end === '' || end === '..'

const afterInstant = (time: string): string => new Date(Date.parse(time) + 1).toISOString()

const isBackwards = ({ from, to }: Period): boolean =>
  from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to)
