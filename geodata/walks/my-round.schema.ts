import { z } from 'zod'
import { periodSchema } from '../patrols/due.schema.ts'
import { lngLat } from '../shared/wire.schema.ts'
import { OUTCOME_NAMES } from './walk.schema.ts'

export const myStopSchema = z.object({
  id: z.string(),
  checkpointId: z.int().nullable().describe('null: a point to pass'),
  name: z.string().describe('Of a point to pass: team and number'),
  siteType: z.string().nullable(),
  risk: z.string().nullable(),
  lngLat,
  dwellMinutes: z.number(),
  arrivesAt: z.string(),
  startsAt: z.string(),
  leavesAt: z.string(),
  windows: z.array(periodSchema).nullable().describe('When it is open in the shift; null: around the clock'),
  checkedIn: z.enum(['visited', 'probable']).nullable().describe('What the server has of me'),
  records: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      outcome: z.enum(OUTCOME_NAMES).nullable(),
      count: z.int(),
      note: z.string(),
    }),
  ),
})
export type MyStop = z.infer<typeof myStopSchema>

/** A round as someone on the way needs it without a network. */
export const myRoundSchema = z.object({
  roundId: z.string(),
  plan: z.object({ id: z.int(), version: z.int(), name: z.string(), note: z.string() }),
  team: z.object({ id: z.string(), name: z.string(), people: z.array(z.string()) }),
  from: z.string().describe('When it is to be walked'),
  to: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  metres: z.number(),
  start: lngLat.nullable(),
  end: lngLat.nullable(),
  stops: z.array(myStopSchema),
  path: z.array(lngLat).describe('The whole way; fewer than two positions: none'),
  duty: z
    .object({ begunAt: z.string(), endedAt: z.string().nullable() })
    .nullable()
    .describe('The last time on duty that the server knows of; null: not begun'),
})
export type MyRound = z.infer<typeof myRoundSchema>

export const myRoundsSchema = z.object({
  at: z.string().describe('The server’s clock'),
  rounds: z.array(myRoundSchema).describe('Now or in the next 24 hours, the first first'),
})
export type MyRounds = z.infer<typeof myRoundsSchema>
