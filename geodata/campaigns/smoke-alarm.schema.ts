import { z } from 'zod'
import { isoDate, optionalText } from '../shared/fields.ts'

/** What is next about the alarms of a building; each goes by the norm `alarm-…`. */
export const ALARM_TASKS = ['test', 'battery', 'replace'] as const
/** So near, a task is due. */
export const ALARM_SOON_DAYS = 30
export const ALARM_STATES = ['overdue', 'due', 'ok', 'none'] as const
export type AlarmState = (typeof ALARM_STATES)[number]

const dates = {
  installedOn: isoDate().nullable(),
  batteryOn: isoDate().nullable().describe('Batteries were changed; null: never since they were fitted'),
  testedOn: isoDate().nullable(),
}
export const alarmInputSchema = z
  .strictObject({ count: z.int().min(0).max(10_000), ...dates, note: optionalText(300) })
  .meta({ id: 'SmokeAlarmInput' })
export type AlarmInput = z.infer<typeof alarmInputSchema>

export const smokeAlarmSchema = z
  .object({
    building: z.int(),
    version: z.int(),
    code: z.string().nullable(),
    name: z.string().nullable(),
    count: z.int(),
    installedOn: z.string().nullable(),
    batteryOn: z.string().nullable(),
    testedOn: z.string().nullable(),
    note: z.string().nullable(),
    state: z.enum(ALARM_STATES).describe('none: the building has no alarms'),
    dueOn: z
      .string()
      .nullable()
      .describe('The next task; null: no date is known to reckon from, or no alarms'),
    tasks: z.array(z.enum(ALARM_TASKS)).describe('Those due by then, or without a date'),
  })
  .meta({ id: 'SmokeAlarm' })
export type SmokeAlarm = z.infer<typeof smokeAlarmSchema>

/** Columns of the file that counts and dates come in. */
export const ALARM_COLUMNS = ['code', 'count', 'installed_on', 'battery_on', 'tested_on', 'note'] as const
export const MAX_ALARM_ROWS = 20_000

export const alarmImportSchema = z
  .object({
    dryRun: z.boolean(),
    rows: z.int(),
    created: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    rejected: z
      .array(z.object({ line: z.int(), code: z.string(), reason: z.string() }))
      .describe('The first 200'),
    rejectedCount: z.int(),
  })
  .meta({ id: 'SmokeAlarmImport' })
export type AlarmImport = z.infer<typeof alarmImportSchema>
