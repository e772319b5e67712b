import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  divisionSchema,
  taskChangeSchema,
  whistleAnswerSchema,
  whistleInputSchema,
  whistleSchema,
} from '../../geodata/dispatch/whistle.schema.ts'
import type { AppEnv } from '../access/app-env.ts'
import { doerOf } from '../cases/doer.ts'
import { idParameter } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { answerWhistle, divideWork, settleTask } from './answer-whistle.ts'
import { blowWhistle } from './blow-whistle.ts'
import { listWhistles } from './whistle.store.ts'

const tags = ['Dispatch']
const all = z.object({ whistles: z.array(whistleSchema) })
const id = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)

/** Several departments called to one case, what they answer, and who does what by when. */
export function whistleRoutes(deps: Deps) {
  const {
    database: { sql },
    outbox,
    now = () => undefined,
  } = deps
  const moment = () => now() ?? new Date()
  const answer = async (context: Context<AppEnv>, hazardId: number) => ({
    whistles: await listWhistles(sql, hazardId, doerOf(context), moment()),
  })
  return router()
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/cases/{id}/whistles',
        tags,
        permission: 'read',
        summary: 'Departments called to a case, their answers and tasks',
        request: { params: idParameter },
        responses: jsonAnswers('The newest first', all),
      }),
      async (context) => context.json(await answer(context, context.req.valid('param').id), 200),
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/cases/{id}/whistles',
        tags,
        permission: 'dispatch',
        summary: 'Call departments to a case; each must answer within a limit',
        request: { params: idParameter, body: jsonBody(whistleInputSchema) },
        responses: { 201: jsonAnswer('All whistles of the case', all) },
      }),
      async (context) => {
        const hazardId = context.req.valid('param').id
        await blowWhistle(deps, hazardId, context.req.valid('json'), doerOf(context))
        outbox.wake()
        return context.json(await answer(context, hazardId), 201)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/whistles/{id}/answers',
        tags,
        permission: 'handle',
        summary: 'Say that a department comes, or why not',
        request: { params: idParameter, body: jsonBody(whistleAnswerSchema) },
        responses: jsonAnswers('All whistles of the case', all),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const hazardId = await answerWhistle(deps, id, context.req.valid('json'), doerOf(context))
        outbox.wake()
        return context.json(await answer(context, hazardId), 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/whistles/{id}/tasks',
        tags,
        permission: 'dispatch',
        summary: 'Record who does what by when',
        request: { params: idParameter, body: jsonBody(divisionSchema) },
        responses: jsonAnswers('All whistles of the case', all),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const hazardId = await divideWork(deps, id, context.req.valid('json'), doerOf(context))
        outbox.wake()
        return context.json(await answer(context, hazardId), 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/whistles/{id}/tasks/{task}',
        tags,
        permission: 'handle',
        summary: 'A task is done, dropped, or open again',
        request: { params: z.object({ id, task: id }), body: jsonBody(taskChangeSchema) },
        responses: jsonAnswers('All whistles of the case', all),
      }),
      async (context) => {
        const { id: whistle, task } = context.req.valid('param')
        const hazardId = await settleTask(deps, { whistle, task }, context.req.valid('json'), doerOf(context))
        outbox.wake()
        return context.json(await answer(context, hazardId), 200)
      },
    )
}
