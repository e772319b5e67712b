import { z } from '@hono/zod-openapi'
import { planSchema } from '../../geodata/patrols/plan.schema.ts'
import { type WeekProposal, weekInputSchema, weekJobSchema } from '../../geodata/patrols/week.schema.ts'
import type { Network } from '../network/network.ts'
import type { Deps } from '../platform/deps.ts'
import { jobEvents } from '../platform/job-stream.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import type { Generator } from './generate.ts'
import { writerOf } from './plan.routes.ts'
import { searchWeek } from './search-week.ts'
import { createWeekJob, getWeekJob, makePlansOfWeek } from './week.store.ts'

const WEEKS = '/api/v1/patrols/weeks'
const tags = ['Patrols']
const params = z.object({ id: z.uuid() })
const plans = z.object({ plans: z.array(planSchema) }).openapi('PatrolWeekPlans')

/** Searches for the plans of a week’s days. They belong to whoever started them, and store no plan but when they are asked. */
export function weekRoutes({ database, outbox }: Deps, network: Network, generator: Generator) {
  const { sql } = database
  return router()
    .openapi(
      route({
        method: 'post',
        path: WEEKS,
        tags,
        permission: 'plan',
        summary: 'Search for the plans of a week',
        description:
          'The same shift on up to 14 days: which day for which site, so that the norms hold, then the rounds of each day. ' +
          'The answer names a search; the best days so far are in it while it improves them, and stay when it is cancelled.',
        request: { body: jsonBody(weekInputSchema) },
        responses: {
          202: {
            description: 'The search has begun, or waits for its turn',
            content: { 'application/json': { schema: z.object({ jobId: z.uuid() }) } },
          },
        },
      }),
      async (context) => {
        const week = context.req.valid('json')
        const writer = writerOf(context)
        const jobId = await generator.run<WeekProposal>(
          writer.actor.name,
          (id) => createWeekJob(sql, id, week, writer),
          (signal, say) => searchWeek(sql, network, week, writer.reach, signal, say),
        )
        context.header('location', `${WEEKS}/${jobId}`)
        return context.json({ jobId }, 202)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${WEEKS}/{id}`,
        tags,
        permission: 'plan',
        summary: 'A search for a week, with the best so far',
        request: { params },
        responses: jsonAnswers('The search', weekJobSchema),
      }),
      async (context) =>
        context.json(await getWeekJob(sql, context.req.valid('param').id, context.var.identity.name), 200),
    )
    .openapi(
      route({
        method: 'get',
        path: `${WEEKS}/{id}/events`,
        tags,
        permission: 'plan',
        seconds: Number.POSITIVE_INFINITY,
        summary: 'A search for a week as it goes on, as Server-Sent Events',
        description: 'As the events of a search for rounds.',
        request: { params },
        responses: {
          200: { description: 'A stream', content: { 'text/event-stream': { schema: z.string() } } },
        },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const { name } = context.var.identity
        return jobEvents(context, (withProposal) => getWeekJob(sql, id, name, { withProposal }))
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: `${WEEKS}/{id}`,
        tags,
        permission: 'plan',
        summary: 'End a search for a week; the best so far is kept',
        request: { params },
        responses: { 204: { description: 'It is told to end' } },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        await getWeekJob(sql, id, context.var.identity.name, { withProposal: false })
        await generator.cancel(id)
        return context.body(null, 204)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${WEEKS}/{id}/plans`,
        tags,
        permission: 'plan',
        summary: 'Make a draft for each day of the week that was found: all or none, and only once',
        description: 'A second time answers the plans of the first, but for those that were deleted since.',
        request: { params },
        responses: {
          200: jsonAnswer('The plans that were made before', plans),
          201: jsonAnswer('The plans, in the order of their days', plans),
        },
      }),
      async (context) => {
        const made = await makePlansOfWeek(sql, context.req.valid('param').id, writerOf(context))
        outbox.wake()
        return context.json({ plans: made.plans }, made.isNew ? 201 : 200)
      },
    )
}
