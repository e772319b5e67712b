import type { z } from 'zod'
import type { calendarDaySchema, labelSchema, limitRowSchema } from '../../geodata/hazards/case.schema.ts'
import type { Reminder } from '../../geodata/hazards/escalate.ts'
import type { Actor } from '../access/actor.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { requireVersion } from '../platform/require-version.ts'
import { readCalendarDays, readLimits, readReminders } from './rules.store.ts'

export type Limits = z.infer<typeof limitRowSchema>[]
export type Days = z.infer<typeof calendarDaySchema>[]
export type Labels = z.infer<typeof labelSchema>[]

/** Catalogues that are replaced as a whole; what is read, and how it is written. */
interface Catalogue<T> {
  name: 'calendar' | 'limits' | 'labels' | 'reminders'
  /** As the audit trail knows it. */
  kind: 'calendar' | 'case'
  read(sql: Sql | TransactionSql): Promise<T[]>
  write(tx: TransactionSql, rows: T[]): Promise<unknown>
}

export const LIMITS: Catalogue<Limits[number]> = {
  name: 'limits',
  kind: 'case',
  read: readLimits,
  write: async (tx, rows) => {
    await tx`DELETE FROM case_limit`
    await tx`
      INSERT INTO case_limit (clock, category_standard, category_kind, category_code, severity, kind, amount)
      SELECT clock, category->>'standard', category->>'kind', category->>'code', severity, kind, amount
      FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS (clock text, category jsonb, severity text,
        kind text, amount float8)) WITH ORDINALITY AS row (clock, category, severity, kind, amount, number) ORDER BY number`
  },
}

export const REMINDERS: Catalogue<Reminder> = {
  name: 'reminders',
  kind: 'case',
  read: readReminders,
  write: (tx, rows) => tx`
    UPDATE case_reminder r SET share = row.share, minutes = row.minutes
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS row (level integer, share float8, minutes float8)
    WHERE r.level = row.level`,
}

export const CALENDAR: Catalogue<Days[number]> = {
  name: 'calendar',
  kind: 'calendar',
  read: readCalendarDays,
  write: async (tx, rows) => {
    await tx`DELETE FROM calendar_day`
    await tx`
      INSERT INTO calendar_day (day, kind, name)
      SELECT day, kind, name FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS row (day date, kind text, name text)`
  },
}

export const LABELS: Catalogue<Labels[number]> = {
  name: 'labels',
  kind: 'case',
  read: async (sql) => [
    ...(await sql<Labels>`SELECT subject, key, zh, en FROM case_label ORDER BY subject, key`),
  ],
  write: async (tx, rows) => {
    await tx`DELETE FROM case_label`
    await tx`
      INSERT INTO case_label (subject, key, zh, en)
      SELECT subject, key, zh, en
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS row (subject text, key text, zh text, en text)`
  },
}

export interface Stored<T> {
  version: number
  /** As it came with the product. */
  example: boolean
  rows: T[]
}

export async function readCatalogue<T>(
  sql: Sql | TransactionSql,
  { name, read }: Catalogue<T>,
): Promise<Stored<T>> {
  const [head] = await sql<[{ version: number; example: boolean }]>`
    SELECT version, example FROM case_catalogue WHERE name = ${name}`
  return { ...head, rows: await read(sql) }
}

/** Replaces a catalogue that is still as it was read. Deadlines that run stay as they are. Throws version-conflict. */
export async function replaceCatalogue<T>(
  sql: Sql,
  catalogue: Catalogue<T>,
  expected: number,
  rows: T[],
  actor: Actor,
): Promise<Stored<T>> {
  const { name, kind } = catalogue
  const stored = await sql.begin(async (tx) => {
    await tx`SELECT FROM case_catalogue WHERE name = ${name} FOR UPDATE`
    const before = await readCatalogue(tx, catalogue)
    requireVersion(`the ${name}`, expected, before.version)
    await catalogue.write(tx, rows)
    await tx`
      UPDATE case_catalogue SET version = version + 1, example = false, updated_at = now(), updated_by = ${actor.name}
      WHERE name = ${name}`
    const after = await readCatalogue(tx, catalogue)
    await recordAudit(tx, actor, {
      kind,
      before: { [name]: before.rows },
      after: { [name]: after.rows },
      detail: { catalogue: name },
    })
    return after
  })
  return stored as Stored<T>
}
