import { z } from '@hono/zod-openapi'
import {
  fireWatchEntrySchema,
  fireWatchGroupSchema,
  fireWatchInputSchema,
  fireWatchMemberSchema,
} from '../../geodata/campaigns/fire-watch.schema.ts'
import { holderName } from '../../geodata/duties/duty.schema.ts'
import { text } from '../../geodata/shared/fields.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { listFireWatch, readFireWatch, recordFireWatch, withdrawFireWatch } from './fire-watch.store.ts'
import { writerOf } from './writer-of.ts'

const path = '/api/v1/fire-watch'
const tags = ['Campaigns']

/** Groups of neighbouring premises that look after each other, and what they did. */
export function fireWatchRoutes({ database: { sql }, outbox }: Deps) {
  return router()
    .openapi(
      route({
        method: 'get',
        path: `${path}/groups`,
        tags,
        permission: 'read',
        summary: 'List fire-watch groups',
        description:
          'A group is made by duties: roles fire-watch and fire-watch-leader with the same holder.',
        request: {
          query: z.strictObject({
            overdue: z.enum(['true', 'false']).default('false').describe('true: only those that are overdue'),
            q: text(60).min(1).optional().describe('In the name'),
            limit: z.coerce.number().int().min(1).max(1000).default(100),
            cursor: text(60).default('').describe('`next` of the page before'),
          }),
        },
        responses: jsonAnswers(
          'One page, by name',
          z.object({ groups: z.array(fireWatchGroupSchema), next: z.string().nullable() }),
        ),
      }),
      async (context) => {
        const { limit, cursor, overdue, q } = context.req.valid('query')
        const filter = { overdue: overdue === 'true', q }
        const page = await listFireWatch(sql, filter, context.var.identity.reach, { limit, after: cursor })
        return context.json(page, 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/group`,
        tags,
        permission: 'read',
        summary: 'One fire-watch group with its members and what it did',
        request: { query: z.strictObject({ holder: holderName() }) },
        responses: jsonAnswers(
          'The group',
          z.object({
            group: fireWatchGroupSchema,
            members: z.array(fireWatchMemberSchema),
            entries: z.array(fireWatchEntrySchema),
          }),
        ),
      }),
      async (context) => {
        const { holder } = context.req.valid('query')
        return context.json(await readFireWatch(sql, holder, context.var.identity.reach), 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/entries`,
        tags,
        permission: 'verify',
        summary: 'Record a meeting, a drill or a mutual check; sent twice, it is there once',
        request: { body: jsonBody(fireWatchInputSchema) },
        responses: {
          201: jsonAnswer('It is recorded', fireWatchGroupSchema),
          200: jsonAnswer('It had been recorded before', fireWatchGroupSchema),
        },
      }),
      async (context) => {
        const { isNew, group } = await recordFireWatch(sql, context.req.valid('json'), writerOf(context))
        outbox.wake()
        return isNew ? context.json(group, 201) : context.json(group, 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/entries/{id}/withdraw`,
        tags,
        permission: 'verify',
        summary: 'Say that an entry was recorded by mistake: it stays, and counts no more',
        request: { params: z.object({ id: z.uuid() }) },
        responses: jsonAnswers('The group without it', fireWatchGroupSchema),
      }),
      async (context) => {
        const group = await withdrawFireWatch(sql, context.req.valid('param').id, writerOf(context))
        outbox.wake()
        return context.json(group, 200)
      },
    )
}
