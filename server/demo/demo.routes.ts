import { z } from '@hono/zod-openapi'
import { actorOf } from '../access/actor.ts'
import { requireEverywhere } from '../access/require-everywhere.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { seedDemo } from './seed-demo.ts'

/** About as many buildings as a sub-district of a small town has. */
const BUILDINGS = 3000

/** The demo area at a click, for whoever sets up an empty database. */
export function demoRoutes({ database, outbox }: Deps) {
  return router().openapi(
    route({
      method: 'post',
      path: '/api/v1/demo',
      tags: ['Exchange'],
      permission: 'import',
      heavy: true,
      seconds: 300,
      summary: 'Fill an empty database with the fictional demo area',
      responses: {
        201: jsonAnswer('It is there', z.object({ batchId: z.int() })),
      },
    }),
    async (context) => {
      requireEverywhere(context, 'The demo area fills the whole map')
      const { batchId } = await seedDemo(database, { buildings: BUILDINGS, actor: actorOf(context) })
      outbox.wake()
      return context.json({ batchId }, 201)
    },
  )
}
