import { z } from '@hono/zod-openapi'
import { comparePlans } from '../../geodata/patrols/compare-plans.ts'
import { planSchema, planVersionSchema } from '../../geodata/patrols/plan.schema.ts'
import { planDifferencesSchema } from '../../geodata/patrols/plan-differences.schema.ts'
import { idParameter } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { PLANS } from './plan.routes.ts'
import { getVersion, listVersions } from './publish.store.ts'

const version = z.coerce.number().int().min(1).max(999_999_999)
const tags = ['Patrols']

/** Plans as they were published, and what changed between two versions. */
export function versionRoutes({ database }: Deps) {
  return router()
    .openapi(
      route({
        method: 'get',
        path: `${PLANS}/{id}/versions`,
        tags,
        permission: 'read',
        summary: 'The versions of a plan that were published, newest first',
        request: { params: idParameter },
        responses: jsonAnswers('The versions', z.object({ versions: z.array(planVersionSchema) })),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        return context.json(
          { versions: await listVersions(database.sql, id, context.var.identity.reach) },
          200,
        )
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${PLANS}/{id}/versions/{version}`,
        tags,
        permission: 'read',
        summary: 'A plan as it was published',
        request: { params: idParameter.extend({ version }) },
        responses: jsonAnswers('The plan', planSchema),
      }),
      async (context) => {
        const { id, version: wanted } = context.req.valid('param')
        return context.json(await getVersion(database.sql, id, wanted, context.var.identity.reach), 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${PLANS}/{id}/differences`,
        tags,
        permission: 'read',
        summary: 'What changed between two versions of a plan: published ones, or the present one',
        request: { params: idParameter, query: z.strictObject({ from: version, to: version }) },
        responses: jsonAnswers('The differences', planDifferencesSchema),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const { from, to } = context.req.valid('query')
        const { reach } = context.var.identity
        return context.json(
          comparePlans(
            await getVersion(database.sql, id, from, reach),
            await getVersion(database.sql, id, to, reach),
          ),
          200,
        )
      },
    )
}
