import { z } from 'zod'
import { categorySchema } from '../../hazards/case.schema.ts'
import { SEVERITIES } from '../../hazards/hazard.schema.ts'
import { optionalText } from '../../shared/fields.ts'
import { lngLat } from '../../shared/wire.schema.ts'
import { HOTLINE_COLUMN_NAMES } from './hotline-columns.ts'
import { maskPersonal } from './mask-personal.ts'

/** What the coordinates of a file may be in; nobody but whoever sends it knows. */
export const HOTLINE_CRS = ['EPSG:4326', 'GCJ-02', 'BD-09'] as const
export type HotlineCrs = (typeof HOTLINE_CRS)[number]

/** Limits of one file. */
export const HOTLINE_LIMITS = { bytes: 10 * 1024 * 1024, rows: 5000, columns: 100, cell: 4000 } as const

export const ROW_OUTCOMES = ['created', 'waits', 'exists', 'differs', 'repeated', 'refused'] as const
export type RowOutcome = (typeof ROW_OUTCOMES)[number]

/** Why an order has no case yet. */
export const WAIT_REASONS = ['place', 'category'] as const

export const orderNumber = () =>
  z
    .string()
    .regex(/^[0-9A-Za-z][0-9A-Za-z_-]{0,39}$/, 'is not an order number: letters, digits, - and _, at most 40')

const noteSchema = z.object({ code: z.string(), zh: z.string(), en: z.string() })

export const hotlineReportSchema = z
  .object({
    dryRun: z.boolean(),
    fileName: z.string(),
    encoding: z.enum(['UTF-8', 'UTF-16', 'GB18030']),
    counts: z.record(z.enum(ROW_OUTCOMES), z.int()),
    columns: z.object({
      found: z.partialRecord(z.enum(HOTLINE_COLUMN_NAMES as [string, ...string[]]), z.string()),
      personal: z.array(z.string()).describe('Look like the caller’s: nothing of them was read'),
      unknown: z.array(z.string()),
      repeated: z.array(z.string()),
    }),
    masked: z.int().describe('Phone and identity numbers that were taken out of texts'),
    rows: z
      .array(
        z.object({
          line: z.int().describe('Of the file, from 1'),
          number: z.string().nullable(),
          outcome: z.enum(ROW_OUTCOMES),
          hazard: z.int().nullable().describe('The case; null before it is made'),
          notes: z.array(noteSchema),
        }),
      )
      .describe('Each row of the file, in its order'),
  })
  .meta({ id: 'HotlineReport' })
export type HotlineReport = z.infer<typeof hotlineReportSchema>

/** The handling unit, or the street. */
export const CALL_BACK_BY = ['unit', 'street'] as const
export type CallBackBy = (typeof CALL_BACK_BY)[number]
const callBackBy = z.enum(CALL_BACK_BY)
export const SATISFACTIONS = ['satisfied', 'dissatisfied', 'not-reached'] as const

const noteAboutCall = () =>
  optionalText(500).refine(
    (note) => note === null || maskPersonal(note).masked === 0,
    'holds a phone or identity number, which is not stored: leave it out',
  )

/** Whoever called is reached by the number that the hotline keeps: nothing about them is stored here. */
export const contactInputSchema = z.strictObject({
  by: callBackBy.default('unit').describe('The handling unit, or the street'),
  reached: z.boolean(),
  note: noteAboutCall(),
})
export type ContactInput = z.infer<typeof contactInputSchema>

export const callBackInputSchema = z
  .strictObject({
    by: callBackBy,
    satisfied: z.enum(SATISFACTIONS),
    solved: z.boolean().nullable().describe('null: not reached, so nobody said'),
    note: noteAboutCall(),
  })
  .superRefine(({ satisfied, solved }, context) => {
    if ((satisfied === 'not-reached') !== (solved === null))
      context.addIssue({
        code: 'custom',
        path: ['solved'],
        message: 'is null when nobody was reached, and true or false when somebody was',
      })
  })
export type CallBackInput = z.infer<typeof callBackInputSchema>

const callBackSchema = z
  .object({ at: z.string(), satisfied: z.enum(SATISFACTIONS), solved: z.boolean().nullable() })
  .nullable()
  .describe('The last one; null: none yet')

export const hotlineOrderSchema = z
  .object({
    number: z.string(),
    version: z.int(),
    hazard: z.int().nullable().describe('The case; null: it waits'),
    waits: z.array(z.enum(WAIT_REASONS)).describe('What is missing for a case'),
    receivedAt: z.string(),
    channel: z.string().nullable(),
    title: z.string(),
    demand: z.string(),
    severity: z.enum(SEVERITIES),
    category: categorySchema.nullable(),
    address: z.string().nullable(),
    cellCode: z.string().nullable().describe('As the file had it'),
    given: lngLat
      .nullable()
      .describe('Coordinates of the file in WGS 84, also where they lie in no community'),
    firstContactAt: z.string().nullable().describe('先行联系; a case is not finished before'),
    callBacks: z.object({ unit: callBackSchema, street: callBackSchema }),
  })
  .meta({ id: 'HotlineOrder' })
export type HotlineOrder = z.infer<typeof hotlineOrderSchema>

export const orderOfCaseSchema = z.object({
  order: hotlineOrderSchema.nullable().describe('null: it came of no order'),
  may: z
    .object({ unit: z.boolean(), street: z.boolean() })
    .describe('For whom whoever asks may record contacts and call-backs'),
})
export type OrderOfCase = z.infer<typeof orderOfCaseSchema>

/** What makes a case of an order that waits. */
export const placeOrderSchema = z.strictObject({
  lngLat: lngLat.describe('WGS 84'),
  category: categorySchema.optional().describe('Needed where the order has none'),
})
export type PlaceOrder = z.infer<typeof placeOrderSchema>

/** One row of a file, ready to become a case. */
export interface HotlineRow {
  number: string
  receivedAt: string
  channel: string | null
  title: string
  demand: string
  severity: (typeof SEVERITIES)[number]
  category: z.infer<typeof categorySchema> | null
  address: string | null
  cellCode: string | null
  /** WGS 84, 7 decimals. */
  lngLat: [number, number] | null
}
