import { z } from 'zod'
import { HAZARD_CATEGORIES } from '../hazards/catalogue.ts'
import { SEVERITIES } from '../hazards/hazard.schema.ts'
import { positionSchema } from '../patrols/plan.schema.ts'
import { isoDateTime, text } from '../shared/fields.ts'

/**
 * What someone on a round sends, from a phone that may have been without a network. Instants are ISO 8601 with an offset,
 * positions [lng, lat] in EPSG:4326. Each entry has an id that is made on the phone: one that is sent twice is there once.
 */

/** What was done about something on the way, as guard patrols count it. */
export const OUTCOMES = {
  dissuaded: { zh: '劝阻', en: 'Dissuaded' },
  mediated: { zh: '调解', en: 'Mediated' },
  prevented: { zh: '防范', en: 'Prevented' },
  maintained: { zh: '维护', en: 'Maintained' },
  guided: { zh: '引导', en: 'Guided' },
} as const
export type Outcome = keyof typeof OUTCOMES
export const OUTCOME_NAMES = Object.keys(OUTCOMES) as [Outcome, ...Outcome[]]

export { CHECK_IN_METRES, DUTY_MARGIN_MINUTES } from './walk-limits.ts'

/** A position that may be further off than this shows nothing of where someone is. */
export const CHECK_IN_WORST_ACCURACY_METRES = 100
/** A phone's clock may be ahead by so much. */
export const MAX_AHEAD_SECONDS = 300
/** What is older is taken no more. */
export const MAX_AGE_DAYS = 7
export const MAX_ENTRIES = 1000
export const MAX_SYNC_BYTES = 1_000_000
export const MAX_POINTS_IN_ENTRY = 1000

const HAZARD_CODES = HAZARD_CATEGORIES.map(({ code }) => code)

const accuracyMetres = () =>
  z.number().min(0).max(100_000).nullable().default(null).describe('Radius of 68 %; null: not told')

export const trackPointSchema = z.strictObject({
  at: isoDateTime(),
  lngLat: positionSchema,
  accuracyMetres: accuracyMetres(),
})

const entry = <K extends string, S extends z.core.$ZodShape>(kind: K, shape: S) =>
  z.strictObject({
    id: z.uuid(),
    at: isoDateTime(),
    planId: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
    roundId: z.uuid(),
    kind: z.literal(kind),
    ...shape,
  })

export const walkEntrySchema = z.discriminatedUnion('kind', [
  entry('begin', {}),
  entry('end', {}),
  entry('position', { points: z.array(trackPointSchema).min(1).max(MAX_POINTS_IN_ENTRY) }),
  entry('check-in', {
    stopId: z.uuid(),
    lngLat: positionSchema.nullable().describe('null: there was no position'),
    accuracyMetres: accuracyMetres(),
    dwellSeconds: z.number().min(0).max(86_400).default(0).describe('How long they were there until “at”'),
  }),
  entry('record', {
    stopId: z.uuid(),
    outcome: z.enum(OUTCOME_NAMES).nullable().default(null).describe('null: a note alone'),
    count: z.int().min(0).max(9999).default(1),
    note: text(2000).default(''),
  }),
  entry('report', {
    hazard: z.enum(HAZARD_CODES).describe('Code of a category of the catalogue'),
    severity: z.enum(SEVERITIES).default('medium'),
    description: text(2000).default(''),
    lngLat: positionSchema,
  }),
])
export type WalkEntry = z.infer<typeof walkEntrySchema>
export type WalkEntryInput = z.input<typeof walkEntrySchema>

/** Entries are read one by one: one that does not fit is refused, and the others are taken. */
export const syncRequestSchema = z.strictObject({
  device: z.string().min(1).max(64).describe('Which phone: a text that it made for itself'),
  entries: z
    .array(z.looseObject({ id: z.uuid() }))
    .min(1)
    .max(MAX_ENTRIES)
    .describe(
      'begin, end, position, check-in, record, report; each with id, at, planId, roundId. In the order in which they were made',
    ),
})

export const syncedEntrySchema = z.object({
  id: z.string(),
  state: z
    .enum(['taken', 'known', 'refused'])
    .describe('known: it was taken before. A refused one is not kept; what it needs may be sent first'),
  problem: z.object({ code: z.string(), detail: z.string() }).optional(),
  visit: z.enum(['visited', 'probable']).optional().describe('Of a check-in'),
  hazardId: z.int().optional().describe('Of a report'),
  leftOut: z.int().optional().describe('Positions that were not on duty, or not possible'),
})
export type SyncedEntry = z.infer<typeof syncedEntrySchema>

export const syncAnswerSchema = z.object({
  entries: z.array(syncedEntrySchema).describe('In the order of the request'),
})
export type SyncAnswer = z.infer<typeof syncAnswerSchema>
