import { z } from '@hono/zod-openapi'
import {
  acknowledgeSchema,
  alarmKeySchema,
  alarmSchema,
  shelveSchema,
  withdrawSchema,
} from '../../geodata/walls/alarm.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers, jsonBody } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { answerAlarm } from './answer-alarm.ts'
import { byWhom } from './by-whom.ts'
import type { Pictures } from './pictures.ts'

const tags = ['Walls']
const path = '/api/v1/alarms/{key}'
const params = z.object({
  key: alarmKeySchema.openapi({ param: { name: 'key', in: 'path' }, example: 'hazard:12' }),
})
const responses = jsonAnswers('The alarm as it stands now, on every wall', alarmSchema)

/** Alarms need an answer. */
export function alarmRoutes(deps: Deps, pictures: Pictures) {
  return router()
    .openapi(
      route({
        method: 'post',
        path: `${path}/acknowledge`,
        tags,
        permission: 'wall',
        summary: 'Somebody sees to it: it stays on the list behind the unanswered, until it gets worse',
        request: { params, body: jsonBody(acknowledgeSchema) },
        responses,
      }),
      async (context) => {
        const { note } = context.req.valid('json')
        const answer = { change: 'acknowledge', note } as const
        return context.json(
          await answerAlarm(deps, pictures, byWhom(context), context.req.valid('param').key, answer),
          200,
        )
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/shelve`,
        tags,
        permission: 'wall',
        summary: 'Off the list for so many minutes, or until it gets worse',
        request: { params, body: jsonBody(shelveSchema) },
        responses,
      }),
      async (context) => {
        const answer = { change: 'shelve', ...context.req.valid('json') } as const
        return context.json(
          await answerAlarm(deps, pictures, byWhom(context), context.req.valid('param').key, answer),
          200,
        )
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/withdraw`,
        tags,
        permission: 'wall',
        summary: 'Takes back the answer to an acknowledged or shelved one: it is unanswered again at once',
        request: { params, body: jsonBody(withdrawSchema) },
        responses,
      }),
      async (context) => {
        const { key } = context.req.valid('param')
        return context.json(
          await answerAlarm(deps, pictures, byWhom(context), key, { change: 'withdraw' }),
          200,
        )
      },
    )
}
