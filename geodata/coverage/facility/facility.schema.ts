import { z } from 'zod'
import { FACILITY_KINDS, FACILITY_STATUSES, type FacilityKind } from '../../facilities/facility.schema.ts'
import { CELL_LAYERS } from '../../shared/codes.ts'
import { isoDate } from '../../shared/fields.ts'
import { CATCHMENT_WEIGHTS } from './catchments.ts'

export const MOST_WALK_METRES = 5000
export const MOST_BANDS = 4
/** Metres a minute of somebody who walks, unless told. */
export const USUAL_SPEED = 70
/** Rows of a level that the figures hold; the part `cell` holds all. */
export const MOST_CELL_ROWS = 500

const KINDS = Object.keys(FACILITY_KINDS) as [FacilityKind, ...FacilityKind[]]
const unique = <T>(values: T[]): T[] => [...new Set(values)]
const distance = z.number().positive().max(MOST_WALK_METRES)

export const facilityParamsSchema = z
  .strictObject({
    kinds: z.array(z.enum(KINDS)).min(1).max(KINDS.length).transform(unique),
    statuses: z.array(z.enum(FACILITY_STATUSES)).min(1).max(4).transform(unique).default(['in-service']),
    asOf: isoDate()
      .nullable()
      .default(null)
      .describe('Works that are over by this day count, too: what is planned or shut until then'),
    walk: distance.describe('How far one walks, in `unit`'),
    unit: z.enum(['metres', 'minutes']).default('metres'),
    metresPerMinute: z.number().min(10).max(400).default(USUAL_SPEED),
    bands: z
      .array(distance)
      .max(MOST_BANDS)
      .transform(unique)
      .default([])
      .describe('Further distances whose areas are drawn, in `unit`'),
    accessMetres: z
      .number()
      .min(5)
      .max(500)
      .default(100)
      .describe('How far from a street a place may be, straight; it counts as walked'),
    weights: z.enum(CATCHMENT_WEIGHTS).default('gaussian'),
    demand: z
      .enum(['households', 'population'])
      .default('households')
      .describe('Who asks, for accessibility'),
    compareStraight: z.boolean().default(true).describe('Draw circles, too, to compare with'),
    leastGapSquareMetres: z
      .number()
      .min(0)
      .max(1_000_000)
      .default(100)
      .describe('Smaller gaps are listed apart'),
  })
  .superRefine(({ walk, bands, unit, metresPerMinute }, context) => {
    for (const [at, value] of [walk, ...bands].entries())
      if (unit === 'minutes' && value * metresPerMinute > MOST_WALK_METRES)
        context.addIssue({
          code: 'custom',
          path: at === 0 ? ['walk'] : ['bands', at - 1],
          message: `is more than ${MOST_WALK_METRES} metres at this speed`,
        })
  })
export type FacilityParams = z.infer<typeof facilityParamsSchema>

export const toMetres = (
  value: number,
  { unit, metresPerMinute }: Pick<FacilityParams, 'unit' | 'metresPerMinute'>,
): number => (unit === 'minutes' ? value * metresPerMinute : value)

const known = () => z.number().nullable()
/** Of a set of buildings. Sums are null where there are buildings and none has a figure. */
const coverCounts = {
  buildings: z.int(),
  coveredBuildings: z.int(),
  households: known(),
  coveredHouseholds: known(),
  householdsUnknown: z.int().describe('Buildings without a figure'),
  population: known(),
  coveredPopulation: known(),
  populationUnknown: z.int().describe('Buildings without a figure'),
}
const coverCountsSchema = z.object(coverCounts)
export type CoverCounts = z.infer<typeof coverCountsSchema>

const cellRowSchema = z.object({
  ...coverCounts,
  level: z.enum(CELL_LAYERS),
  id: z.int(),
  code: z.string(),
  name: z.string(),
  accessibility: known().describe('Mean over who asks: Σ P_i A_i ÷ Σ P_i'),
})
export type CoverCellRow = z.infer<typeof cellRowSchema>

export const facilityResultSchema = z.object({
  limitMetres: z.number(),
  accessMetres: z.number(),
  stepMetres: z.number().describe('To so many metres areas are drawn'),
  facilities: z.object({
    counted: z.int(),
    onStreets: z.int(),
    planned: z.int().describe('Of those counted: not in service yet'),
  }),
  total: coverCountsSchema,
  straight: coverCountsSchema.describe('The same as the crow flies, to compare with; no answer of its own'),
  bands: z.array(z.object({ ...coverCounts, metres: z.number(), squareMetres: z.number() })),
  area: z.object({
    squareMetres: z.number(),
    coveredSquareMetres: z.number(),
    gapSquareMetres: z.number().describe('With slivers'),
    straightSquareMetres: known(),
    gaps: z.int(),
    slivers: z.int(),
    sliverSquareMetres: z.number(),
  }),
  gaps: z.array(
    z.object({
      number: z.int(),
      squareMetres: z.number(),
      buildings: z.int(),
      households: known(),
      population: known(),
      hazards: z.int(),
      nearestMetres: known(),
      cellCode: z.string().nullable(),
      cellName: z.string().nullable(),
      lngLat: z.tuple([z.number(), z.number()]),
    }),
  ),
  streets: z.object({ metres: z.number(), reachedMetres: z.number() }),
  distances: z
    .object({
      binMetres: z.number(),
      buildings: z.array(z.int()),
      households: z.array(z.number()),
      beyond: z.int().describe('Buildings farther than the last bin'),
      none: z.int().describe('Buildings from which no street leads to any'),
    })
    .describe('To the nearest'),
  overlap: z
    .array(z.int())
    .describe('Buildings by how many facilities reach them; the last: so many or more'),
  accessibility: z.object({
    supply: z.enum(['capacity', 'each']).describe('What a facility can serve: its capacity, or each as one'),
    supplied: z.number().describe('Σ S_j over facilities that somebody asks for'),
    used: z.number().describe('Σ P_i A_i'),
    demand: z.number().describe('Σ P_i'),
    mean: known().describe('Σ P_i A_i ÷ Σ P_i'),
  }),
  cells: z.object({
    rows: z.array(cellRowSchema).describe('By level, the most uncovered first'),
    totals: z.record(z.enum(CELL_LAYERS), z.int()),
  }),
})
export type FacilityResult = z.infer<typeof facilityResultSchema>
export type CoverGap = FacilityResult['gaps'][number]
