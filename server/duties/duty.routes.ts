import { z } from '@hono/zod-openapi'
import {
  dutyChangesSchema,
  dutyLayerSchema,
  dutyRoleSchema,
  dutySchema,
  holderName,
  savedDutiesSchema,
} from '../../geodata/duties/duty.schema.ts'
import { actorOf } from '../access/actor.ts'
import { readerOf } from '../coverage/reader.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers, jsonBody } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { adoptDuties } from './adopt-duties.store.ts'
import { dutiesOf, listDuties, listHolders } from './duty.store.ts'
import { saveDuties } from './save-duties.store.ts'

const path = '/api/v1/duties'
const tags = ['Duties']
const featureId = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

/** Who answers for which cell, building and post. */
export function dutyRoutes({ database }: Deps) {
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'List duties',
        request: {
          query: z.strictObject({
            role: dutyRoleSchema.optional(),
            layer: dutyLayerSchema.optional(),
            holder: holderName().optional(),
            current: z.enum(['true', 'false']).default('false').describe('true: only what is held today'),
            limit: z.coerce.number().int().min(1).max(1000).default(200),
            cursor: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
          }),
        },
        responses: jsonAnswers(
          'One page, by id',
          z.object({ duties: z.array(dutySchema), next: z.string().nullable() }),
        ),
      }),
      async (context) => {
        const { limit, cursor, current, ...filter } = context.req.valid('query')
        const { duties, next } = await listDuties(
          // From the primary: whoever changes them next sends back these versions.
          database.sql,
          { ...filter, current: current === 'true' },
          context.var.identity.reach,
          { limit, after: cursor },
        )
        return context.json({ duties, next: next === undefined ? null : String(next) }, 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/of`,
        tags,
        permission: 'read',
        summary: 'Who looks after a feature: for itself, and for the cells that hold it',
        request: { query: z.strictObject({ layer: dutyLayerSchema, feature: featureId }) },
        responses: jsonAnswers(
          'Its own duties first, then from the inside out',
          z.object({ duties: z.array(dutySchema) }),
        ),
      }),
      async (context) => {
        const { layer, feature } = context.req.valid('query')
        const duties = await dutiesOf(database.sql, layer, feature, context.var.identity.reach)
        return context.json({ duties }, 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/holders`,
        tags,
        permission: 'read',
        summary: 'Who holds duties now, and how many',
        responses: jsonAnswers(
          'By name, at most 2,000',
          z.object({
            holders: z.array(z.object({ holder: z.string(), role: dutyRoleSchema, duties: z.int() })),
          }),
        ),
      }),
      async (context) =>
        context.json({ holders: await listHolders(database.read, context.var.identity.reach) }, 200),
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/changes`,
        tags,
        permission: 'edit',
        summary: 'Put and delete duties: all of it, or nothing',
        description: 'The answer holds the changes that take it back.',
        request: { body: jsonBody(dutyChangesSchema) },
        responses: jsonAnswers('What was stored', savedDutiesSchema),
      }),
      async (context) =>
        context.json(
          await saveDuties(database.sql, context.req.valid('json'), {
            actor: actorOf(context),
            reach: context.var.identity.reach,
          }),
          200,
        ),
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/adopt`,
        tags,
        permission: 'edit',
        seconds: 120,
        summary: 'Make duties of what an analysis proposes, in place of those that it found',
        request: { body: jsonBody(z.strictObject({ analysis: z.uuid() })) },
        responses: jsonAnswers('What was stored', savedDutiesSchema),
      }),
      async (context) => {
        const { analysis } = context.req.valid('json')
        const writer = { actor: actorOf(context), reach: context.var.identity.reach }
        const saved = await adoptDuties(database.sql, analysis.toLowerCase(), writer, readerOf(context))
        return context.json(saved, 200)
      },
    )
}
