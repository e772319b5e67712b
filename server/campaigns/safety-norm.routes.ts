import { safetyNormsInputSchema, safetyNormsSchema } from '../../geodata/campaigns/norm.schema.ts'
import { actorOf } from '../access/actor.ts'
import { requireEverywhere } from '../access/require-everywhere.ts'
import { versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { readSafetyNorms, replaceSafetyNorms } from './safety-norm.store.ts'

const path = '/api/v1/safety-norms'
const tags = ['Campaigns']

/** After how many days a meeting, a test, a check is due again. */
export function safetyNormRoutes({ database: { sql }, outbox }: Deps) {
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'After how many days fire-watch groups, smoke alarms and premises are due again',
        responses: jsonAnswers('The norms', safetyNormsSchema),
      }),
      async (context) => context.json(await readSafetyNorms(sql), 200),
    )
    .openapi(
      route({
        method: 'put',
        path,
        tags,
        permission: 'configure',
        summary: 'Replace these norms',
        request: { headers: versionHeader, body: jsonBody(safetyNormsInputSchema) },
        responses: jsonAnswers('The norms', safetyNormsSchema),
      }),
      async (context) => {
        requireEverywhere(context, 'These norms hold for the whole area')
        const norms = context.req.valid('json')
        const replaced = await replaceSafetyNorms(sql, readVersion(context), norms, actorOf(context))
        outbox.wake()
        return context.json(replaced, 200)
      },
    )
}
