import { z } from '@hono/zod-openapi'
import {
  checklistInputSchema,
  checklistSchema,
  checklistVersionSchema,
} from '../../geodata/campaigns/checklist.schema.ts'
import { actorOf } from '../access/actor.ts'
import { requireEverywhere } from '../access/require-everywhere.ts'
import { idParameter, versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { createChecklist, listChecklists, readChecklistVersion, replaceChecklist } from './checklist.store.ts'
import { tellChange } from './tell-change.ts'

const path = '/api/v1/checklists'
const tags = ['Campaigns']
const FOR_ALL = 'Checklists are for the whole area'

/** What visits and checks of premises look for. */
export function checklistRoutes({ database: { sql }, outbox }: Deps) {
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'List checklists',
        responses: jsonAnswers('At most 200', z.object({ checklists: z.array(checklistSchema) })),
      }),
      async (context) => context.json({ checklists: await listChecklists(sql) }, 200),
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/{id}/versions/{version}`,
        tags,
        permission: 'read',
        summary: 'A version of a checklist, as visits were done with it',
        request: {
          params: idParameter.extend({ version: z.coerce.number().int().min(1).max(2_000_000_000) }),
        },
        responses: jsonAnswers('The version', checklistVersionSchema),
      }),
      async (context) => {
        const { id, version } = context.req.valid('param')
        return context.json(await readChecklistVersion(sql, id, version), 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path,
        tags,
        permission: 'campaign',
        summary: 'Make a checklist',
        request: { body: jsonBody(checklistInputSchema) },
        responses: { 201: jsonAnswer('The checklist', checklistSchema) },
      }),
      async (context) => {
        requireEverywhere(context, FOR_ALL)
        const checklist = await createChecklist(sql, context.req.valid('json'), actorOf(context))
        tellChange(context, outbox, checklist)
        return context.json(checklist, 201)
      },
    )
    .openapi(
      route({
        method: 'put',
        path: `${path}/{id}`,
        tags,
        permission: 'campaign',
        summary: 'Make the next version of a checklist; visits keep theirs',
        request: { params: idParameter, headers: versionHeader, body: jsonBody(checklistInputSchema) },
        responses: jsonAnswers('The checklist', checklistSchema),
      }),
      async (context) => {
        requireEverywhere(context, FOR_ALL)
        const { id } = context.req.valid('param')
        const input = context.req.valid('json')
        const checklist = await replaceChecklist(sql, id, readVersion(context), input, actorOf(context))
        tellChange(context, outbox, checklist)
        return context.json(checklist, 200)
      },
    )
}
