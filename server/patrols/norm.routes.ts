import type { Context } from 'hono'
import {
  type VisitNorms,
  visitNormsInputSchema,
  visitNormsSchema,
} from '../../geodata/patrols/norm.schema.ts'
import { actorOf } from '../access/actor.ts'
import { requireEverywhere } from '../access/require-everywhere.ts'
import { versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { readNorms, replaceNorms } from './norm.store.ts'

/** How often sites are to be visited, where they do not say so themselves. */
export function normRoutes({ database }: Deps) {
  const path = '/api/v1/patrols/norms'
  const tags = ['Patrols']
  const responses = { 200: jsonAnswer('The norms, with their version as ETag', visitNormsSchema) }
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'How often sites are to be visited, by type and risk',
        responses,
      }),
      // From the primary: whoever changes them next sends back this version.
      async (context) => answer(context, await readNorms(database.sql)),
    )
    .openapi(
      route({
        method: 'put',
        path,
        tags,
        permission: 'configure',
        summary: 'Replace the visit norms: one for each site type and risk',
        request: { headers: versionHeader, body: jsonBody(visitNormsInputSchema) },
        responses,
      }),
      async (context) => {
        requireEverywhere(context, 'Visit norms hold for the whole area')
        const { norms } = context.req.valid('json')
        return answer(
          context,
          await replaceNorms(database.sql, readVersion(context), norms, actorOf(context)),
        )
      },
    )
}

function answer(context: Context, norms: VisitNorms) {
  context.header('etag', `"${norms.version}"`)
  return context.json(norms, 200)
}
