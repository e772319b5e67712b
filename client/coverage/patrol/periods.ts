import type { PatrolPeriod } from '../../../geodata/coverage/patrol/patrol.schema.ts'
import { addDays } from '../../../geodata/walks/group-rounds.ts'

export const PERIOD_CHOICES = ['today', 'week', 'month', 'tomorrow', 'ahead'] as const
export type PeriodChoice = (typeof PERIOD_CHOICES)[number]
/** Of what was walked, and of plans. */
export const CHOICES_OF = {
  walked: ['today', 'week', 'month'],
  planned: ['today', 'tomorrow', 'ahead'],
} as const satisfies Record<string, readonly PeriodChoice[]>

const CHINA_MS = 8 * 3_600_000

/** The day of an instant in China, as 2026-11-22. */
export const dayOf = (at: number): string => new Date(at + CHINA_MS).toISOString().slice(0, 10)

/** Whole days, the last one included. */
export const periodOfDays = (first: string, last: string): PatrolPeriod => ({
  from: `${first}T00:00:00+08:00`,
  to: `${addDays(last, 1)}T00:00:00+08:00`,
})

export const daysOf = ({ from, to }: PatrolPeriod): { first: string; last: string } => ({
  first: dayOf(Date.parse(from)),
  last: dayOf(Date.parse(to) - 1),
})

export function periodOf(choice: PeriodChoice, now: number): PatrolPeriod {
  const today = dayOf(now)
  switch (choice) {
    case 'today':
      return periodOfDays(today, today)
    case 'week':
      return periodOfDays(addDays(today, -6), today)
    case 'month':
      return periodOfDays(`${today.slice(0, 7)}-01`, today)
    case 'tomorrow':
      return periodOfDays(addDays(today, 1), addDays(today, 1))
    case 'ahead':
      return periodOfDays(addDays(today, 1), addDays(today, 7))
  }
}

/** The time before a period, as long as it is. */
export function periodBefore(period: PatrolPeriod): PatrolPeriod {
  const { first, last } = daysOf(period)
  const days = Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000) + 1
  return periodOfDays(addDays(first, -days), addDays(first, -1))
}

export const isSamePeriod = (a: PatrolPeriod, b: PatrolPeriod): boolean =>
  Date.parse(a.from) === Date.parse(b.from) && Date.parse(a.to) === Date.parse(b.to)
