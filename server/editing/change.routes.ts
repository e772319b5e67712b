import { checkReportSchema, savedChangesSchema } from '../../geodata/editing/change-report.schema.ts'
import { actorOf } from '../access/actor.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonBody } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { readSettings } from '../settings/settings.store.ts'
import { changesSchema, checkQuerySchema, saveSchema } from './change.schema.ts'
import { checkChanges } from './check-changes.store.ts'
import { readChanges } from './read-changes.ts'
import { saveChanges } from './save-changes.store.ts'

/** Edits of several features, applied as a whole. */
export function changeRoutes({ database, outbox, env }: Deps) {
  const tags = ['Editing']
  return router()
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/changes',
        tags,
        permission: 'edit',
        summary: 'Apply a change set: all of it, or nothing',
        request: { body: jsonBody(saveSchema) },
        responses: {
          200: jsonAnswer('What was stored', savedChangesSchema),
        },
      }),
      async (context) => {
        const { id, note, ...sent } = context.req.valid('json')
        const answer = await saveChanges(database.sql, {
          id: id.toLowerCase(),
          note,
          actor: actorOf(context),
          reach: context.var.identity.reach,
          changes: readChanges(sent),
        })
        outbox.wake()
        return context.json(answer, 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/changes/check',
        tags,
        permission: 'edit',
        summary: 'What a change set would do; nothing is kept of it',
        request: {
          query: checkQuerySchema,
          body: jsonBody(changesSchema),
        },
        responses: {
          200: jsonAnswer('What saving would do', checkReportSchema),
        },
      }),
      async (context) => {
        const { values } = await readSettings(database.sql, env)
        const report = await checkChanges(database.sql, readChanges(context.req.valid('json')), {
          actor: actorOf(context),
          reach: context.var.identity.reach,
          toleranceSquareMetres: context.req.valid('query').toleranceSquareMetres,
          band: values.householdBand,
          signal: context.req.raw.signal,
        })
        return context.json(report, 200)
      },
    )
}
