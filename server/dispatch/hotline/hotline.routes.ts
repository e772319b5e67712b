import { readFile } from 'node:fs/promises'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  callBackInputSchema,
  contactInputSchema,
  HOTLINE_CRS,
  HOTLINE_LIMITS,
  hotlineOrderSchema,
  hotlineReportSchema,
  orderNumber,
  orderOfCaseSchema,
  placeOrderSchema,
} from '../../../geodata/dispatch/hotline/hotline.schema.ts'
import { HOTLINE_COLUMN_NAMES, HOTLINE_COLUMNS } from '../../../geodata/dispatch/hotline/hotline-columns.ts'
import type { AppEnv } from '../../access/app-env.ts'
import { requireEverywhere } from '../../access/require-everywhere.ts'
import { doerOf } from '../../cases/doer.ts'
import { receiveUpload } from '../../exchange/receive-upload.ts'
import { idParameter, versionHeader } from '../../features/feature.schema.ts'
import type { Deps } from '../../platform/deps.ts'
import { json, jsonAnswer, jsonAnswers, jsonBody } from '../../platform/json.ts'
import { readVersion } from '../../platform/read-version.ts'
import { route, router } from '../../platform/route.ts'
import { recordCallBack, recordContact } from './call-back.ts'
import { importOrders } from './import-orders.ts'
import { getOrder, listWaiting, orderOfCase } from './order.store.ts'
import { placeOrder } from './place-order.ts'

const path = '/api/v1/hotline'
const tags = ['Dispatch']
/** Orders come for the whole area, and those that wait have no place yet. */
const EVERYWHERE = 'Orders of the hotline may be of any place'
const numberParameter = z.object({ number: orderNumber() })

/** A form with the file; written for the document only, as its body is streamed. */
const FORM = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: {
        type: 'object',
        required: ['file'],
        properties: {
          file: {
            type: 'string',
            format: 'binary',
            description: 'CSV in UTF-8, UTF-16 or GB18030, with headings in Chinese or English',
          },
        },
      },
    },
  },
}

/** Orders of the 12345 hotline: imported, placed, contacted first, called back twice. Nothing about callers is stored. */
export function hotlineRoutes(deps: Deps) {
  const {
    database: { sql, read },
    outbox,
  } = deps
  const answer = (context: Context<AppEnv>, id: number) => orderOfCase(sql, id, doerOf(context))
  const app = router()
  app.openapi(
    route({
      method: 'post',
      path: `${path}/imports`,
      tags,
      permission: 'dispatch',
      heavy: true,
      seconds: 300,
      summary: 'Import orders from a CSV file',
      description:
        'All or nothing; an order that is there already stays as it is. Columns that look like the caller’s are not read, and phone and identity numbers are taken out of texts.',
      request: {
        query: z.strictObject({
          dryRun: z
            .enum(['true', 'false'])
            .default('false')
            .describe('true: report what would happen, change nothing'),
          crs: z
            .enum(HOTLINE_CRS)
            .optional()
            .describe('What the coordinates are in; needed where the file has any'),
        }),
      },
      responses: {
        201: { description: 'Imported; the report', content: json(hotlineReportSchema) },
        200: {
          description: 'Nothing was changed (a dry run, or all was there); the report',
          content: json(hotlineReportSchema),
        },
      },
      ...({ requestBody: FORM } as object),
    }),
    async (context) => {
      requireEverywhere(context, EVERYWHERE)
      const { dryRun, crs } = context.req.valid('query')
      const upload = await receiveUpload(context.req.raw, {
        fieldNames: [],
        maxBytes: HOTLINE_LIMITS.bytes,
      })
      try {
        const bytes = await readFile(upload.path)
        const file = { bytes, fileName: upload.fileName, crs, dryRun: dryRun === 'true' }
        const report = await importOrders(deps, file, doerOf(context))
        if (report.dryRun || report.counts.created + report.counts.waits === 0)
          return context.json(report, 200)
        outbox.wake()
        return context.json(report, 201)
      } finally {
        await upload.remove()
      }
    },
  )
  return app
    .openapi(
      route({
        method: 'get',
        path: `${path}/template`,
        tags,
        permission: 'read',
        summary: 'A file to fill in: headings and one example',
        request: { query: z.strictObject({ lang: z.enum(['zh', 'en']).default('zh') }) },
        responses: {
          200: { description: 'CSV in UTF-8 with a mark', content: { 'text/csv': { schema: z.string() } } },
        },
      }),
      (context) => {
        const { lang } = context.req.valid('query')
        const line = (cells: readonly string[]) =>
          cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')
        context.header('content-type', 'text/csv; charset=utf-8')
        context.header('content-disposition', 'attachment; filename="hotline-template.csv"')
        const headings = HOTLINE_COLUMN_NAMES.map((column) => HOTLINE_COLUMNS[column][lang])
        return context.body(`\uFEFF${line(headings)}\r\n${line(EXAMPLE[lang])}\r\n`, 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/waiting`,
        tags,
        permission: 'dispatch',
        summary: 'Orders that wait for a place or a category',
        request: {
          query: z.strictObject({
            limit: z.coerce.number().int().min(1).max(200).default(50),
            cursor: orderNumber().optional(),
          }),
        },
        responses: jsonAnswers(
          'Those received first',
          z.object({
            orders: z.array(hotlineOrderSchema),
            next: z.string().nullable(),
            total: z.int(),
          }),
        ),
      }),
      async (context) => {
        requireEverywhere(context, EVERYWHERE)
        const { limit, cursor } = context.req.valid('query')
        return context.json(await listWaiting(read, { limit, after: cursor }), 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/orders/{number}/place`,
        tags,
        permission: 'dispatch',
        summary: 'Make a case of an order that waits',
        request: { params: numberParameter, headers: versionHeader, body: jsonBody(placeOrderSchema) },
        responses: { 201: jsonAnswer('The order, with its case', hotlineOrderSchema) },
      }),
      async (context) => {
        requireEverywhere(context, EVERYWHERE)
        const { number } = context.req.valid('param')
        const asked = { number, version: readVersion(context) }
        const hazardId = await placeOrder(deps, asked, context.req.valid('json'), doerOf(context))
        outbox.wake()
        context.header('location', `/api/v1/cases/${hazardId}`)
        return context.json(await getOrder(sql, number), 201)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/cases/{id}/hotline',
        tags,
        permission: 'read',
        summary: 'The hotline order that a case came of',
        request: { params: idParameter },
        responses: jsonAnswers('With its contact and call-backs', orderOfCaseSchema),
      }),
      async (context) => context.json(await answer(context, context.req.valid('param').id), 200),
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/cases/{id}/contacts',
        tags,
        // For the unit `handle` of its own case besides, for the street `verify`.
        permission: 'note',
        summary: 'Whoever called was contacted before the handling',
        request: { params: idParameter, body: jsonBody(contactInputSchema) },
        responses: jsonAnswers('The order', orderOfCaseSchema),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        await recordContact(deps, id, context.req.valid('json'), doerOf(context))
        outbox.wake()
        return context.json(await answer(context, id), 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: '/api/v1/cases/{id}/call-backs',
        tags,
        permission: 'note',
        summary: 'What whoever called says of how it was handled',
        request: { params: idParameter, body: jsonBody(callBackInputSchema) },
        responses: jsonAnswers('The order', orderOfCaseSchema),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        await recordCallBack(deps, id, context.req.valid('json'), doerOf(context))
        outbox.wake()
        return context.json(await answer(context, id), 200)
      },
    )
}

const EXAMPLE = {
  zh: [
    '20260106000123',
    '2026-01-06 07:40',
    '电话',
    '楼道堆物',
    '楼道长期堆放纸箱，影响通行',
    '06036',
    '一般',
    '柳堤路12弄3号',
    '',
    '120.6012345',
    '31.3012345',
  ],
  en: [
    '20260106000123',
    '2026-01-06 07:40',
    'Phone',
    'Clutter on the stairs',
    'Boxes have been on the stairs for weeks and block the way',
    '06036',
    'medium',
    '3, Lane 12, Willow Road',
    '',
    '120.6012345',
    '31.3012345',
  ],
} as const
