import { z } from '@hono/zod-openapi'
import { jobSchema } from '../../geodata/patrols/generation.schema.ts'
import { idParameter } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { PLANS } from './plan.routes.ts'
import { getPlan } from './plan.store.ts'
import { listPlanJobs } from './plan-job.store.ts'

/** The searches for a plan, for whoever opens it again while one runs. */
export function planJobRoutes({ database: { sql } }: Deps) {
  return router().openapi(
    route({
      method: 'get',
      path: `${PLANS}/{id}/jobs`,
      tags: ['Patrols'],
      permission: 'plan',
      summary: 'The latest searches for the rounds of a plan, newest first, without what they found',
      request: { params: idParameter },
      responses: jsonAnswers('The searches', z.object({ jobs: z.array(jobSchema) })),
    }),
    async (context) => {
      const { reach } = context.var.identity
      const { id } = await getPlan(sql, context.req.valid('param').id, reach)
      return context.json({ jobs: await listPlanJobs(sql, id, reach) }, 200)
    },
  )
}
