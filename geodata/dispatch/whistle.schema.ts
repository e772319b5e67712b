import { z } from 'zod'
import { LIMIT_KIND_NAMES } from '../hazards/limits.ts'
import { isoDate, optionalText, text } from '../shared/fields.ts'

const id = () => z.int().min(1).max(Number.MAX_SAFE_INTEGER)

/** So long a department may take to answer, where nobody says otherwise: two hours that run on. */
export const USUAL_ANSWER_LIMIT = { kind: 'urgent-hours', amount: 2 } as const

export const whistleInputSchema = z
  .strictObject({
    departments: z.array(id()).min(1).max(30).describe('Whom to call'),
    reason: text(500).min(1).describe('What they are called for'),
    answerWithin: z
      .strictObject({ kind: z.enum(LIMIT_KIND_NAMES), amount: z.number().positive().max(720) })
      .default(USUAL_ANSWER_LIMIT),
  })
  .refine(({ departments }) => new Set(departments).size === departments.length, {
    path: ['departments'],
    message: 'names a department twice',
  })
  .meta({ id: 'WhistleInput' })
export type WhistleInput = z.infer<typeof whistleInputSchema>

export const whistleAnswerSchema = z
  .strictObject({
    department: id()
      .optional()
      .describe('For whom; of somebody who belongs to a department that one alone, and it may be left out'),
    accepted: z.boolean(),
    reason: optionalText(500).describe('Needed to decline'),
  })
  .refine(({ accepted, reason }) => accepted || (reason ?? '') !== '', {
    path: ['reason'],
    message: 'is needed to decline',
  })
export type WhistleAnswer = z.infer<typeof whistleAnswerSchema>

export const divisionSchema = z.strictObject({
  tasks: z
    .array(
      z.strictObject({
        department: id().describe('One that was called and has not declined'),
        task: text(300).min(1),
        due: isoDate().describe('Last day'),
      }),
    )
    .min(1)
    .max(50),
  note: optionalText(2000).describe('What was agreed when they met'),
})
export type Division = z.infer<typeof divisionSchema>

export const TASK_STATES = ['open', 'done', 'dropped'] as const
export const taskChangeSchema = z
  .strictObject({
    state: z.enum(TASK_STATES),
    note: optionalText(500).describe('Needed to drop a task, or to open it again'),
  })
  .refine(({ state, note }) => state === 'done' || (note ?? '') !== '', {
    path: ['note'],
    message: 'says why a task is dropped or open again',
  })
export type TaskChange = z.infer<typeof taskChangeSchema>

const department = z.object({ id: z.int(), name: z.string() })

export const whistleSchema = z
  .object({
    id: z.int(),
    hazard: z.int(),
    calledAt: z.string(),
    calledBy: z.string(),
    reason: z.string(),
    answerWithin: z.object({ kind: z.enum(LIMIT_KIND_NAMES), amount: z.number() }),
    calls: z.array(
      z.object({
        department,
        dueAt: z.string(),
        answer: z.enum(['waiting', 'accepted', 'declined']),
        answeredAt: z.string().nullable(),
        answeredBy: z.string().nullable(),
        reason: z.string().nullable(),
        late: z.boolean().describe('Answered after its limit, or not yet and the limit is over'),
        mayAnswer: z.boolean().describe('Whoever asks may answer for it'),
      }),
    ),
    tasks: z.array(
      z.object({
        id: z.int(),
        department,
        task: z.string(),
        due: z.string(),
        state: z.enum(TASK_STATES),
        settledAt: z.string().nullable(),
        settledBy: z.string().nullable(),
        note: z.string().nullable(),
        late: z.boolean(),
        maySettle: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'Whistle' })
export type Whistle = z.infer<typeof whistleSchema>
