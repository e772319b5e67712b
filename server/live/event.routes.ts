import { z } from '@hono/zod-openapi'
import { Problem } from '../../geodata/shared/problem.ts'
import { BEAT_SECONDS, wallName } from '../../geodata/walls/source.schema.ts'
import { may } from '../access/identity.ts'
import type { Deps } from '../platform/deps.ts'
import { route, router } from '../platform/route.ts'
import { createBeat } from './beat.ts'
import { eventStream, type WallReader } from './event-stream.ts'
import { lastEventId } from './events.store.ts'
import { createSelectEvents } from './scoped-events.ts'
import { pushesInForce } from './wall-events.store.ts'

const eventsRoute = route({
  method: 'get',
  path: '/api/v1/events',
  permission: 'read',
  seconds: Number.POSITIVE_INFINITY,
  summary: 'Changes as they happen, as Server-Sent Events',
  description:
    'Each message has the event’s id, its kind (put, delete, import, note) and JSON data {layer, featureId, version, box}. ' +
    'Of patrols: plan with {planId, version, change: put, publish, close or delete} and, for those who may see where ' +
    'people walked, walk with {planId, runId, change: begun, visit or ended}. ' +
    'A reader that comes back with Last-Event-ID gets what it missed; one that comes for the first time with after ' +
    'gets what has changed since that event, and Last-Event-ID wins over it. The kind reset means that it missed too ' +
    'much, or that its id is not of this database, and should load what it shows again. The kind alarm, {key, change}, tells ' +
    'that somebody answered an alarm. The kind campaign, {register, campaignId}, tells which of campaigns, premises, ' +
    'fire-watch, smoke-alarms, checklists, safety-norms to ask for again. A screen that says its name (wall) also hears beat (WallBeat) every so many ' +
    'seconds, whether or not the database answers, wall (WallPushed) when something is sent to walls of that name, and ' +
    'refused {code, detail} before the stream ends because its token was revoked.',
  request: {
    headers: z.object({ 'last-event-id': z.string().optional() }),
    query: z.object({
      after: z.string().optional(),
      wall: wallName().optional().describe('Name of the screen that listens'),
      beat: z.coerce
        .number()
        .min(BEAT_SECONDS.least)
        .max(BEAT_SECONDS.most)
        .default(BEAT_SECONDS.standard)
        .describe('Seconds between beats to a screen'),
    }),
  },
  responses: {
    200: { description: 'A stream without end', content: { 'text/event-stream': { schema: z.string() } } },
  },
})

export function eventRoutes({ database, outbox }: Deps) {
  const select = createSelectEvents(database.sql)
  const beat = createBeat(outbox)
  return router().openapi(eventsRoute, async (context) => {
    const lastSeen = context.req.header('last-event-id')
    const from = context.req.query('after')
    const after = lastSeen
      ? parseId('Last-Event-ID', lastSeen)
      : from
        ? parseId('after', from)
        : await lastEventId(database.sql)
    const { wall: name, beat: beatSeconds } = context.req.valid('query')
    const wall: WallReader | undefined =
      name === undefined
        ? undefined
        : {
            name,
            beatMs: beatSeconds * 1000,
            beat: () => beat(beatSeconds),
            // One that comes back has them, or gets them as what it missed.
            inForce: lastSeen ? [] : await pushesInForce(database.sql, name, Date.now()),
          }
    const stream = eventStream({
      sql: database.sql,
      outbox,
      after,
      reach: context.var.identity.reach,
      select,
      hearsWalks: may(context.var.identity, 'track'),
      wall,
      signal: context.req.raw.signal,
      isStillGood: context.var.isStillGood,
    })
    return new Response(stream, {
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      },
    })
  })
}

function parseId(name: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new Problem(
    'invalid-parameter',
    `${name} is “${text.slice(0, 40)}”; expected the whole number that the last event had.`,
    { issues: [{ at: name, message: 'is not a whole number' }] },
  )
}
