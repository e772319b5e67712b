import { z } from '@hono/zod-openapi'
import type { Metrics } from './metrics.ts'
import { route, router } from './route.ts'

export function metricsRoutes(metrics: Metrics) {
  return router().openapi(
    route({
      method: 'get',
      path: '/metrics',
      permission: 'operate',
      summary: 'Figures of the running server for Prometheus',
      responses: {
        200: { description: 'Prometheus text format', content: { 'text/plain': { schema: z.string() } } },
      },
    }),
    async (context) =>
      context.body(await metrics.text(), 200, {
        'content-type': metrics.contentType,
        'cache-control': 'no-store',
      }) as never,
  )
}
