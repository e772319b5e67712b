import { z } from '@hono/zod-openapi'
import { Problem } from '../../geodata/shared/problem.ts'
import { may } from '../access/identity.ts'
import type { Deps } from '../platform/deps.ts'
import { route, router } from '../platform/route.ts'
import { eventStream } from './event-stream.ts'
import { lastEventId } from './events.store.ts'
import { createSelectEvents } from './scoped-events.ts'

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
    'much, or that its id is not of this database, and should load what it shows again.',
  request: {
    headers: z.object({ 'last-event-id': z.string().optional() }),
    query: z.object({ after: z.string().optional() }),
  },
  responses: {
    200: { description: 'A stream without end', content: { 'text/event-stream': { schema: z.string() } } },
  },
})

export function eventRoutes({ database, outbox }: Deps) {
  const select = createSelectEvents(database.sql)
  return router().openapi(eventsRoute, async (context) => {
    const lastSeen = context.req.header('last-event-id')
    const from = context.req.query('after')
    const after = lastSeen
      ? parseId('Last-Event-ID', lastSeen)
      : from
        ? parseId('after', from)
        : await lastEventId(database.sql)
    const stream = eventStream({
      sql: database.sql,
      outbox,
      after,
      reach: context.var.identity.reach,
      select,
      hearsWalks: may(context.var.identity, 'track'),
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
