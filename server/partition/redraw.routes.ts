import { z } from '@hono/zod-openapi'
import { savedChangesSchema } from '../../geodata/editing/change-report.schema.ts'
import { invertChangeSet } from '../../geodata/editing/invert-change-set.ts'
import { text } from '../../geodata/shared/fields.ts'
import { actorOf } from '../access/actor.ts'
import { ANALYSES, analysisParams, analysisTags } from '../coverage/analysis.routes.ts'
import { readerOf } from '../coverage/reader.ts'
import { changesSchema } from '../editing/change.schema.ts'
import { saveChanges } from '../editing/save-changes.store.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers, jsonBody } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { publishChanges } from './publish-redraw.store.ts'

const publishedSchema = savedChangesSchema
  .extend({ undo: changesSchema.describe('The changes that take it back') })
  .openapi('PublishedCells')

/** Redrawn cells in force. */
export function redrawRoutes({ database, outbox }: Deps) {
  return router().openapi(
    route({
      method: 'post',
      path: `${ANALYSES}/{id}/publish`,
      tags: analysisTags,
      permission: 'edit',
      seconds: 120,
      summary: 'Put an alternative of redrawn cells in force: all of it, or nothing',
      description:
        'Makes a change set: new micro-grids get codes that nobody ever had, those that they replace are deleted and stay in the history, and cells that hold the same buildings keep their code. It can be undone like any edit.',
      request: {
        params: analysisParams,
        body: jsonBody(
          z.strictObject({
            changeSet: z.uuid().describe('Made by the client: the id of the change set'),
            alternative: z.int().min(1).max(10),
            note: text(500).optional().describe('Why, for the history'),
          }),
        ),
      },
      responses: jsonAnswers('What was stored', publishedSchema),
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      const { changeSet, alternative, note } = context.req.valid('json')
      const { changes, title, before } = await publishChanges(
        database.sql,
        id,
        alternative,
        readerOf(context),
      )
      const saved = await saveChanges(database.sql, {
        id: changeSet.toLowerCase(),
        note: note || title || undefined,
        actor: actorOf(context),
        reach: context.var.identity.reach,
        changes,
      })
      outbox.wake()
      return context.json({ ...saved, undo: invertChangeSet(changes, saved, before) }, 200)
    },
  )
}
