import { z } from 'zod'
import type { SEVERITIES } from '../../hazards/hazard.schema.ts'
import type { RISKS } from '../../patrols/site-types.ts'
import { CELL_LAYERS } from '../../shared/codes.ts'
import { isoDateTime, name } from '../../shared/fields.ts'

const HOUR_MS = 3_600_000
export const MAX_PATROL_DAYS = 62
const MAX_PLANS = 50
const MAX_TEAMS = 50

const periodSchema = z
  .strictObject({ from: isoDateTime(), to: isoDateTime() })
  .refine(({ from, to }) => Date.parse(to) > Date.parse(from), {
    path: ['to'],
    message: 'is not after from',
  })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= MAX_PATROL_DAYS * 24 * HOUR_MS, {
    path: ['to'],
    message: `is more than ${MAX_PATROL_DAYS} days after from`,
  })
export type PatrolPeriod = z.infer<typeof periodSchema>

/** `walked`: what was done. `planned`: rounds of plans as though they were walked, a forecast. */
export const PATROL_SOURCES = ['walked', 'planned'] as const
/** `places`: by site and cell. `streets`: also by street, place and team, which shows where people walked. */
export const PATROL_DETAILS = ['places', 'streets'] as const

const weight = () => z.number().min(0).max(100)
const hours = () => z.number().min(0.1).max(8760)

/** Examples; nothing official. */
export const SITE_WEIGHTS = { low: 1, medium: 2, high: 3 } as const satisfies Record<
  (typeof RISKS)[number],
  number
>
export const SEVERITY_WEIGHTS = { low: 1, medium: 2, high: 3, critical: 5 } as const satisfies Record<
  (typeof SEVERITIES)[number],
  number
>
/** So long the place of an open hazard may go without anybody looking. */
export const HAZARD_HOURS = { low: 168, medium: 72, high: 24, critical: 12 } as const satisfies Record<
  (typeof SEVERITIES)[number],
  number
>

export const patrolParamsSchema = z.strictObject({
  source: z.enum(PATROL_SOURCES).default('walked'),
  detail: z.enum(PATROL_DETAILS).default('places'),
  period: periodSchema,
  compare: periodSchema.nullable().default(null).describe('A second period, for the same figures'),
  plans: z
    .array(z.int().min(1).max(Number.MAX_SAFE_INTEGER))
    .max(MAX_PLANS)
    .default([])
    .describe('Of a forecast; none: all that are published'),
  teams: z.array(name().min(1)).max(MAX_TEAMS).default([]).describe('Names; none: all'),
  siteWeights: z
    .strictObject({ low: weight(), medium: weight(), high: weight() })
    .default(SITE_WEIGHTS)
    .describe('By the risk of a site'),
  severityWeights: z
    .strictObject({ low: weight(), medium: weight(), high: weight(), critical: weight() })
    .default(SEVERITY_WEIGHTS),
  hazardHours: z
    .strictObject({ low: hours(), medium: hours(), high: hours(), critical: hours() })
    .default(HAZARD_HOURS)
    .describe('How long nobody may have been at an open hazard, by severity'),
})
export type PatrolParams = z.infer<typeof patrolParamsSchema>

const figure = () => z.number().nullable().describe('null: of nothing')
const ratioSchema = z.object({ value: figure(), part: z.number(), of: z.number() })
/** A share with what it is made of; null of nothing. */
export type Ratio = z.infer<typeof ratioSchema>

const effortSchema = z.object({ minutes: z.number(), metres: z.number() })

const hazardFiguresSchema = z.object({
  count: z.int().describe('Open at some time of the period'),
  watched: ratioSchema.describe('Weight × severity seen within the limit, of those open at the end'),
  unknown: z.number().describe('Of that weight, unknown'),
  exposureHours: z.number().describe('Weight × severity × hours over the limit'),
  unknownHours: z.number().describe('To be added if nobody was there while positions are missing'),
})
export type HazardFigures = z.infer<typeof hazardFiguresSchema>

/** Figures of some sites, with those of their cell or team where there are any. */
export const coverageFiguresSchema = z.object({
  sites: z.int(),
  states: z.object({ visited: z.int(), probable: z.int(), unknown: z.int(), unvisited: z.int() }),
  visits: z.int(),
  planned: ratioSchema.describe('Weight of the sites in plans / of all'),
  achieved: ratioSchema.describe('Weight of the sites visited / of all'),
  unknown: ratioSchema.describe('Weight of the sites of which it is unknown / of all'),
  achievedOfPlanned: ratioSchema,
  adherence: ratioSchema.describe('Stops of rounds that were visited / all'),
  unknownStops: z.int(),
  idleMeanHours: figure().describe('Σ gap² / 2|H|, by weight'),
  idleWorstHours: figure(),
  isWorstMore: z.boolean().describe('Nobody was there: it is longer in truth'),
  frequency: ratioSchema.describe('min(n, required) / required, by weight'),
  compliance: ratioSchema.describe('Open hours within the limit / all that are known, by weight'),
  unknownHours: z.number().describe('By weight; in neither part of compliance'),
  hazards: hazardFiguresSchema.nullable(),
  effort: effortSchema.nullable(),
  streets: ratioSchema.nullable().describe('Metres of streets walked / of all'),
})
export type CoverageFigures = z.infer<typeof coverageFiguresSchema>

export const cellRowSchema = z.object({
  id: z.int(),
  code: z.string(),
  name: z.string(),
  sites: z.int(),
  visited: z.int(),
  unknown: z.int(),
  planned: figure(),
  achieved: figure(),
  idleMeanHours: figure(),
  idleWorstHours: figure(),
  frequency: figure(),
  compliance: figure(),
  exposureHours: z.number(),
  minutes: z.number(),
  metres: z.number(),
  streets: figure(),
})
export type CellRow = z.infer<typeof cellRowSchema>

const levelSchema = z.object({
  layer: z.enum(CELL_LAYERS),
  rows: z.array(cellRowSchema),
  isCut: z.boolean(),
  outside: effortSchema.describe('Σ of all cells + this = total'),
})

const groupSchema = z.object({ key: z.string(), figures: coverageFiguresSchema })

export const periodResultSchema = z.object({
  from: z.string(),
  to: z.string().describe('The end of the period, or now'),
  boundariesAt: z.string().describe('The cells are those that were in force then'),
  total: coverageFiguresSchema,
  walks: z.int(),
  dutyMinutes: z.number(),
  recordedMinutes: z.number(),
  offPlanMetres: z.number(),
  offPlanVisits: z.int(),
  offStreetMetres: z.number(),
  guessing: z
    .object({ entropy: z.number(), most: z.number(), visits: z.int() })
    .nullable()
    .describe(
      'Entropy of the hours of the day in which visits begin / ln 24, by visits; `most`: reachable by as many',
    ),
  levels: z.array(levelSchema),
  types: z.array(groupSchema).describe('By site type'),
  teams: z.array(groupSchema).nullable().describe('null: not asked for'),
})
export type PeriodResult = z.infer<typeof periodResultSchema>

export const patrolResultSchema = z.object({
  source: z.enum(PATROL_SOURCES),
  first: periodResultSchema,
  second: periodResultSchema.nullable(),
})
export type PatrolResult = z.infer<typeof patrolResultSchema>
