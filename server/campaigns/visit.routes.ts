import { z } from '@hono/zod-openapi'
import {
  TARGET_STATES,
  targetSchema,
  visitInputSchema,
  visitSchema,
} from '../../geodata/campaigns/campaign.schema.ts'
import { text } from '../../geodata/shared/fields.ts'
import { may } from '../access/identity.ts'
import { idParameter } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { placeParameters } from './page-parameters.ts'
import { recordVisit } from './record-visit.store.ts'
import { listTargets, listVisits, readTarget } from './target.store.ts'
import { writerOf } from './writer-of.ts'

const path = '/api/v1/campaigns/{id}/targets'
const tags = ['Campaigns']
const targetParameters = idParameter.extend({
  target: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
})
const recorded = z.object({ target: targetSchema, visit: visitSchema })
const states = text(200)
  .transform((list, context) => {
    const values = list.split(',')
    const known = TARGET_STATES.filter((state) => values.includes(state))
    if (known.length === values.length) return known
    context.addIssue({ code: 'custom', message: `expected some of ${TARGET_STATES.join(', ')}, by commas` })
    return z.NEVER
  })
  .optional()
  .openapi({ type: 'string', description: `Some of ${TARGET_STATES.join(', ')}, by commas` })

/** What a campaign visits, and the visits. */
export function visitRoutes({ database: { sql }, outbox }: Deps) {
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'List the targets of a campaign',
        request: {
          params: idParameter,
          query: z.strictObject({
            state: states,
            ...placeParameters('In names, codes, addresses'),
          }),
        },
        responses: jsonAnswers(
          'One page, in the order in which they came on the list',
          z.object({ targets: z.array(targetSchema), next: z.string().nullable() }),
        ),
      }),
      async (context) => {
        const { limit, cursor, ...filter } = context.req.valid('query')
        const { id } = context.req.valid('param')
        const { reach } = context.var.identity
        return context.json(await listTargets(sql, id, filter, reach, { limit, after: cursor }), 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/{target}`,
        tags,
        permission: 'read',
        summary: 'One target with its visits',
        request: { params: targetParameters },
        responses: jsonAnswers(
          'The newest visit first, at most 100',
          z.object({ target: targetSchema, visits: z.array(visitSchema) }),
        ),
      }),
      async (context) => {
        const { id, target } = context.req.valid('param')
        const found = await readTarget(sql, id, target, context.var.identity.reach)
        return context.json({ target: found, visits: await listVisits(sql, target) }, 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/{target}/visits`,
        tags,
        permission: 'verify',
        summary: 'Record a visit; sent twice, it is there once',
        description: 'Findings with `case` open cases, which needs the permission “report” too.',
        request: { params: targetParameters, body: jsonBody(visitInputSchema) },
        responses: {
          201: jsonAnswer('It is recorded', recorded),
          200: jsonAnswer('It had been recorded before', recorded),
        },
      }),
      async (context) => {
        const { id, target } = context.req.valid('param')
        const { isNew, ...answer } = await recordVisit(sql, id, target, context.req.valid('json'), {
          ...writerOf(context),
          mayReport: may(context.var.identity, 'report'),
          role: context.var.identity.role,
        })
        outbox.wake()
        return isNew ? context.json(answer, 201) : context.json(answer, 200)
      },
    )
}
