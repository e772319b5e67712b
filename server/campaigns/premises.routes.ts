import { z } from '@hono/zod-openapi'
import {
  PREMISES_KIND_NAMES,
  PREMISES_STATES,
  type PremisesKind,
  premisesActionSchema,
  premisesEntrySchema,
  premisesInputSchema,
  premisesSchema,
} from '../../geodata/campaigns/premises.schema.ts'
import { idParameter, versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { placeParameters } from './page-parameters.ts'
import {
  actOnPremises,
  countPremises,
  filePremises,
  listPremises,
  listPremisesEntries,
  readPremises,
} from './premises.store.ts'
import { tellChange } from './tell-change.ts'
import { writerOf } from './writer-of.ts'

const path = '/api/v1/premises'
const tags = ['Campaigns']
const count = z.int()

/** The register of business premises. */
export function premisesRoutes({ database: { sql }, outbox }: Deps) {
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'List the register of premises',
        request: {
          query: z.strictObject({
            state: z.enum(PREMISES_STATES).optional(),
            kind: z.enum(PREMISES_KIND_NAMES as [PremisesKind, ...PremisesKind[]]).optional(),
            overdue: z
              .enum(['true', 'false'])
              .default('false')
              .describe('true: only those whose check is overdue'),
            building: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
            ...placeParameters('In names, trades and buildings'),
          }),
        },
        responses: jsonAnswers(
          'One page, by id, and how many there are in your area',
          z.object({
            premises: z.array(premisesSchema),
            next: z.string().nullable(),
            counts: z.object({ filed: count, checked: count, closed: count, overdue: count }),
          }),
        ),
      }),
      async (context) => {
        const { limit, cursor, overdue, ...filter } = context.req.valid('query')
        const { reach } = context.var.identity
        const narrowed = { ...filter, overdue: overdue === 'true' }
        const page = await listPremises(sql, narrowed, reach, { limit, after: cursor })
        return context.json({ ...page, counts: await countPremises(sql, reach) }, 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/{id}`,
        tags,
        permission: 'read',
        summary: 'One of the premises with its history',
        request: { params: idParameter },
        responses: jsonAnswers(
          'The newest entry first, at most 200',
          z.object({ premises: premisesSchema, entries: z.array(premisesEntrySchema) }),
        ),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const premises = await readPremises(sql, id, context.var.identity.reach)
        context.header('etag', `"${premises.version}"`)
        return context.json({ premises, entries: await listPremisesEntries(sql, id) }, 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path,
        tags,
        permission: 'campaign',
        summary: 'Put premises on the register',
        description: 'The name is that of a business. No owner, tenant or resident is named.',
        request: { body: jsonBody(premisesInputSchema) },
        responses: { 201: jsonAnswer('The premises', premisesSchema) },
      }),
      async (context) => {
        const premises = await filePremises(sql, context.req.valid('json'), writerOf(context))
        context.header('location', `${path}/${premises.id}`)
        tellChange(context, outbox, premises)
        return context.json(premises, 201)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/{id}/actions`,
        tags,
        permission: 'verify',
        summary: 'Check premises, close or open their file, or correct it',
        request: { params: idParameter, headers: versionHeader, body: jsonBody(premisesActionSchema) },
        responses: jsonAnswers('The premises', premisesSchema),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const act = context.req.valid('json')
        const premises = await actOnPremises(sql, id, readVersion(context), act, writerOf(context))
        tellChange(context, outbox, premises)
        return context.json(premises, 200)
      },
    )
}
