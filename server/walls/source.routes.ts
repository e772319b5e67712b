import { z } from '@hono/zod-openapi'
import { sourceRuleInputSchema, sourceRuleSchema } from '../../geodata/walls/source.schema.ts'
import { actorOf } from '../access/actor.ts'
import { requireEverywhere } from '../access/require-everywhere.ts'
import { versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { LOOKED_UP, readSourceRules, writeSourceRule } from './source.store.ts'

const path = '/api/v1/walls/sources'
const tags = ['Walls']

/** How often the sources of a wall's picture are expected to say something. */
export function sourceRoutes({ database: { sql } }: Deps) {
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'How often each source is expected to say something',
        responses: jsonAnswers('One for each source', z.object({ sources: z.array(sourceRuleSchema) })),
      }),
      async (context) => context.json({ sources: await readSourceRules(sql) }, 200),
    )
    .openapi(
      route({
        method: 'put',
        path: `${path}/{id}`,
        tags,
        permission: 'configure',
        summary: 'Say how often a source is expected to say something',
        description: 'If-Match is the version that was read: "0" of one that nobody ever changed.',
        request: {
          params: z.object({ id: z.enum(LOOKED_UP).openapi({ param: { name: 'id', in: 'path' } }) }),
          headers: versionHeader,
          body: jsonBody(sourceRuleInputSchema),
        },
        responses: jsonAnswers('The source, with its version as ETag', sourceRuleSchema),
      }),
      async (context) => {
        requireEverywhere(context, 'What is expected of a source holds for the whole area')
        const { id } = context.req.valid('param')
        const input = context.req.valid('json')
        const rule = await writeSourceRule(sql, actorOf(context), id, readVersion(context), input)
        context.header('etag', `"${rule.version}"`)
        return context.json(rule, 200)
      },
    )
}
