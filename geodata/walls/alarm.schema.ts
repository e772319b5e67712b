import { z } from 'zod'
import { SEVERITIES } from '../hazards/hazard.schema.ts'
import { text } from '../shared/fields.ts'
import { lngLat } from '../shared/wire.schema.ts'
import { sourceIdSchema } from './source.schema.ts'

/** Why something stands on the alarm list; the first is the worst. */
export const ALARM_KINDS = {
  overdue: { zh: '超期', en: 'Overdue' },
  escalated: { zh: '已升级', en: 'Escalated' },
  critical: { zh: '新增重大隐患', en: 'New critical hazard' },
  unassigned: { zh: '逾时未派单', en: 'Not assigned in time' },
  'source-stale': { zh: '数据中断', en: 'Source silent' },
  'due-soon': { zh: '即将到期', en: 'Due soon' },
  'site-missed': { zh: '漏巡', en: 'Site missed' },
} as const satisfies Record<string, { zh: string; en: string }>
export type AlarmKind = keyof typeof ALARM_KINDS
export const ALARM_KIND_NAMES = Object.keys(ALARM_KINDS) as [AlarmKind, ...AlarmKind[]]

export const ALARM_STATES = ['new', 'acknowledged', 'shelved'] as const
export type AlarmState = (typeof ALARM_STATES)[number]

/** Names what an alarm is about, e.g. hazard:12, site:7, source:hotline: one thing has one alarm. */
export const alarmKeySchema = z
  .string()
  .regex(/^(hazard|site):[1-9]\d{0,14}$|^source:[a-z]{1,20}$/, 'is no key of an alarm, such as hazard:12')

export const alarmSchema = z
  .object({
    key: z.string(),
    kind: z.enum(ALARM_KIND_NAMES).describe('The worst of its kinds'),
    kinds: z.array(z.enum(ALARM_KIND_NAMES)).describe('All that hold, the worst first'),
    level: z.int().min(1).max(4).describe('1: the worst'),
    since: z.string().describe('When its worst kind began to hold'),
    isStale: z.boolean().describe('It has stood for over 24 hours'),
    hazardId: z.int().nullable(),
    checkpointId: z.int().nullable(),
    sourceId: sourceIdSchema.nullable(),
    title: z.string().describe('Of the hazard or site; empty for a source'),
    lngLat: lngLat.nullable(),
    gridCode: z.string().nullable(),
    gridName: z.string().nullable(),
    owner: z.string().nullable().describe('Department that has it; null: nobody has'),
    severity: z.enum(SEVERITIES).nullable(),
    dueAt: z.string().nullable(),
    state: z.enum(ALARM_STATES),
    mark: z
      .object({
        by: z.string(),
        at: z.string(),
        until: z.string().nullable().describe('When a shelved one comes back'),
        note: z.string().nullable(),
      })
      .nullable()
      .describe('Who answered it; null while it is new, also when it got worse since'),
  })
  .meta({ id: 'Alarm' })
export type Alarm = z.infer<typeof alarmSchema>

/** Alarms of one grid; `gridCode` null: of no grid. */
export const alarmGroupSchema = z
  .object({
    gridCode: z.string().nullable(),
    gridName: z.string().nullable(),
    count: z.int(),
    unanswered: z.int(),
    level: z.int().describe('Of the worst'),
    worstKey: z.string(),
  })
  .meta({ id: 'AlarmGroup' })
export type AlarmGroup = z.infer<typeof alarmGroupSchema>

/** More that began within ten minutes are a flood, and shown by grid, until fewer than half as many do. */
export const FLOOD_ALARMS = 10
export const RATE_TARGET = 1
export const ALARM_WINDOW_MINUTES = 10
export const STALE_HOURS = 24
export const MOST_ALARMS = 200
export const MOST_SHELVED = 50
export const MOST_GROUPS = 50

export const alarmListSchema = z
  .object({
    alarms: z.array(alarmSchema).max(MOST_ALARMS).describe('Not shelved; unanswered first, the worst first'),
    shelved: z.array(alarmSchema).max(MOST_SHELVED).describe('The first to come back first'),
    counts: z.object({
      total: z.int().describe('Shelved ones are not in it'),
      unanswered: z.int(),
      acknowledged: z.int(),
      shelved: z.int(),
      stale: z.int(),
    }),
    groups: z.array(alarmGroupSchema).max(MOST_GROUPS).describe('By grid, those with the most first'),
    flood: z
      .object({ since: z.string(), count: z.int().describe('Begun in the last ten minutes') })
      .nullable()
      .describe('Not null: show groups in place of alarms'),
    rate: z
      .object({ lastTenMinutes: z.int(), perTenMinutes: z.number(), target: z.number() })
      .describe('How many began; perTenMinutes is the mean of the last 24 hours. Of those that still stand'),
  })
  .meta({ id: 'AlarmList' })
export type AlarmList = z.infer<typeof alarmListSchema>

const note = text(200).nullable().default(null)
export const acknowledgeSchema = z.strictObject({ note })
export const shelveSchema = z.strictObject({
  minutes: z.int().min(5).max(1440).describe('It comes back after these, or when it gets worse'),
  note,
})
export const withdrawSchema = z.strictObject({})
/** The event `alarm`: somebody answered it, on every wall. */
export const alarmChangeSchema = z
  .object({ key: z.string(), change: z.enum(['acknowledge', 'shelve', 'withdraw']) })
  .meta({ id: 'AlarmChange' })
export type AlarmChange = z.infer<typeof alarmChangeSchema>
