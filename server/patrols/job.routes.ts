import { z } from '@hono/zod-openapi'
import { jobSchema } from '../../geodata/patrols/generation.schema.ts'
import { generationSettingsSchema } from '../../geodata/patrols/plan.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { idParameter } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jobEvents } from '../platform/job-stream.ts'
import { jsonAnswers, jsonBody } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import type { Generator } from './generate.ts'
import { getJob } from './job.store.ts'
import { PLANS } from './plan.routes.ts'
import { getPlan } from './plan.store.ts'

const JOBS = '/api/v1/patrols/jobs'
const tags = ['Patrols']
const params = z.object({ id: z.uuid() })

/** Searches for the rounds of a plan. They change no plan: their proposals are stored with PUT by whoever wants them. */
export function jobRoutes({ database }: Deps, generator: Generator) {
  const { sql } = database
  return router()
    .openapi(
      route({
        method: 'post',
        path: `${PLANS}/{id}/generate`,
        tags,
        permission: 'plan',
        summary: 'Search for rounds',
        description:
          'The plan as it is stored says which teams there are and what is locked. The answer names a job; the best rounds ' +
          'so far are in it while it improves them, and stay when it is cancelled.',
        request: { params: idParameter, body: jsonBody(generationSettingsSchema) },
        responses: {
          202: {
            description: 'The search has begun, or waits for its turn',
            content: { 'application/json': { schema: z.object({ jobId: z.uuid() }) } },
          },
        },
      }),
      async (context) => {
        const { identity } = context.var
        const plan = await getPlan(sql, context.req.valid('param').id, identity.reach)
        if (plan.state === 'closed')
          throw new Problem('wrong-state', `The plan “${plan.name}” is closed. Copy it into a new one.`)
        const settings = context.req.valid('json')
        const jobId = await generator.start(plan, settings, identity.reach, identity.name)
        context.header('location', `${JOBS}/${jobId}`)
        return context.json({ jobId }, 202)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${JOBS}/{id}`,
        tags,
        permission: 'plan',
        summary: 'A search for rounds, with the best so far',
        request: { params },
        responses: jsonAnswers('The search', jobSchema),
      }),
      async (context) =>
        context.json(await getJob(sql, context.req.valid('param').id, context.var.identity.reach), 200),
    )
    .openapi(
      route({
        method: 'get',
        path: `${JOBS}/{id}/events`,
        tags,
        permission: 'plan',
        seconds: Number.POSITIVE_INFINITY,
        summary: 'A search for rounds as it goes on, as Server-Sent Events',
        description:
          '`job`: all of it, when its state or its best rounds changed; `progress`: the same without the rounds. Ends with the search.',
        request: { params },
        responses: {
          200: { description: 'A stream', content: { 'text/event-stream': { schema: z.string() } } },
        },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const { reach } = context.var.identity
        return jobEvents(context, (withProposal) => getJob(sql, id, reach, withProposal))
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: `${JOBS}/{id}`,
        tags,
        permission: 'plan',
        summary: 'End a search for rounds; the best so far is kept',
        request: { params },
        responses: { 204: { description: 'It is told to end' } },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        await getJob(sql, id, context.var.identity.reach, false)
        await generator.cancel(id)
        return context.body(null, 204)
      },
    )
}
