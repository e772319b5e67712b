import { z } from 'zod'
import { HAZARD_STATES, SEVERITIES } from '../hazards/hazard.schema.ts'
import { lngLat } from '../shared/wire.schema.ts'
import { OUTCOME_NAMES } from './walk.schema.ts'

/** What became of a stop. `open`: nobody was there yet, and the shift is not over. */
export const STOP_STATES = {
  visited: { zh: '已访', en: 'Visited' },
  probable: { zh: '可能到访', en: 'Probable' },
  unknown: { zh: '无法判断', en: 'Unknown' },
  missed: { zh: '漏访', en: 'Missed' },
  open: { zh: '待访', en: 'To come' },
} as const
export type StopState = keyof typeof STOP_STATES
export const STOP_STATE_NAMES = Object.keys(STOP_STATES) as [StopState, ...StopState[]]

const share = () => z.number().nullable().describe('0 to 1; null: of nothing')

export const walkCountsSchema = z.object({
  planned: z.int().describe('Visits; points to pass are not counted'),
  visited: z.int(),
  probable: z.int(),
  unknown: z.int(),
  missed: z.int(),
  open: z.int(),
  adherence: share().describe('visited of planned, 0 to 1; null: nothing was planned'),
  metres: z.number().describe('Walked along streets, as the track was matched'),
  offPlanMetres: z.number().describe('Of these, away from the planned way'),
  minutes: z.number().describe('On duty'),
  recordedMinutes: z.number().describe('Of these, with positions'),
  health: share().describe('recorded of on duty, 0 to 1; null: nobody was on duty'),
  timed: z.int().describe('Of the visited, those whose planned time is known'),
  onTime: z.int().describe('Of these, begun no more than 15 minutes before or after'),
  punctuality: share().describe('on time of timed, 0 to 1; null: nothing to compare'),
})
export type WalkCounts = z.infer<typeof walkCountsSchema>

export const runSummarySchema = z.object({
  id: z.int(),
  plan: z.object({ id: z.int(), version: z.int(), name: z.string() }),
  roundId: z.string(),
  team: z.object({ id: z.string(), name: z.string() }),
  person: z.string(),
  from: z.string().describe('The round’s own hours'),
  to: z.string(),
  begunAt: z.string(),
  endedAt: z.string().nullable(),
  isRoundGone: z.boolean().describe('The plan, as it is published now, does not have the round any more'),
  counts: walkCountsSchema,
})
export type RunSummary = z.infer<typeof runSummarySchema>

export const runsSchema = z.object({
  runs: z.array(runSummarySchema).describe('The latest first'),
  next: z.string().nullable(),
})

export const foundVisitSchema = z.object({
  source: z.enum(['check-in', 'track', 'manual']),
  state: z.enum(['visited', 'probable', 'unknown']),
  startedAt: z.string(),
  endedAt: z.string(),
})

export const runStopSchema = z.object({
  id: z.string(),
  checkpointId: z.int().nullable(),
  name: z.string(),
  lngLat,
  plannedAt: z.string().nullable().describe('null: there was no way, so no time'),
  dwellMinutes: z.number(),
  state: z.enum(STOP_STATE_NAMES).nullable().describe('null: a point to pass'),
  visits: z.array(foundVisitSchema),
  records: z.array(
    z.object({ at: z.string(), outcome: z.enum(OUTCOME_NAMES).nullable(), count: z.int(), note: z.string() }),
  ),
})
export type RunStop = z.infer<typeof runStopSchema>

/** A hazard that was reported on a walk, as it is now. */
export const walkReportSchema = z.object({
  id: z.string(),
  at: z.string(),
  hazardId: z.int(),
  lngLat,
  title: z.string().nullable().describe('null: the hazard is gone, or out of reach'),
  severity: z.enum(SEVERITIES).nullable(),
  state: z.enum(HAZARD_STATES).nullable(),
})
export type WalkReport = z.infer<typeof walkReportSchema>

/** One person's walk of one round, against the plan. */
export const runSchema = runSummarySchema.extend({
  duty: z.array(z.object({ from: z.string(), to: z.string().nullable() })).describe('Times on duty'),
  stops: z.array(runStopSchema),
  plannedPath: z.array(lngLat),
  reports: z.array(walkReportSchema),
  offPlan: z
    .array(
      z.object({
        checkpointId: z.int(),
        name: z.string(),
        lngLat,
        startedAt: z.string(),
        endedAt: z.string(),
      }),
    )
    .describe('Visits, by the track, of sites that the round does not have'),
  positions: z
    .array(z.tuple([z.number(), z.number(), z.number()]))
    .describe('lng, lat, seconds since begunAt; in order. Empty once their time to be kept is over'),
  matched: z
    .array(
      z.object({
        from: z.string(),
        to: z.string(),
        coordinates: z.array(z.tuple([z.number(), z.number(), z.number()])),
      }),
    )
    .describe('Walked along streets without a break: lng, lat, seconds since begunAt'),
  positionsKeptUntil: z.string().nullable().describe('null: they are gone'),
})
export type Run = z.infer<typeof runSchema>

export const walkSummarySchema = z.object({
  from: z.string(),
  to: z.string(),
  total: walkCountsSchema,
  rounds: z.array(
    z.object({
      plan: z.object({ id: z.int(), version: z.int(), name: z.string() }),
      roundId: z.string(),
      team: z.object({ id: z.string(), name: z.string() }),
      day: z.string().describe('China Standard Time, on which the round begins'),
      from: z.string(),
      to: z.string(),
      people: z.array(z.string()).describe('Who was on duty'),
      counts: walkCountsSchema,
      missed: z
        .array(
          z.object({
            stopId: z.string(),
            checkpointId: z.int(),
            name: z.string().nullable().describe('null: the site is gone, or out of reach'),
            lngLat,
          }),
        )
        .describe('Sites that nobody was at: as far as their norms ask for it, they are due again'),
    }),
  ),
  reports: z
    .array(
      walkReportSchema.extend({
        runId: z.int(),
        person: z.string(),
        team: z.object({ id: z.string(), name: z.string() }),
      }),
    )
    .describe('Hazards reported on walks of these rounds, in order of time'),
  teams: z.array(z.object({ name: z.string(), counts: walkCountsSchema })),
  days: z.array(z.object({ day: z.string(), counts: walkCountsSchema })),
})
export type WalkSummary = z.infer<typeof walkSummarySchema>

const whoseWalk = {
  runId: z.int(),
  person: z.string(),
  team: z.object({ id: z.string(), name: z.string() }),
  plan: z.object({ id: z.int(), name: z.string() }),
}

export const tracksSchema = z.object({
  walks: z
    .array(
      z.object({
        ...whoseWalk,
        begunAt: z.string(),
        lines: z
          .array(z.array(z.tuple([z.number(), z.number(), z.number()])))
          .describe(
            'Walked along streets, each without a break: lng, lat, seconds since begunAt. None: nothing was recorded, or it is no longer kept',
          ),
      }),
    )
    .describe('The latest first'),
  isCut: z.boolean().describe('There were more than can be told: ask for fewer days'),
})
export type Tracks = z.infer<typeof tracksSchema>

export const passedSchema = z.object({
  passes: z
    .array(
      z.object({
        ...whoseWalk,
        from: z.string(),
        to: z.string(),
        positions: z.int(),
      }),
    )
    .describe('Times within the area, in order; positions further apart than two minutes are two times'),
  isCut: z.boolean().describe('There were more than can be told'),
})
export type Passed = z.infer<typeof passedSchema>
