import { z } from 'zod'
import { CELL_LAYERS } from '../shared/codes.ts'
import { indicatorId, schemeSchema, targetsSchema } from './scheme.schema.ts'
import { SCHEME_IDS } from './scheme.ts'

/** On the wire. Instants are ISO 8601; a share is numerator ÷ denominator, and unknown when the denominator is 0. */
const words = z.object({ zh: z.string(), en: z.string() })
const cell = { id: z.int(), code: z.string(), name: z.string() }
const ratio = z.object({ numerator: z.int(), denominator: z.int() })
const category = z.object({ standard: z.string(), kind: z.string(), code: z.string() })

const spanShape = {
  from: z.string(),
  to: z.string(),
  until: z
    .string()
    .describe('Up to when the history was read: the end of the period, or now in one that is not over'),
}
const before = z
  .object(spanShape)
  .describe('What it is compared with: as many months, or as much time, before')

export const definitionsSchema = z.object({
  version: z.int().describe('Of the targets; 0: as the product has them'),
  indicators: z.array(
    z.object({
      id: indicatorId,
      name: words,
      better: z.enum(['high', 'low']),
      formula: words,
      numerator: words,
      denominator: words,
      target: z.number().nullable().describe('Share; null: none'),
    }),
  ),
})
export type Definitions = z.infer<typeof definitionsSchema>

export const ratiosSchema = z.partialRecord(indicatorId, ratio)
export type Ratios = z.infer<typeof ratiosSchema>

export const valuesSchema = z.object({
  ...spanShape,
  before,
  indicators: z.array(z.object({ id: indicatorId, ...ratio.shape, before: ratio })),
  cells: z
    .array(z.object({ ...cell, ratios: ratiosSchema }))
    .describe(
      'Cells with a case that counts, at most 5,000; what is left out of ratios has nothing to divide by',
    ),
  outside: ratiosSchema.describe('Of cases in no cell that you reach; they are in the sums'),
})
export type IndicatorValues = z.infer<typeof valuesSchema>

export const seriesSchema = z.object({
  months: z.array(z.object({ month: z.string(), until: z.string(), ratios: ratiosSchema })),
})
export type IndicatorSeries = z.infer<typeof seriesSchema>

export const indicatorRowSchema = z.object({
  layer: z.enum(['hazards', 'checkpoints']),
  id: z.int().describe('Of the hazard, or of the patrol site'),
  run: z.int().describe('Which time of it, where it is counted more than once'),
  at: z.string().describe('By which it is in the period'),
  counts: z.boolean().describe('Whether it is in the numerator'),
  there: z.boolean().describe('false: it was deleted since; its history is not'),
  title: z.string(),
  category: category.nullable().describe('Of a hazard'),
  severity: z.string().nullable().describe('Of a hazard'),
  state: z
    .string()
    .nullable()
    .describe(
      'Of a hazard: at the end of the period. Of a site: the best that is known of the visit, null: none',
    ),
  gridCode: z.string().nullable(),
})
export type IndicatorRow = z.infer<typeof indicatorRowSchema>
export const indicatorRowsSchema = z.object({
  rows: z.array(indicatorRowSchema),
  next: z.string().nullable().describe('Cursor of the next page'),
})
export type IndicatorRows = z.infer<typeof indicatorRowsSchema>
export const ROW_PARTS = ['denominator', 'numerator', 'others'] as const
export type RowPart = (typeof ROW_PARTS)[number]

/** What the barometer counts of hazards. */
export const BAROMETER_COUNTS = ['fresh', 'solved', 'standing'] as const
export type BarometerCount = (typeof BAROMETER_COUNTS)[number]
const counts = z.object({
  fresh: z.int().describe('Came in the period: reported, or brought by an import'),
  solved: z.int().describe('Closed in the period'),
  standing: z.int().describe('Neither closed nor rejected at its end'),
})
export type BarometerCounts = z.infer<typeof counts>
const compared = z.object({ now: counts, before: counts })
export type BarometerPair = z.infer<typeof compared>
const kinds = z.array(z.object({ category, ...compared.shape })).describe('Most standing first')

export const barometerSchema = z.object({
  ...spanShape,
  before,
  ...{ all: compared, kinds, outside: compared },
  cells: z
    .array(z.object({ ...cell, ...compared.shape, kinds }))
    .describe('Cells with a case, most standing first, at most 5,000'),
})
export type Barometer = z.infer<typeof barometerSchema>

const score = z.object({
  points: z.number().nullable().describe('0–100; null: less than half of the weight is known'),
  known: z.number().describe('Share of the weight that is known; below 1 the rest was re-scaled'),
})
const scored = z.object({ score, stars: z.int().nullable() })

export const rankingSchema = z.object({
  ...spanShape,
  before,
  id: z.enum(SCHEME_IDS),
  version: z.int().describe('Of the weights; 0: as the product has them'),
  scheme: schemeSchema,
  cells: z
    .array(
      z.object({
        ...cell,
        ...scored.shape,
        place: z.int().nullable().describe('Equal points share one; null: no points'),
        ratios: ratiosSchema,
        parts: z.array(z.object({ id: z.string(), ...scored.shape, ratios: ratiosSchema })),
        before: z.object({ points: z.number().nullable(), place: z.int().nullable() }),
      }),
    )
    .describe('Every cell that you reach, at most 5,000, the best first'),
})
export type Ranking = z.infer<typeof rankingSchema>

export const storedSchemeSchema = z.object({
  id: z.enum(SCHEME_IDS),
  version: z.int().describe('0: as the product has it'),
  scheme: schemeSchema,
})
export type StoredScheme = z.infer<typeof storedSchemeSchema>

/** Bodies. */
export const targetsBodySchema = z.strictObject({ targets: targetsSchema })

export const cellsSchema = z.enum(CELL_LAYERS)
