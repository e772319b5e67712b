import { z } from 'zod'
import { areaCodesSchema } from '../access/area.schema.ts'
import { isoDateTime, name, text } from '../shared/fields.ts'

/** A patrol plan as it is sent and stored. Instants are ISO 8601 with an offset; positions [lng, lat] in EPSG:4326. */

export const PLAN_STATES = {
  draft: { zh: '草稿', en: 'Draft' },
  published: { zh: '已发布', en: 'Published' },
  closed: { zh: '已结束', en: 'Closed' },
} as const
export type PlanState = keyof typeof PLAN_STATES
export const PLAN_STATE_NAMES = Object.keys(PLAN_STATES) as [PlanState, ...PlanState[]]

/** Why nobody visits a site. `area`: no team may go there; `dropped`: it is not worth the way. */
export const UNSERVED_REASONS = ['unreachable', 'window', 'time', 'area', 'dropped'] as const
export type UnservedReason = (typeof UNSERVED_REASONS)[number]

export const MAX_TEAMS = 100
/** Points to pass count: walking every street of an area takes many. */
export const MAX_STOPS_IN_ROUND = 2000
export const MAX_STOPS = 10_000
export const MAX_ROUNDS = 1000
/** A shift, or a week of them. */
export const MAX_PLAN_HOURS = 24 * 8

const HOUR_MS = 3_600_000

export const positionSchema = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
  .meta({ description: 'longitude, latitude; degrees', minItems: 2, maxItems: 2 })

const teamId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,16}$/, 'is not 1 to 16 letters a–z, digits, hyphens or underscores')

export const teamSchema = z
  .strictObject({
    id: teamId.describe('Short, as on the map: A'),
    name: name().min(1),
    people: z.array(text(32).min(1)).max(30).default([]).describe('User names; of staff accounts alone'),
    metresPerMinute: z.number().min(10).max(400).default(70),
    from: isoDateTime(),
    to: isoDateTime(),
    start: positionSchema.nullable().default(null).describe('null: wherever the round begins'),
    end: positionSchema.nullable().default(null).describe('null: wherever the round ends'),
    break: z
      .strictObject({
        from: isoDateTime().describe('It begins from here'),
        to: isoDateTime().describe('to here, wherever the team is'),
        minutes: z.number().positive().max(480),
      })
      .nullable()
      .default(null),
    area: areaCodesSchema.default([]).describe('Codes of cells; empty: wherever the plan goes'),
  })
  .refine(({ from, to }) => Date.parse(from) < Date.parse(to), {
    path: ['to'],
    message: 'is not after from',
  })
  .refine((team) => team.break === null || Date.parse(team.break.from) <= Date.parse(team.break.to), {
    path: ['break', 'to'],
    message: 'is before from',
  })
export type Team = z.infer<typeof teamSchema>

export const stopSchema = z.strictObject({
  id: z.uuid(),
  checkpointId: z
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .nullable()
    .describe('null: a point to pass, not a visit'),
  lngLat: positionSchema,
  dwellMinutes: z.number().min(0).max(1440),
  notBefore: isoDateTime()
    .nullable()
    .optional()
    .describe('The visit waits until here: another came before it, or chance chose the time'),
  locked: z.boolean().default(false).describe('Generating leaves it in its round'),
})
export type Stop = z.infer<typeof stopSchema>

export const LEG_KINDS = ['street', 'free'] as const
export type LegKind = (typeof LEG_KINDS)[number]

export const roundSchema = z
  .strictObject({
    id: z.uuid(),
    teamId,
    locked: z.boolean().default(false).describe('Generating leaves the whole round as it is'),
    from: isoDateTime()
      .nullable()
      .default(null)
      .describe(
        'When this round is walked, if not in the team’s own hours: another day of a week, a night shift',
      ),
    to: isoDateTime().nullable().default(null),
    stops: z.array(stopSchema).max(MAX_STOPS_IN_ROUND),
    legs: z
      .array(z.enum(LEG_KINDS))
      .max(MAX_STOPS_IN_ROUND + 1)
      .describe('One more than stops: from the team’s start, between stops, to its end'),
  })
  .refine(({ stops, legs }) => legs.length === stops.length + 1, {
    path: ['legs'],
    message: 'are not one more than the stops',
  })
  .refine(
    ({ from, to }) =>
      (from === null) === (to === null) && (!from || !to || Date.parse(from) < Date.parse(to)),
    { path: ['to'], message: 'is not after from, or one of the two is missing' },
  )
export type Round = z.infer<typeof roundSchema>

export const unservedSchema = z.strictObject({
  checkpointId: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
  reason: z.enum(UNSERVED_REASONS),
  visit: z.int().min(1).max(1000).default(1).describe('Which of its visits in the shift'),
})
export type Unserved = z.infer<typeof unservedSchema>

export const PLAN_KINDS = {
  visit: { zh: '走访巡查点', en: 'Visit sites' },
  streets: { zh: '走遍街巷', en: 'Walk every street' },
  border: { zh: '沿边界巡查', en: 'Walk a border' },
} as const
export type PlanKind = keyof typeof PLAN_KINDS
export const PLAN_KIND_NAMES = Object.keys(PLAN_KINDS) as [PlanKind, ...PlanKind[]]

const share = () => z.number().min(0).max(1)

export const generationSettingsSchema = z.strictObject({
  kind: z.enum(PLAN_KIND_NAMES).default('visit'),
  seconds: z
    .number()
    .min(0)
    .max(300)
    .default(10)
    .describe('How long to search; 0: the first plan that holds'),
  seed: z.int().min(0).max(0x7fffffff).default(1).describe('The same seed and iterations give the same plan'),
  iterations: z
    .int()
    .min(0)
    .max(10_000_000)
    .optional()
    .describe('In place of seconds, for the same plan on any machine'),
  balance: share()
    .default(0.3)
    .describe('0: the shortest ways, whoever walks them; 1: equal work counts as much'),
  unpredictability: share()
    .default(0)
    .describe('How much the times of visits are varied between plans of other seeds'),
  keep: z.enum(['locked', 'none']).default('locked').describe('Whether locked stops and rounds stay'),
})
export type GenerationSettings = z.infer<typeof generationSettingsSchema>

export const generatedSchema = z.strictObject({
  settings: generationSettingsSchema,
  seconds: z.number().min(0).describe('How long it searched'),
  iterations: z.int().min(0),
  at: isoDateTime(),
})

const MOST_UNSERVED = 10_000

/** What is sent to make or replace a plan. */
export const planInputSchema = z
  .strictObject({
    name: name().min(1),
    from: isoDateTime().describe('The shift'),
    to: isoDateTime(),
    area: areaCodesSchema.default([]).describe('Codes of the cells it is for; empty: all in reach'),
    teams: z.array(teamSchema).max(MAX_TEAMS).default([]),
    rounds: z.array(roundSchema).max(MAX_ROUNDS).default([]),
    unserved: z.array(unservedSchema).max(MOST_UNSERVED).default([]),
    generated: generatedSchema.nullable().default(null),
    note: text(2000).default(''),
  })
  .superRefine((plan, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message })
    const hours = (Date.parse(plan.to) - Date.parse(plan.from)) / HOUR_MS
    if (!(hours > 0)) fault(['to'], 'is not after from')
    else if (hours > MAX_PLAN_HOURS) fault(['to'], `is more than ${MAX_PLAN_HOURS} hours after from`)
    const teams = new Set<string>()
    for (const [at, { id }] of plan.teams.entries()) {
      if (teams.has(id)) fault(['teams', at, 'id'], `${id} is the id of two teams`)
      teams.add(id)
    }
    const ids = new Set<string>()
    let stops = 0
    for (const [at, round] of plan.rounds.entries()) {
      stops += round.stops.length
      if (!teams.has(round.teamId)) fault(['rounds', at, 'teamId'], `there is no team ${round.teamId}`)
      for (const { id } of [round, ...round.stops]) {
        if (ids.has(id)) fault(['rounds', at], `${id} is the id of two rounds or stops`)
        ids.add(id)
      }
    }
    if (stops > MAX_STOPS) fault(['rounds'], `have ${stops} stops; at most ${MAX_STOPS} fit into a plan`)
  })
export type PlanInput = z.infer<typeof planInputSchema>

export const planSchema = z
  .object({
    ...planInputSchema.shape,
    id: z.int(),
    version: z.int().describe('Send it back as If-Match: "version"'),
    state: z.enum(PLAN_STATE_NAMES),
    createdBy: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
    publishedAt: z.string().nullable(),
    publishedVersion: z.int().nullable().describe('Which version those who walk see'),
  })
  .meta({ id: 'PatrolPlan' })
export type Plan = z.infer<typeof planSchema>

/** A plan in a list. */
export const planSummarySchema = z.object({
  id: z.int(),
  version: z.int(),
  name: z.string(),
  state: z.enum(PLAN_STATE_NAMES),
  from: z.string(),
  to: z.string(),
  teams: z.int(),
  rounds: z.int(),
  stops: z.int().describe('Visits; points to pass are not counted'),
  unserved: z.int(),
  people: z.array(z.string()),
  createdBy: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  publishedAt: z.string().nullable(),
  publishedVersion: z.int().nullable(),
})
export type PlanSummary = z.infer<typeof planSummarySchema>

/** A version that was published; they stay for good. */
export const planVersionSchema = z.object({
  version: z.int(),
  publishedAt: z.string(),
  publishedBy: z.string(),
  name: z.string(),
  stops: z.int(),
})
export type PlanVersion = z.infer<typeof planVersionSchema>
