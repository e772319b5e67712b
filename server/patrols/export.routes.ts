import { z } from '@hono/zod-openapi'
import { Problem } from '../../geodata/shared/problem.ts'
import { actorOf } from '../access/actor.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import { idParameter } from '../features/feature.schema.ts'
import type { Network } from '../network/network.ts'
import type { Deps } from '../platform/deps.ts'
import { signalOf } from '../platform/limits.ts'
import { route, router } from '../platform/route.ts'
import { PLANS } from './plan.routes.ts'
import { getPlan } from './plan.store.ts'
import { PLAN_FORMATS } from './plan-formats.ts'
import { getVersion } from './publish.store.ts'
import { walkPlan } from './walk-plan.ts'

/** Plans as files for other programs and devices. */
export function planExportRoutes({ database }: Deps, network: Network) {
  const app = router()
  for (const [format, { type, title, write }] of Object.entries(PLAN_FORMATS))
    app.openapi(
      route({
        method: 'get',
        path: `${PLANS}/{id}/export.${format}`,
        tags: ['Patrols'],
        permission: 'export',
        heavy: true,
        seconds: 120,
        summary: `A patrol plan as ${title}`,
        request: {
          params: idParameter,
          query: z.strictObject({
            version: z.coerce
              .number()
              .int()
              .min(1)
              .max(999_999_999)
              .optional()
              .describe('One that was published; left out: as the plan is now'),
            round: z.uuid().optional().describe('Only this round'),
          }),
        },
        responses: { 200: { description: 'A download', content: { [type]: { schema: z.string() } } } },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const { version, round } = context.req.valid('query')
        const { reach } = context.var.identity
        const plan =
          version === undefined
            ? await getPlan(database.sql, id, reach)
            : await getVersion(database.sql, id, version, reach)
        const rounds = plan.rounds.filter((one) => round === undefined || one.id === round)
        if (round !== undefined && rounds.length === 0)
          throw new Problem('not-found', `The plan “${plan.name}” has no round ${round}.`)
        const walked = await walkPlan(database.read, network, { ...plan, rounds }, reach, signalOf(context))
        const text = write(walked)
        await recordAudit(database.sql, actorOf(context), {
          kind: 'export',
          detail: {
            plan: id,
            version: plan.version,
            format,
            ...(round ? { round } : {}),
            rounds: rounds.length,
          },
        })
        return new Response(text, {
          headers: {
            'content-type': `${type}; charset=utf-8`,
            'content-disposition': `attachment; filename="patrol-plan-${id}.${format}"`,
            'cache-control': 'no-store',
          },
        })
      },
    )
  return app
}
