import { z } from '@hono/zod-openapi'
import {
  ALARM_STATES,
  alarmImportSchema,
  alarmInputSchema,
  smokeAlarmSchema,
} from '../../geodata/campaigns/smoke-alarm.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { idParameter, versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers, jsonBody } from '../platform/json.ts'
import { readUpload } from '../platform/read-upload.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { importAlarms } from './import-alarms.ts'
import { placeParameters } from './page-parameters.ts'
import { listAlarms, putAlarm, sumAlarms } from './smoke-alarm.store.ts'
import { tellChange } from './tell-change.ts'
import { writerOf } from './writer-of.ts'

const path = '/api/v1/smoke-alarms'
const tags = ['Campaigns']
const byState = <S extends z.ZodType>(schema: S) => z.record(z.enum(ALARM_STATES), schema)
const MAX_FILE_BYTES = 4 * 1024 * 1024

/** Written for the document only: a validator would read the whole body into memory. */
const FILE = {
  required: true,
  content: {
    'text/csv': { schema: { type: 'string', format: 'binary' } },
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: ['file'],
        properties: { file: { type: 'string', format: 'binary' } },
      },
    },
  },
}

/** Smoke alarms by building: how many, and when they were fitted, powered and tested. */
export function smokeAlarmRoutes({ database: { sql }, outbox }: Deps) {
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'List the smoke alarms of buildings, what is due first comes first',
        request: {
          query: z.strictObject({
            state: z.enum(ALARM_STATES).optional(),
            building: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
            ...placeParameters('In names, codes, addresses of buildings'),
          }),
        },
        responses: jsonAnswers(
          'One page',
          z.object({ alarms: z.array(smokeAlarmSchema), next: z.string().nullable() }),
        ),
      }),
      async (context) => {
        const { limit, cursor, ...filter } = context.req.valid('query')
        const { reach } = context.var.identity
        return context.json(await listAlarms(sql, filter, reach, { limit, after: cursor }), 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/summary`,
        tags,
        permission: 'read',
        summary: 'How many buildings have smoke alarms, and where something is due',
        responses: jsonAnswers(
          'Sums in your area, and ids for the map',
          z.object({
            buildings: byState(z.int()),
            alarms: z.int(),
            all: z.int().describe('All buildings in your area'),
            ids: byState(z.array(z.int())).describe('At most 5,000 each'),
          }),
        ),
      }),
      async (context) => context.json(await sumAlarms(sql, context.var.identity.reach), 200),
    )
    .openapi(
      route({
        method: 'put',
        path: `${path}/{id}`,
        tags,
        permission: 'verify',
        summary: 'Store the smoke alarms of a building',
        description: 'If-Match: "0" where nothing is stored yet.',
        request: { params: idParameter, headers: versionHeader, body: jsonBody(alarmInputSchema) },
        responses: jsonAnswers('The alarms', smokeAlarmSchema),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const input = context.req.valid('json')
        const alarm = await putAlarm(sql, id, readVersion(context), input, writerOf(context))
        tellChange(context, outbox, alarm)
        return context.json(alarm, 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/import`,
        tags,
        permission: 'import',
        heavy: true,
        seconds: 120,
        summary: 'Take counts and dates from a CSV file, by the codes of buildings',
        description:
          'Columns: code, count, installed_on, battery_on, tested_on, note. An empty cell leaves what is stored, “-” clears it.',
        request: {
          query: z.strictObject({
            dryRun: z.enum(['true', 'false']).default('false').describe('true: tell what would change'),
          }),
        },
        responses: jsonAnswers('What was stored, and which rows could not be used', alarmImportSchema),
        ...({ requestBody: FILE } as object),
      }),
      async (context) => {
        const bytes = await readUpload(context.req.raw, {
          types: /^text\/csv\b/i,
          expected: 'text/csv, or a form with the part file',
          maxBytes: MAX_FILE_BYTES,
          tooLarge: () =>
            new Problem(
              'too-large',
              `The file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB. Send it in parts.`,
            ),
        })
        const dryRun = context.req.valid('query').dryRun === 'true'
        const report = await importAlarms(sql, bytes, dryRun, writerOf(context))
        outbox.wake()
        return context.json(report, 200)
      },
    )
}
