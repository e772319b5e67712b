import { z } from '@hono/zod-openapi'
import { Problem } from '../../geodata/shared/problem.ts'
import { aroundSchema } from '../../geodata/walks/around.schema.ts'
import { myRoundsSchema } from '../../geodata/walks/my-round.schema.ts'
import { MAX_SYNC_BYTES, syncAnswerSchema, syncRequestSchema } from '../../geodata/walks/walk.schema.ts'
import { actorOf } from '../access/actor.ts'
import type { Network } from '../network/network.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers, jsonBody } from '../platform/json.ts'
import { signalOf } from '../platform/limits.ts'
import { route, router } from '../platform/route.ts'
import { readAround } from './around.store.ts'
import { findRun } from './find-run.ts'
import { readMine, readMyWay } from './mine.store.ts'
import { instant } from './run.store.ts'
import { syncEntries } from './sync.store.ts'

const tags = ['Patrols']

/** What the phone of someone on a round asks and sends. A program’s token is nobody’s: no round is handed out to it. */
export function fieldRoutes({ database, outbox, log }: Deps, network: Network) {
  const { sql } = database
  return router()
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/patrols/mine',
        tags,
        permission: 'walk',
        summary:
          'My rounds that are under way or begin within a day, with all that is needed without a network',
        responses: jsonAnswers('The first first', myRoundsSchema),
      }),
      async (context) => {
        const now = Date.now()
        const rounds = await readMine(sql, network, actorOf(context).name, now, signalOf(context))
        return context.json({ at: instant(now), rounds }, 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/patrols/mine/{roundId}/around',
        tags,
        permission: 'walk',
        summary: 'Streets and buildings within 200 m of a round of mine, to be drawn without a network',
        description:
          'Of one’s own area alone. At most 3,000 features and 1 MB: streets first, then buildings, the nearest first.',
        request: {
          params: z.object({ roundId: z.uuid() }),
          query: z.strictObject({ plan: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
        },
        responses: jsonAnswers('A FeatureCollection', aroundSchema),
      }),
      async (context) => {
        const { roundId } = context.req.valid('param')
        const { plan: planId } = context.req.valid('query')
        const signal = signalOf(context)
        const way = await readMyWay(sql, network, { planId, roundId }, actorOf(context).name, signal)
        return context.json(await readAround(sql, way, context.var.identity.reach), 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/patrols/sync',
        tags,
        permission: 'walk',
        seconds: 120,
        summary: 'Send what was done on the way: duty, positions, check-ins, records, reports',
        description:
          'Each entry is taken whole or refused by itself; one that is sent twice is there once. Positions count between begin ' +
          'and end of duty alone. Of positions, at most 1,000 in an entry; at most 1,000 entries and 1 MB in a request.',
        request: { body: jsonBody(syncRequestSchema) },
        responses: jsonAnswers('What became of each', syncAnswerSchema),
      }),
      async (context) => {
        const { device, entries } = context.req.valid('json')
        if (Buffer.byteLength(await context.req.text()) > MAX_SYNC_BYTES)
          throw new Problem('too-large', 'The request is larger than 1 MB. Send fewer entries at once.')
        const walker = { actor: actorOf(context), reach: context.var.identity.reach }
        const { entries: answers, runIds } = await syncEntries(sql, walker, device, entries)
        outbox.wake()
        // What cannot be found now is found when the run is looked at, or by the next sweep.
        for (const id of await endedOnes(sql, runIds))
          await findRun(sql, network, id).catch((err) =>
            log?.warn({ err, run: id }, 'a walk is matched later'),
          )
        return context.json({ entries: answers }, 200)
      },
    )
}

async function endedOnes(sql: Deps['database']['sql'], ids: number[]): Promise<number[]> {
  if (ids.length === 0) return []
  const rows = await sql<{ id: number }[]>`
    SELECT id FROM patrol_run WHERE id = ANY(${ids}::bigint[]) AND ended_at IS NOT NULL`
  return rows.map(({ id }) => id)
}
