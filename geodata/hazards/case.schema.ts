import { z } from 'zod'
import { isoDate, isoDateTime, name, text } from '../shared/fields.ts'
import { HAZARD_STATES, SEVERITIES } from './hazard.schema.ts'
import { LIMIT_KIND_NAMES } from './limits.ts'
import { ACTION_NAMES, CLOCK_NAMES, ENTRY_KINDS } from './workflow.ts'

export const categorySchema = z.strictObject({
  standard: text(40).min(1),
  kind: z.enum(['matter', 'component', 'local']),
  code: text(20).min(1),
})

const positiveId = () => z.int().min(1).max(Number.MAX_SAFE_INTEGER)
const lngLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
const reason = () => text(500).min(1)
const remark = () => text(2000).min(1)
const photoIds = () => z.array(z.uuid()).max(9)

const limitKind = z
  .enum([...LIMIT_KIND_NAMES, 'given'])
  .describe('given: the case came with this deadline; no limit set it')

/** One run of a clock. */
export const clockRunSchema = z.object({
  clock: z.enum(CLOCK_NAMES),
  run: z.int(),
  limitKind,
  limitAmount: z.number().nullable().describe('Hours or days, as the kind says'),
  startedAt: z.string(),
  dueAt: z.string(),
  stoppedAt: z.string().nullable(),
  pausedAt: z.string().nullable().describe('Suspended since'),
  pausedMinutes: z.number(),
  extensions: z.int(),
})
export type ClockRun = z.infer<typeof clockRunSchema>

/** One row of a history. Nothing in it changes any more. */
export const caseEntrySchema = z.object({
  seq: z.int().describe('From 1, without gaps'),
  at: z.string(),
  kind: z.enum(ENTRY_KINDS),
  action: z.string().nullable(),
  fromState: z.enum(HAZARD_STATES).nullable().describe('null: the case began with it'),
  toState: z.enum(HAZARD_STATES),
  actor: z.string(),
  personId: z.int().nullable(),
  role: z.string().nullable(),
  departmentId: z.int().nullable().describe('Whose the case was after it'),
  departmentName: z.string().nullable(),
  reason: z.string().nullable(),
  note: z.string().nullable(),
  photos: z.array(z.string()),
  dueAt: z.string().nullable().describe('The deadline that ran after it; null: none did'),
  detail: z.record(z.string(), z.unknown()).nullable(),
})
export type CaseEntry = z.infer<typeof caseEntrySchema>

const owner = z.object({ id: z.int(), name: z.string() }).nullable()

/** A case in a list. */
export const caseSummarySchema = z.object({
  id: z.int().describe('Of the hazard'),
  version: z.int().describe('Send it back as If-Match: "version"'),
  title: z.string(),
  category: categorySchema,
  severity: z.enum(SEVERITIES),
  state: z.enum(HAZARD_STATES),
  stateSince: z.string(),
  reportedAt: z.string(),
  dueAt: z.string().nullable(),
  limitKind: limitKind.nullable().describe('Of the running clock: in which time it counts; null: none runs'),
  isLate: z.boolean(),
  suspendedUntil: z.string().nullable(),
  escalation: z
    .int()
    .describe('Of the running clock: 0 nobody was told, 1 the owner, 2 coordinators, 3 supervisors'),
  department: owner,
  source: z.string(),
  lngLat,
  communityCode: z.string().nullable(),
  gridCode: z.string().nullable(),
  microGridCode: z.string().nullable(),
})
export type CaseSummary = z.infer<typeof caseSummarySchema>

export const casePageSchema = z.object({
  cases: z.array(caseSummarySchema),
  next: z.string().nullable().describe('Pass as cursor; null on the last page'),
})
export type CasePage = z.infer<typeof casePageSchema>

export const allowedActionSchema = z.object({
  action: z.enum(ACTION_NAMES),
  needs: z.array(z.enum(['reason', 'department', 'until', 'amount'])),
  to: z.enum(HAZARD_STATES).nullable().describe('null: the state stays'),
})

/** All that is known of a case. */
export const caseSchema = caseSummarySchema.extend({
  description: z.string().nullable(),
  externalRef: z.string().nullable(),
  extensionAsked: z
    .object({ amount: z.number(), kind: z.enum(LIMIT_KIND_NAMES) })
    .nullable()
    .describe('More time that was asked for and not yet answered'),
  extensions: z.int().describe('Approved'),
  clocks: z.array(clockRunSchema).describe('In the order in which they began'),
  entries: z.array(caseEntrySchema),
  allowed: z.array(allowedActionSchema).describe('What whoever asks may do now'),
})
export type Case = z.infer<typeof caseSchema>

export const reportSchema = z.strictObject({
  id: z.uuid().describe('Chosen by whoever sends it: the same report sent twice is one case'),
  lngLat,
  title: name().min(1),
  description: text(2000).nullable().default(null),
  category: categorySchema,
  severity: z.enum(SEVERITIES).default('medium'),
  reportedAt: isoDateTime().optional().describe('When it was seen, no more than 7 days ago; left out: now'),
  duplicateOf: positiveId()
    .optional()
    .describe('An open case that this is one more report of: it gets an entry, and no case begins'),
})
export type Report = z.infer<typeof reportSchema>

export const actionSchema = z.strictObject({
  action: z.enum(ACTION_NAMES),
  reason: reason().optional(),
  note: remark().optional(),
  photos: photoIds().optional().describe('Of this hazard, uploaded before'),
  departmentId: positiveId().optional(),
  until: isoDateTime().optional().describe('Of a suspension: when it ends by itself'),
  amount: z
    .number()
    .positive()
    .max(8760)
    .optional()
    .describe('Of an extension, in the unit of the limit; left out: as much as the limit'),
  at: isoDateTime()
    .optional()
    .describe(
      'When it was done, of what a phone sends later: no more than 7 days ago and not before the entry that it follows',
    ),
})
export type CaseActionBody = z.infer<typeof actionSchema>

export const similarSchema = z.object({
  cases: z.array(
    caseSummarySchema.extend({
      distanceMetres: z.number(),
      daysBefore: z.number(),
      score: z.number().describe('0 to 1: how likely it is the same'),
    }),
  ),
})

export const limitRowSchema = z.strictObject({
  clock: z.enum(CLOCK_NAMES),
  category: categorySchema.nullable().describe('null: every category'),
  severity: z.enum(SEVERITIES).nullable().describe('null: every severity'),
  kind: z.enum(LIMIT_KIND_NAMES),
  amount: z.number().positive().max(8760),
})
export const limitsSchema = z.strictObject({ limits: z.array(limitRowSchema).max(2000) })

export const reminderSchema = z.strictObject({
  level: z.union([z.literal(1), z.literal(3)]).describe('1: a limit nears; 3: it is long past'),
  share: z.number().min(0).max(10).describe('Of the whole limit'),
  minutes: z
    .number()
    .min(0)
    .max(525_600)
    .describe('1: no earlier than this before its end; 3: no less than this after'),
})
export const remindersSchema = z.strictObject({
  reminders: z.array(reminderSchema).length(2).describe('One of each level'),
})

export const calendarDaySchema = z.strictObject({
  day: isoDate(),
  kind: z.enum(['holiday', 'workday']),
  name: name().min(1),
})
export const calendarSchema = z.strictObject({ days: z.array(calendarDaySchema).max(2000) })

export const labelSchema = z.strictObject({
  subject: z.enum(['state', 'action', 'clock']),
  key: text(40).min(1),
  zh: text(20).min(1),
  en: text(40).min(1),
})
export const labelsSchema = z.strictObject({ labels: z.array(labelSchema).max(100) })

const stored = { version: z.int(), example: z.boolean().describe('As it came with the product') }
export const limitsAnswerSchema = limitsSchema.extend(stored)
export const remindersAnswerSchema = remindersSchema.extend(stored)
export const calendarAnswerSchema = calendarSchema.extend(stored)
export const labelsAnswerSchema = labelsSchema.extend(stored)

const both = { zh: z.string(), en: z.string() }
/** The table of states and transitions, by the names in force. */
export const workflowSchema = z.object({
  states: z.array(
    z.object({
      state: z.enum(HAZARD_STATES),
      ...both,
      ended: z.boolean(),
      clock: z.enum(CLOCK_NAMES).nullable(),
    }),
  ),
  actions: z.array(
    z.object({
      action: z.string(),
      ...both,
      from: z.array(z.enum(HAZARD_STATES)),
      to: z.enum(HAZARD_STATES).nullable(),
      permission: z.string(),
      needs: z.array(z.string()),
      starts: z.array(z.enum(CLOCK_NAMES)),
      stops: z.array(z.enum(CLOCK_NAMES)),
    }),
  ),
  clocks: z.array(z.object({ clock: z.enum(CLOCK_NAMES), ...both })),
  limits: limitsAnswerSchema,
  reminders: remindersAnswerSchema,
  labels: labelsAnswerSchema,
})
export type Workflow = z.infer<typeof workflowSchema>
