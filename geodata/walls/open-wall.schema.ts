import { z } from 'zod'
import { isoDateTime, text } from '../shared/fields.ts'
import { lngLat } from '../shared/wire.schema.ts'
import { wallName } from './source.schema.ts'

/** What an open wall says of itself, every minute and when it changes. */
export const wallStatusSchema = z
  .strictObject({
    wall: z.uuid().describe('Made by the page when it opens; two screens of one name are two walls'),
    name: wallName(),
    layout: wallName().nullable().default(null),
    pageBuild: z
      .string()
      .regex(/^[\w.-]{0,40}$/)
      .default(''),
    screen: z.strictObject({
      widthPixels: z.int().min(1).max(60_000),
      heightPixels: z.int().min(1).max(60_000),
    }),
    problem: text(300).nullable().default(null).describe('What is wrong with it, for people to read'),
  })
  .meta({ id: 'WallStatus' })
export type WallStatus = z.infer<typeof wallStatusSchema>

export const openWallSchema = z
  .object({
    wall: z.string(),
    name: z.string(),
    layout: z.string().nullable(),
    who: z.string().describe('User name, or token: and the name of the token'),
    pageBuild: z.string(),
    isCurrentBuild: z.boolean().nullable().describe('null: it is not known what the server holds'),
    screen: z.object({ widthPixels: z.int(), heightPixels: z.int() }),
    problem: z.string().nullable(),
    openedAt: z.string(),
    seenAt: z.string(),
    isOpen: z.boolean().describe('It was seen within the last 90 seconds'),
  })
  .meta({ id: 'OpenWall' })
export type OpenWall = z.infer<typeof openWallSchema>

export const openWallsSchema = z.object({
  walls: z.array(openWallSchema).describe('Seen within the last week, the last seen first'),
})

export const MOST_PUSH_HOURS = 24

const until = isoDateTime().describe('At most 24 hours from now; what comes later is not shown any more')

/** What a supervisor sends to walls. */
export const pushSchema = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('message'),
      text: text(200).min(1),
      isUrgent: z.boolean().default(false),
      until,
    }),
    z.strictObject({
      kind: z.literal('view'),
      layout: wallName().nullable().default(null).describe('Another layout meanwhile'),
      center: lngLat.nullable().default(null),
      zoom: z.number().min(0).max(22).nullable().default(null),
      hazardId: z.int().min(1).max(Number.MAX_SAFE_INTEGER).nullable().default(null),
      until,
    }),
    z.strictObject({ kind: z.literal('reload') }),
    z.strictObject({ kind: z.literal('clear') }).describe('Takes back messages and views'),
  ])
  .meta({ id: 'WallPush' })
export type WallPush = z.infer<typeof pushSchema>

export const pushRequestSchema = z.strictObject({
  walls: z.union([z.literal('all'), z.array(wallName()).min(1).max(100)]),
  push: pushSchema,
})
export type PushRequest = z.infer<typeof pushRequestSchema>

/** The event `wall` of the stream of a wall that is meant. `until` of a reload or clear is ten minutes later. */
export const wallPushSchema = z
  .object({ by: z.string(), at: z.string(), until: z.string(), push: pushSchema })
  .meta({ id: 'WallPushed' })
export type WallPushed = z.infer<typeof wallPushSchema>

export const pushedSchema = z
  .object({
    eventId: z.int(),
    walls: z.array(z.string()).describe('Names of the open walls that are meant'),
  })
  .meta({ id: 'WallPushAnswer' })
