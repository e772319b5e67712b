import { z } from '@hono/zod-openapi'
import { PHOTO_TYPES, photoSchema } from '../../geodata/notes/note.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { actorOf } from '../access/actor.ts'
import type { Deps } from '../platform/deps.ts'
import { json } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { takeTurns } from '../platform/take-turns.ts'
import { addPhoto } from './add-photo.ts'
import { PHOTO_TYPE } from './make-sizes.ts'
import { deletePhotoRow, getPhoto, listPhotos, requireSubject } from './photo.store.ts'
import { photoKey } from './photo-keys.ts'
import { readPhotoBody } from './read-photo-body.ts'
import { nextOf, nextSchema, pageParameters, subjectParameters } from './subject.parameters.ts'
import { removeLoose } from './sweep-photos.ts'

const path = '/api/v1/photos'
const tags = ['Photos']
const wire = photoSchema.openapi('Photo')
const picture = { schema: { type: 'string', format: 'binary' } } as const

/** Written for the document only: a validator would read the whole body into memory. */
const BODY = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: { type: 'object', required: ['file'], properties: { file: picture.schema } },
    },
    ...Object.fromEntries(PHOTO_TYPES.map((type) => [type, picture])),
  },
}

/** A body of 20 MB is in memory up to three times while it is read. The others wait in their sockets. */
const receiveInTurn = takeTurns(8, 100)

/** Photos of features and of notes. */
export function photoRoutes({ database, outbox, photos: store }: Deps) {
  const { sql } = database
  const app = router()

  app.openapi(
    route({
      method: 'post',
      path,
      tags,
      permission: 'note',
      summary: 'Add a photo to a feature',
      seconds: 600,
      description:
        'JPEG, PNG or WebP, at most 20 MB, as the body or as the part file of a form. It is drawn anew as JPEG, at most ' +
        '2048 pixels on its longer side; EXIF with the place, comments and colour profiles are not kept.',
      request: {
        query: z.strictObject({
          ...subjectParameters,
          note: subjectParameters.feature
            .optional()
            .describe('A note on the same feature, to which the photo belongs'),
        }),
      },
      responses: { 201: { description: 'The photo', content: json(wire) } },
      ...({ requestBody: BODY } as object),
    }),
    async (context) => {
      const about = context.req.valid('query')
      const { reach } = context.var.identity
      await requireSubject(sql, about, about.note, reach)
      const { signal } = context.req.raw
      const photo = await receiveInTurn(async () =>
        addPhoto(
          { sql, store },
          await readPhotoBody(context.req.raw),
          { ...about, note: about.note, author: actorOf(context), reach },
          signal,
        ),
      )
      outbox.wake()
      context.header('location', `${path}/${photo.id}/full`)
      return context.json(photo, 201)
    },
  )

  app.openapi(
    route({
      method: 'get',
      path,
      tags,
      permission: 'read',
      summary: 'List the photos of a feature',
      description: 'Newest first. Photos of a feature that was deleted stay readable.',
      request: {
        query: z.strictObject({
          ...subjectParameters,
          note: z
            .union([z.literal('none'), subjectParameters.feature])
            .optional()
            .describe('Only those of this note; none: only those of no note'),
          ...pageParameters,
        }),
      },
      responses: {
        200: {
          description: 'One page',
          content: json(
            z
              .object({
                photos: z.array(wire),
                next: nextSchema,
              })
              .openapi('Photos'),
          ),
        },
      },
    }),
    async (context) => {
      const { limit, cursor, note, ...about } = context.req.valid('query')
      const { photos, next } = await listPhotos(sql, about, context.var.identity.reach, {
        note: note === 'none' ? null : note,
        limit,
        before: cursor,
      })
      return context.json({ photos, next: nextOf(next) }, 200)
    },
  )

  app.openapi(
    route({
      method: 'get',
      path: `${path}/{id}/{size}`,
      tags,
      permission: 'read',
      summary: 'The picture itself',
      request: { params: z.object({ id: z.uuid(), size: z.enum(['full', 'thumb']) }) },
      responses: {
        200: { description: 'JPEG; never changes', content: { [PHOTO_TYPE]: picture } },
        304: { description: 'The copy named by If-None-Match is the same' },
      },
    }),
    async (context) => {
      const { id, size } = context.req.valid('param')
      const photo = await getPhoto(sql, id, context.var.identity.reach)
      const etag = `"${photo.id}-${size}"`
      const headers = {
        etag,
        'cache-control': 'private, max-age=31536000, immutable',
        vary: 'Cookie, Authorization',
        'x-content-type-options': 'nosniff',
      }
      const known = (context.req.header('if-none-match') ?? '')
        .split(',')
        .some((tag) => tag.trim().replace(/^W\//, '') === etag)
      if (known) return new Response(null, { status: 304, headers }) as never
      const bytes = await store.get(photoKey(photo.id, size))
      if (!bytes)
        throw new Problem(
          'not-found',
          `The file of photo ${photo.id} is missing from the photo store. Restore it from a copy of the store.`,
        )
      return new Response(bytes, {
        headers: {
          ...headers,
          'content-type': PHOTO_TYPE,
          'content-length': String(bytes.length),
          'content-disposition': `inline; filename="gridward-${photo.id}.jpg"`,
          'content-security-policy': "default-src 'none'; sandbox",
        },
      }) as never
    },
  )

  app.openapi(
    route({
      method: 'delete',
      path: `${path}/{id}`,
      tags,
      permission: 'note',
      summary: 'Delete a photo for good',
      request: { params: z.object({ id: z.uuid() }) },
      responses: { 204: { description: 'Deleted' } },
    }),
    async (context) => {
      const { id } = context.req.valid('param')
      await deletePhotoRow(sql, id, { actor: actorOf(context), reach: context.var.identity.reach })
      outbox.wake()
      // Where the store does not answer now, the sweep removes the files later.
      await removeLoose(sql, store, id).catch(() => {})
      return context.body(null, 204)
    },
  )
  return app
}
