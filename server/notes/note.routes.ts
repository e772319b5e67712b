import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { type Note, noteSchema, noteText } from '../../geodata/notes/note.schema.ts'
import { LAYER_IDS } from '../../geodata/shared/layer.ts'
import { actorOf } from '../access/actor.ts'
import type { AppEnv } from '../access/app-env.ts'
import { idParameter, versionHeader } from '../features/feature.schema.ts'
import { photoRoutes } from '../photos/photo.routes.ts'
import { nextOf, nextSchema, pageParameters, subjectParameters } from '../photos/subject.parameters.ts'
import type { Deps } from '../platform/deps.ts'
import { json } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import {
  createNote,
  deleteNote,
  editNote,
  getNote,
  listNotes,
  type NoteWriter,
  restoreNote,
} from './note.store.ts'

const path = '/api/v1/notes'
const tags = ['Notes']
const wire = noteSchema.openapi('Note')
const one = { description: 'The note, with its version as ETag', content: json(wire) }

/** Notes on features of every layer, and their photos. */
export function noteRoutes(deps: Deps) {
  const { database, outbox } = deps
  const app = router()

  app.openapi(
    route({
      method: 'get',
      path,
      tags,
      permission: 'read',
      summary: 'List the notes on a feature',
      description: 'Newest first. Notes on a feature that was deleted stay readable.',
      request: {
        query: z.strictObject({
          ...subjectParameters,
          ...pageParameters,
        }),
      },
      responses: {
        200: {
          description: 'One page',
          content: json(
            z
              .object({
                notes: z.array(wire),
                next: nextSchema,
              })
              .openapi('Notes'),
          ),
        },
      },
    }),
    async (context) => {
      const { limit, cursor, ...subject } = context.req.valid('query')
      const { notes, next } = await listNotes(database.sql, subject, context.var.identity.reach, {
        limit,
        before: cursor,
      })
      return context.json({ notes, next: nextOf(next) }, 200)
    },
  )

  app.openapi(
    route({
      method: 'get',
      path: `${path}/{id}`,
      tags,
      permission: 'read',
      summary: 'Get one note',
      request: { params: idParameter },
      responses: { 200: one },
    }),
    async (context) => {
      const { reach } = context.var.identity
      const note = await getNote(database.sql, context.req.valid('param').id, reach)
      return context.json(tag(context, note), 200)
    },
  )

  app.openapi(
    route({
      method: 'post',
      path,
      tags,
      permission: 'note',
      summary: 'Write a note on a feature',
      request: {
        body: {
          required: true,
          content: json(
            z.strictObject({
              layer: z.enum(LAYER_IDS),
              feature: z.int().min(1).max(Number.MAX_SAFE_INTEGER),
              text: noteText(),
            }),
          ),
        },
      },
      responses: { 201: one },
    }),
    async (context) => {
      const { text, ...subject } = context.req.valid('json')
      const note = await createNote(database.sql, subject, text, writerOf(context))
      outbox.wake()
      context.header('location', `${path}/${note.id}`)
      return context.json(tag(context, note), 201)
    },
  )

  app.openapi(
    route({
      method: 'patch',
      path: `${path}/{id}`,
      tags,
      permission: 'note',
      summary: 'Change the text of a note',
      request: {
        params: idParameter,
        headers: versionHeader,
        body: { required: true, content: json(z.strictObject({ text: noteText() })) },
      },
      responses: { 200: one },
    }),
    async (context) => {
      const { text } = context.req.valid('json')
      const note = await editNote(
        database.sql,
        context.req.valid('param').id,
        readVersion(context),
        text,
        writerOf(context),
      )
      outbox.wake()
      return context.json(tag(context, note), 200)
    },
  )

  app.openapi(
    route({
      method: 'delete',
      path: `${path}/{id}`,
      tags,
      permission: 'note',
      summary: 'Delete a note with its photos',
      description:
        'It can be brought back by restore, with the same version. Its photos are kept for 30 days.',
      request: { params: idParameter, headers: versionHeader },
      responses: { 204: { description: 'Deleted' } },
    }),
    async (context) => {
      await deleteNote(database.sql, context.req.valid('param').id, readVersion(context), writerOf(context))
      outbox.wake()
      return context.body(null, 204)
    },
  )

  app.openapi(
    route({
      method: 'post',
      path: `${path}/{id}/restore`,
      tags,
      permission: 'note',
      summary: 'Bring back a note that was deleted',
      request: { params: idParameter, headers: versionHeader },
      responses: { 200: one },
    }),
    async (context) => {
      const note = await restoreNote(
        database.sql,
        context.req.valid('param').id,
        readVersion(context),
        writerOf(context),
      )
      outbox.wake()
      return context.json(tag(context, note), 200)
    },
  )

  app.route('/', photoRoutes(deps))
  return app
}

const writerOf = (context: Context<AppEnv>): NoteWriter => ({
  actor: actorOf(context),
  reach: context.var.identity.reach,
})

function tag(context: Context, note: Note): Note {
  context.header('etag', `"${note.version}"`)
  return note
}
