import { z } from '@hono/zod-openapi'
import { importBatchSchema, importReportSchema } from '../../geodata/exchange/import-report.schema.ts'
import { isLayerId, LAYERS } from '../../geodata/layers.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { actorOf } from '../access/actor.ts'
import { requireEverywhere } from '../access/require-everywhere.ts'
import { idParameter } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { getBatch, listBatches } from './import.store.ts'
import { importFile } from './import-file.ts'
import { receiveUpload } from './receive-upload.ts'

const MAX_FILE_BYTES = 512 * 1024 * 1024

/** The form beside its file. Written for the document only: a validator would read the whole body into memory. */
const FIELDS = {
  layer: `For GeoJSON: which layer it holds, one of ${Object.keys(LAYERS).join(', ')}`,
  division:
    'For OpenStreetMap: division of 6 or 9 digits under which named residential areas become communities',
  source: 'Prefix of the ids of GeoJSON features; default: the file name',
  attribution: 'Whom to name on the map',
  licence: 'Licence of the data',
} as const
const FORM = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: ['file'],
        properties: {
          file: { type: 'string', format: 'binary', description: '.osm, .osm.gz, .osm.pbf or GeoJSON' },
          ...Object.fromEntries(
            Object.entries(FIELDS).map(([name, description]) => [name, { type: 'string', description }]),
          ),
        },
      },
    },
  },
}

/** Import of files, and what was imported when. */
export function importRoutes({ database, outbox }: Deps) {
  const app = router()
  const tags = ['Imports']
  const report = { 'application/json': { schema: importReportSchema } }

  app.openapi(
    route({
      method: 'post',
      path: '/api/v1/imports',
      tags,
      permission: 'import',
      heavy: true,
      seconds: Number.POSITIVE_INFINITY,
      summary: 'Import a file',
      description:
        'OpenStreetMap or GeoJSON, recognised by content. All or nothing; the same file again changes nothing.',
      request: {
        query: z.strictObject({
          dryRun: z
            .enum(['true', 'false'])
            .default('false')
            .describe('true: report what would happen, change nothing'),
        }),
      },
      responses: {
        201: { description: 'Imported; the report', content: report },
        200: {
          description: 'Nothing was changed (a dry run, or all was there); the report',
          content: report,
        },
      },
      ...({ requestBody: FORM } as object),
    }),
    async (context) => {
      requireEverywhere(context, 'A file, and the report on it, may hold anything')
      const dryRun = context.req.valid('query').dryRun === 'true'
      const upload = await receiveUpload(context.req.raw, {
        fieldNames: Object.keys(FIELDS),
        maxBytes: MAX_FILE_BYTES,
      })
      try {
        const { layer, ...fields } = upload.fields as Partial<Record<keyof typeof FIELDS, string>>
        if (layer !== undefined && !isLayerId(layer))
          throw new Problem(
            'invalid-parameter',
            `layer=${layer.slice(0, 40)} is not a layer; give one of ${Object.keys(LAYERS).join(', ')}.`,
          )
        const { path, fileName } = upload
        const imported = await importFile(database, {
          ...fields,
          path,
          fileName,
          layer,
          dryRun,
          actor: actorOf(context),
          signal: context.req.raw.signal,
        })
        if (imported.batchId === null) return context.json(imported, 200)
        outbox.wake()
        context.header('location', `/api/v1/imports/${imported.batchId}`)
        return context.json(imported, 201)
      } finally {
        await upload.remove()
      }
    },
  )

  app.openapi(
    route({
      method: 'get',
      path: '/api/v1/imports',
      tags,
      permission: 'import',
      summary: 'List imports',
      responses: {
        200: jsonAnswer('The newest 200, newest first', z.object({ imports: z.array(importBatchSchema) })),
      },
    }),
    async (context) => {
      requireEverywhere(context, 'A file, and the report on it, may hold anything')
      return context.json({ imports: await listBatches(database.read) })
    },
  )

  app.openapi(
    route({
      method: 'get',
      path: '/api/v1/imports/{id}',
      tags,
      permission: 'import',
      summary: 'Get one import with its report',
      request: {
        params: idParameter,
      },
      responses: {
        200: {
          description: 'The import; a demo batch has a report of its own form',
          content: {
            'application/json': {
              schema: importBatchSchema.extend({ report: z.record(z.string(), z.unknown()) }),
            },
          },
        },
      },
    }),
    async (context) => {
      requireEverywhere(context, 'A file, and the report on it, may hold anything')
      return context.json((await getBatch(database.read, context.req.valid('param').id)) as never)
    },
  )
  return app
}
