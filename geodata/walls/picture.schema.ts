import { z } from 'zod'
import { HAZARD_STATES, SEVERITIES } from '../hazards/hazard.schema.ts'
import { CELL_LAYERS } from '../shared/codes.ts'
import { bbox, lngLat } from '../shared/wire.schema.ts'
import { alarmListSchema } from './alarm.schema.ts'
import { WALL_FIGURE_IDS, wallLayoutInputSchema } from './layout.schema.ts'
import { sourceSchema } from './source.schema.ts'

/** Why a figure has no value, or a trend nothing to compare with. */
export const UNKNOWN_REASONS = {
  'no-sites': { zh: '范围内没有巡查点', en: 'There is no patrol site here' },
  'nothing-due': { zh: '今日没有应巡点位', en: 'No site is due today' },
  'no-history': { zh: '当时尚无记录', en: 'Nothing was recorded then' },
  'nothing-reached': { zh: '令牌看不到这个范围', en: 'The token does not reach this area' },
} as const satisfies Record<string, { zh: string; en: string }>
export type UnknownReason = keyof typeof UNKNOWN_REASONS
const reason = z.enum(Object.keys(UNKNOWN_REASONS) as [UnknownReason, ...UnknownReason[]])

const trend = z
  .object({
    at: z.string(),
    value: z.number().nullable().describe('What the figure was then; null: unknown'),
  })
  .describe('The same moment of another day')

export const wallFigureSchema = z
  .object({
    id: z.enum(WALL_FIGURE_IDS),
    value: z.number().nullable().describe('Shares from 0 to 1; null: unknown, which is not zero'),
    of: z.int().nullable().describe('Of how many the value counts; of a share the numerator'),
    outOf: z.int().nullable().describe('Denominator: open hazards, sites, sites due today'),
    target: z.number().nullable(),
    isOff: z.boolean().describe('It misses its target'),
    yesterday: trend,
    lastWeek: trend,
    unknown: reason.nullable().describe('Why there is no value'),
  })
  .meta({ id: 'WallFigure' })
export type WallFigure = z.infer<typeof wallFigureSchema>

export const wallHazardSchema = z
  .object({
    id: z.int(),
    lngLat,
    severity: z.enum(SEVERITIES),
    state: z.enum(HAZARD_STATES),
    title: z.string(),
    reportedAt: z.string(),
    dueAt: z.string().nullable(),
    gridCode: z.string().nullable(),
    gridName: z.string().nullable(),
    owner: z.string().nullable().describe('Department that has it'),
    since: z.string().describe('When it came into its state'),
  })
  .meta({ id: 'WallHazard' })
export type WallHazard = z.infer<typeof wallHazardSchema>

/** A place on the tour. */
export const tourStopSchema = z
  .object({
    layer: z.enum(CELL_LAYERS),
    id: z.int(),
    code: z.string(),
    name: z.string(),
    bbox,
    open: z.int(),
    overdue: z.int(),
    dueSoon: z.int(),
    worstKey: z.string().nullable().describe('Of the worst unanswered alarm in it'),
  })
  .meta({ id: 'WallTourStop' })
export type TourStop = z.infer<typeof tourStopSchema>

/** People on patrol in a square of some 300 m, never where exactly. */
export const peopleSquareSchema = z.object({
  lngLat: lngLat.describe('Middle of the square'),
  count: z.int(),
  at: z.string().describe('Of the newest position, to the minute'),
})

export const MOST_WALL_HAZARDS = 1000
export const MOST_TOUR_STOPS = 60
export const MOST_PEOPLE_SQUARES = 200

/** All that a wall shows, at one moment. */
export const wallPictureSchema = z
  .object({
    at: z.string().describe('Time of the server'),
    eventId: z.int().describe('All that happened up to this event is in it; the stream goes on after it'),
    layout: wallLayoutInputSchema
      .extend({ id: z.int().nullable(), version: z.int().nullable() })
      .describe('The one that was asked for, or the standard one, whose id is null'),
    area: z.object({
      names: z
        .array(z.string())
        .max(20)
        .describe('Of the cells, or of those that are reached; none: all that there is'),
      count: z.int().describe('Of the cells'),
      bbox: bbox.nullable().describe('null: there is nothing'),
    }),
    figures: z.array(wallFigureSchema),
    alarms: alarmListSchema,
    lastAnswer: z
      .object({
        at: z.string(),
        by: z.string(),
        title: z.string().describe('Of the hazard or site'),
      })
      .nullable()
      .describe(
        'The last alarm of a hazard or site here that was acknowledged or shelved; null: none within 90 days',
      ),
    hazards: z.array(wallHazardSchema).max(MOST_WALL_HAZARDS).describe('Open ones, the most urgent first'),
    hazardCount: z.int().describe('Of all open ones: more than are listed when there are many'),
    tour: z.array(tourStopSchema).max(MOST_TOUR_STOPS),
    people: z.array(peopleSquareSchema).max(MOST_PEOPLE_SQUARES),
    sources: z.array(sourceSchema),
  })
  .meta({ id: 'WallPicture' })
export type WallPicture = z.infer<typeof wallPictureSchema>
