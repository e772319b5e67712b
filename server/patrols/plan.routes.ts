import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  PLAN_STATE_NAMES,
  type Plan,
  type PlanState,
  planInputSchema,
  planSchema,
  planSummarySchema,
} from '../../geodata/patrols/plan.schema.ts'
import { text } from '../../geodata/shared/fields.ts'
import { actorOf } from '../access/actor.ts'
import type { AppEnv } from '../access/app-env.ts'
import { idParameter, versionHeader } from '../features/feature.schema.ts'
import { momentParameter } from '../features/filter.parameters.ts'
import type { Network } from '../network/network.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { signalOf } from '../platform/limits.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { createPlan, deletePlan, getPlan, listPlans, type PlanWriter, replacePlan } from './plan.store.ts'
import { closePlan, publishPlan } from './publish.store.ts'
import { routeWays } from './route-ways.ts'
import { listStaff } from './staff.store.ts'

export const PLANS = '/api/v1/patrols/plans'
const tags = ['Patrols']
const one = jsonAnswer('The plan, with its version as ETag', planSchema)
const body = jsonBody(planInputSchema)

const states = z
  .string()
  .max(60)
  .transform((text, context): PlanState[] => {
    const given = text.split(',')
    const known = PLAN_STATE_NAMES.filter((state) => given.includes(state))
    if (known.length === new Set(given).size) return known
    context.addIssue({
      code: 'custom',
      message: `expected some of ${PLAN_STATE_NAMES.join(', ')}, by commas`,
    })
    return z.NEVER
  })
  .openapi({ type: 'string', description: PLAN_STATE_NAMES.join(', '), example: 'draft,published' })

/** Plans of patrols, from the first draft until they are closed. */
export function planRoutes({ database, outbox }: Deps, network: Network) {
  return router()
    .openapi(
      route({
        method: 'get',
        path: PLANS,
        tags,
        permission: 'read',
        summary: 'List patrol plans, the latest shift first',
        request: {
          query: z.strictObject({
            from: momentParameter(false).optional().describe('Shifts that meet this period'),
            to: momentParameter(true).optional(),
            state: states.optional(),
            person: text(32).min(1).optional().describe('With this user name in a team'),
            limit: z.coerce.number().int().min(1).max(500).default(100),
            cursor: z.coerce
              .number()
              .int()
              .min(0)
              .max(1_000_000)
              .default(0)
              .describe('`next` of the page before'),
          }),
        },
        responses: jsonAnswers(
          'One page',
          z.object({ plans: z.array(planSummarySchema), next: z.string().nullable() }).openapi('PatrolPlans'),
        ),
      }),
      async (context) => {
        const { limit, cursor, state, ...filter } = context.req.valid('query')
        const { plans, next } = await listPlans(
          database.read,
          { ...filter, states: state },
          context.var.identity.reach,
          { limit, offset: cursor },
        )
        return context.json({ plans, next: next === undefined ? null : String(next) }, 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: PLANS,
        tags,
        permission: 'plan',
        summary: 'Make a patrol plan',
        description:
          'Without cells in “area” it is for all that its writer reaches. Sites have to lie in the area, people to be members of staff.',
        request: { body },
        responses: { 201: one },
      }),
      async (context) => {
        const plan = await createPlan(database.sql, context.req.valid('json'), writerOf(context))
        outbox.wake()
        context.header('location', `${PLANS}/${plan.id}`)
        return context.json(tag(context, plan), 201)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${PLANS}/{id}`,
        tags,
        permission: 'read',
        summary: 'Get one patrol plan',
        request: { params: idParameter },
        responses: { 200: one },
      }),
      // From the primary: whoever changes it next sends back this version.
      async (context) => {
        const { id } = context.req.valid('param')
        return context.json(tag(context, await getPlan(database.sql, id, context.var.identity.reach)), 200)
      },
    )
    .openapi(
      route({
        method: 'put',
        path: `${PLANS}/{id}`,
        tags,
        permission: 'plan',
        summary: 'Replace a patrol plan',
        description: 'What was published stays what people see until it is published again.',
        request: { params: idParameter, headers: versionHeader, body },
        responses: { 200: one },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const version = readVersion(context)
        const plan = await replacePlan(
          database.sql,
          id,
          version,
          context.req.valid('json'),
          writerOf(context),
        )
        outbox.wake()
        return context.json(tag(context, plan), 200)
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: `${PLANS}/{id}`,
        tags,
        permission: 'plan',
        summary: 'Delete a patrol plan that was never published',
        request: { params: idParameter, headers: versionHeader },
        responses: { 204: { description: 'Deleted' } },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        await deletePlan(database.sql, id, readVersion(context), writerOf(context))
        outbox.wake()
        return context.body(null, 204)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${PLANS}/{id}/publish`,
        tags,
        permission: 'plan',
        seconds: 120,
        summary: 'Hand a plan out: this version is what those who walk see, and stays on record',
        request: { params: idParameter, headers: versionHeader },
        responses: { 200: one },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const writer = writerOf(context)
        const version = readVersion(context)
        const drawn = await getPlan(database.sql, id, writer.reach)
        // Of another version they are of no use, but that one is refused.
        const ways = await routeWays(database.sql, network, drawn, writer.reach, signalOf(context))
        const plan = await publishPlan(database.sql, id, version, writer, ways)
        outbox.wake()
        return context.json(tag(context, plan), 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${PLANS}/{id}/close`,
        tags,
        permission: 'plan',
        summary: 'Close a plan: nobody walks or changes it any more',
        request: { params: idParameter, headers: versionHeader },
        responses: { 200: one },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const plan = await closePlan(database.sql, id, readVersion(context), writerOf(context))
        outbox.wake()
        return context.json(tag(context, plan), 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/patrols/people',
        tags,
        permission: 'plan',
        summary: 'Members of staff who may walk patrols',
        responses: jsonAnswers(
          'By name',
          z.object({
            people: z.array(z.object({ username: z.string(), name: z.string(), role: z.string() })),
          }),
        ),
      }),
      async (context) => context.json({ people: await listStaff(database.read) }, 200),
    )
}

export const writerOf = (context: Context<AppEnv>): PlanWriter => ({
  actor: actorOf(context),
  reach: context.var.identity.reach,
})

function tag(context: Context, plan: Plan): Plan {
  context.header('etag', `"${plan.version}"`)
  return plan
}
