import type { z } from 'zod'
import type { limitRowSchema } from '../../geodata/hazards/case.schema.ts'
import type { Reminder } from '../../geodata/hazards/escalate.ts'
import type { CaseRules } from '../../geodata/hazards/limits.ts'
import { workingCalendar } from '../../geodata/hazards/working-calendar.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'

type StoredLimit = z.infer<typeof limitRowSchema>

const CATEGORY = `CASE WHEN category_code IS NOT NULL THEN jsonb_build_object('standard', category_standard,
  'kind', category_kind, 'code', category_code) END`

/** The limits in force, as they are sent. */
export async function readLimits(sql: Sql | TransactionSql): Promise<StoredLimit[]> {
  const rows = await sql<StoredLimit[]>`
    SELECT clock, ${sql.unsafe(CATEGORY)} AS category, severity, kind, amount
    FROM case_limit ORDER BY id`
  return [...rows]
}

/** When somebody is told of a limit. */
export async function readReminders(sql: Sql | TransactionSql): Promise<Reminder[]> {
  return [...(await sql<Reminder[]>`SELECT level, share, minutes FROM case_reminder ORDER BY level`)]
}

export interface CalendarDay {
  day: string
  kind: 'holiday' | 'workday'
  name: string
}

/** Holidays and the days that make up for them, by day. */
export async function readCalendarDays(sql: Sql | TransactionSql): Promise<CalendarDay[]> {
  const rows = await sql<CalendarDay[]>`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, kind, name FROM calendar_day ORDER BY calendar_day.day`
  return [...rows]
}

/** What the clocks of cases go by; asked for with every action, so in one question. */
export async function readRules(sql: Sql | TransactionSql): Promise<CaseRules> {
  const [row] = await sql<[{ limits: StoredLimit[]; days: CalendarDay[] }]>`
    SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('clock', clock, 'category', ${sql.unsafe(CATEGORY)},
        'severity', severity, 'kind', kind, 'amount', amount) ORDER BY id), '[]') FROM case_limit) AS limits,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('day', day, 'kind', kind, 'name', name)), '[]') FROM calendar_day) AS days`
  return { limits: row.limits, calendar: workingCalendar(row.days) }
}
