import { z } from '@hono/zod-openapi'
import { PHOTO_TYPES, photoSchema } from '../../geodata/notes/note.schema.ts'
import { actorOf } from '../access/actor.ts'
import type { Network } from '../network/network.ts'
import { readPhotoBody } from '../photos/read-photo-body.ts'
import type { Deps } from '../platform/deps.ts'
import { json, jsonAnswers } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { takeTurns } from '../platform/take-turns.ts'
import { findRun } from './find-run.ts'
import { addGpx } from './gpx.store.ts'
import { readGpxBody } from './read-gpx-body.ts'
import { addReportPhoto, findReport, findReportPhoto } from './report-photo.ts'

const tags = ['Patrols']
const file = { schema: { type: 'string', format: 'binary' } } as const
const form = { schema: { type: 'object', required: ['file'], properties: { file: file.schema } } } as const
/** Written for the document only: a validator would read the whole body into memory. */
const bodyOf = (types: readonly string[]) => ({
  requestBody: {
    required: true,
    content: { 'multipart/form-data': form, ...Object.fromEntries(types.map((type) => [type, file])) },
  },
})

/** Bodies of 20 MB are in memory while they are read. The others wait in their sockets. */
const receiveInTurn = takeTurns(4, 100, 'Too many files are being sent at once. Send this one again shortly.')

/** Files from the road: tracks of other devices, photos of reports. */
export function uploadRoutes({ database, outbox, photos: store, log }: Deps, network: Network) {
  const { sql } = database
  return router()
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/patrols/runs/{roundId}/gpx',
        tags,
        permission: 'walk',
        seconds: 600,
        summary: 'Send the track of a round of mine that another device recorded',
        description:
          'GPX 1.0 or 1.1 with times, at most 20 MB, as the body or as the part file of a form. Its time counts as on duty; ' +
          'what is not of the round’s hours is left out. Sent twice, it is there once.',
        request: {
          params: z.object({ roundId: z.uuid() }),
          query: z.strictObject({ plan: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
        },
        responses: jsonAnswers(
          'What was taken',
          z.object({
            runId: z.int(),
            positions: z.int().describe('New ones'),
            leftOut: z.int().describe('Without a time, or not of this round'),
          }),
        ),
        ...(bodyOf(['application/gpx+xml']) as object),
      }),
      async (context) => {
        const { roundId } = context.req.valid('param')
        const { plan } = context.req.valid('query')
        const walker = { actor: actorOf(context), reach: context.var.identity.reach }
        const added = await receiveInTurn(async () =>
          addGpx(sql, walker, { planId: plan, roundId }, await readGpxBody(context.req.raw)),
        )
        await findRun(sql, network, added.runId).catch((err) =>
          log?.warn({ err, run: added.runId }, 'a walk is matched later'),
        )
        return context.json(added, 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/patrols/reports/{entryId}/photo',
        tags,
        permission: 'walk',
        seconds: 600,
        summary: 'Add a photo to a report of mine',
        description:
          'JPEG, PNG or WebP, at most 20 MB, as the body or as the part file of a form. Sent twice with one key, it is there once.',
        request: {
          params: z.object({ entryId: z.uuid() }),
          query: z.strictObject({
            key: z
              .uuid()
              .optional()
              .describe('Of this photo, made on the phone; left out: the report’s only one'),
          }),
        },
        responses: {
          200: { description: 'It was there already', content: json(photoSchema) },
          201: { description: 'The photo', content: json(photoSchema) },
        },
        ...(bodyOf(PHOTO_TYPES) as object),
      }),
      async (context) => {
        const { entryId } = context.req.valid('param')
        const { key = entryId } = context.req.valid('query')
        const walker = { actor: actorOf(context), reach: context.var.identity.reach }
        const hazardId = await findReport(sql, entryId, walker.actor.name)
        const before = await findReportPhoto(sql, entryId, key)
        if (before) return context.json(before.photo, 200)
        const { signal } = context.req.raw
        const { photo, isNew } = await receiveInTurn(async () =>
          addReportPhoto(
            { sql, store },
            { entryId, key, hazardId },
            await readPhotoBody(context.req.raw),
            walker,
            signal,
          ),
        )
        outbox.wake()
        return context.json(photo, isNew ? 201 : 200)
      },
    )
}
