import { z } from 'zod'
import { areaCodesSchema } from '../access/area.schema.ts'
import { clockTime, isoDate, name } from '../shared/fields.ts'
import { JOB_STATES } from './generation.schema.ts'
import {
  generatedSchema,
  generationSettingsSchema,
  MAX_TEAMS,
  roundSchema,
  teamSchema,
  UNSERVED_REASONS,
  unservedSchema,
} from './plan.schema.ts'
import { minutesOfTeam } from './week-days.ts'

/** From the first day of a week to its last. */
export const MAX_WEEK_DAYS = 14
const DAY_MS = 86_400_000

const weekTeamSchema = z.strictObject({
  ...teamSchema.shape,
  from: clockTime().describe('In the shift'),
  to: clockTime(),
  break: z
    .strictObject({
      from: clockTime().describe('It begins from here'),
      to: clockTime().describe('to here, wherever the team is'),
      minutes: z.number().positive().max(480),
    })
    .nullable()
    .default(null),
})

const { seconds, seed, iterations, balance, unpredictability } = generationSettingsSchema.shape

/** What is sent to have a week planned: the same shift on each of its days. */
export const weekInputSchema = z
  .strictObject({
    name: name().min(1).max(100).describe('Each plan has its date behind it'),
    days: z
      .array(isoDate())
      .min(1)
      .max(MAX_WEEK_DAYS)
      .describe(`On which the shift begins; the last at most ${MAX_WEEK_DAYS - 1} days after the first`),
    from: clockTime().describe('The shift; an end at or before its beginning is on the next day'),
    to: clockTime(),
    offset: z
      .string()
      .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'is not a difference from UTC such as +08:00')
      .default('+08:00')
      .describe('Of all clock times here'),
    area: areaCodesSchema.default([]).describe('Codes of the cells it is for; empty: all in reach'),
    teams: z.array(weekTeamSchema).min(1).max(MAX_TEAMS),
    seconds: seconds.describe('How long to search, for all days together'),
    seed,
    iterations: iterations.describe('Of each day, in place of seconds'),
    balance,
    unpredictability,
  })
  .superRefine((week, context) => {
    const fault = (path: (string | number)[], message: string) =>
      context.addIssue({ code: 'custom', path, message })
    const days = week.days.map((day) => Date.parse(day))
    if (new Set(days).size < days.length) fault(['days'], 'name a day twice')
    const span = (Math.max(...days) - Math.min(...days)) / DAY_MS + 1
    if (span > MAX_WEEK_DAYS)
      fault(['days'], `span ${span} days; at most ${MAX_WEEK_DAYS} are planned at once`)
    const teams = new Set<string>()
    for (const [at, team] of week.teams.entries()) {
      if (teams.has(team.id)) fault(['teams', at, 'id'], `${team.id} is the id of two teams`)
      teams.add(team.id)
      if (!minutesOfTeam(week, team))
        fault(['teams', at], `has hours or a break that do not lie in the shift ${week.from}–${week.to}`)
    }
  })
export type WeekInput = z.infer<typeof weekInputSchema>

/**
 * Why visits of a week found no day. `days`: the site is open on too few; `separation`: those are too close together;
 * `too-long`: one visit with its way is longer than any shift. The others as in a plan.
 */
export const WEEK_REASONS = ['days', 'separation', 'too-long', ...UNSERVED_REASONS] as const
export type WeekReason = (typeof WEEK_REASONS)[number]

const weekDaySchema = z.object({
  date: z.string(),
  from: z.string(),
  to: z.string(),
  visits: z.int(),
  metres: z.number().describe('Of all ways'),
  rounds: z.array(roundSchema),
  unserved: z.array(unservedSchema),
  generated: generatedSchema,
})
export type WeekDay = z.infer<typeof weekDaySchema>

/** What the search for a week found: each day becomes a draft when it is stored. */
export const weekProposalSchema = z.object({
  days: z.array(weekDaySchema),
  wanted: z.int().describe('Visits that the norms ask for on these days'),
  planned: z.int(),
  missed: z
    .array(
      z.object({
        checkpointId: z.int(),
        name: z.string(),
        visits: z.int(),
        reason: z.enum(WEEK_REASONS),
      }),
    )
    .describe('Sites with fewer visits than wanted'),
})
export type WeekProposal = z.infer<typeof weekProposalSchema>

/** A search for a week. It belongs to whoever started it; nothing is stored but what that person asks for. */
export const weekJobSchema = z
  .object({
    id: z.uuid(),
    week: weekInputSchema,
    state: z.enum(JOB_STATES),
    progress: z.number().describe('0 to 1, of the time it was given'),
    revision: z.int().describe('Grows with each better proposal'),
    proposal: weekProposalSchema.nullable().describe('The best so far; also after a cancel'),
    problem: z.object({ code: z.string(), detail: z.string() }).nullable().describe('Why it failed'),
    planIds: z.array(z.int()).nullable().describe('The drafts that were made of it'),
    createdBy: z.string(),
    createdAt: z.string(),
    updatedAt: z.string(),
  })
  .meta({ id: 'PatrolWeekJob' })
export type WeekJob = z.infer<typeof weekJobSchema>
