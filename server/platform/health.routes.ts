import { z } from '@hono/zod-openapi'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Deps } from './deps.ts'
import { route, router } from './route.ts'

const ok = (description: string) => ({
  200: { description, content: { 'application/json': { schema: z.object({ status: z.literal('ok') }) } } },
})

export function healthRoutes({ database }: Deps) {
  return router()
    .openapi(
      route({
        method: 'get',
        path: '/healthz',
        permission: 'public',
        summary: 'The process runs',
        responses: ok('It runs'),
      }),
      (context) => context.json({ status: 'ok' as const }),
    )
    .openapi(
      route({
        method: 'get',
        path: '/readyz',
        permission: 'public',
        summary: 'The database answers and its schema is in place',
        responses: ok('Ready'),
      }),
      async (context) => {
        const answer = await Promise.race([
          database.sql`SELECT count(*) FROM gridward_migration`.then(
            () => true,
            () => false,
          ),
          new Promise<false>((resolve) => setTimeout(resolve, 5000, false).unref()),
        ])
        if (!answer) throw new Problem('unavailable', 'The database does not answer.')
        return context.json({ status: 'ok' as const })
      },
    )
}
