import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  actionSchema,
  casePageSchema,
  caseSchema,
  reportSchema,
  similarSchema,
} from '../../geodata/hazards/case.schema.ts'
import { HAZARD_STATES, SEVERITIES } from '../../geodata/hazards/hazard.schema.ts'
import { SIMILAR_DAYS, SIMILAR_METRES } from '../../geodata/hazards/similar.ts'
import { text } from '../../geodata/shared/fields.ts'
import type { AppEnv } from '../access/app-env.ts'
import { bboxParameter, idParameter, versionHeader } from '../features/feature.schema.ts'
import { areaParameter, momentParameter } from '../features/filter.parameters.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { actOnCase } from './act-on-case.ts'
import { departmentOf, doerOf } from './doer.ts'
import { CASE_CLOCKS, CASE_SORTS, listCases } from './list-cases.store.ts'
import { readCase } from './read-case.store.ts'
import { reportCase } from './report-case.ts'
import { findSimilar } from './similar.store.ts'
import { workflowRoutes } from './workflow.routes.ts'

const path = '/api/v1/cases'
const tags = ['Cases']

const several = <S extends z.ZodType<string, string>>(each: S) =>
  text(400)
    .transform((list) => list.split(',').map((value) => value.trim()))
    .pipe(z.array(each).max(50))

const listQuery = z.strictObject({
  parent: text(40).optional().describe('Code of a community, grid or micro-grid'),
  kind: several(text(20)).optional().describe('Codes of categories, by commas'),
  state: several(z.enum(HAZARD_STATES)).optional().describe('By commas'),
  severity: several(z.enum(SEVERITIES)).optional().describe('By commas'),
  area: areaParameter.optional(),
  bbox: bboxParameter.optional(),
  from: momentParameter(false).optional().describe('Beginning of a period of reportedAt; see to'),
  to: momentParameter(true).optional(),
  q: text(100).min(1).optional().describe('Titles and codes; pinyin and initials too'),
  department: z
    .union([
      z.literal('mine'),
      z.literal('none'),
      z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
    ])
    .optional()
    .describe('An id; mine: of the department of whoever asks; none: nobody’s'),
  clock: z
    .enum(CASE_CLOCKS)
    .optional()
    .describe(
      'overdue, soon: its deadline; running, suspended, none: whether one runs; asked: more time was asked for',
    ),
  source: text(40).optional(),
  campaign: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
  open: z.enum(['true', 'false']).default('false').describe('true: only those that are not over'),
  sort: z.enum(CASE_SORTS).default('dueAt'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: text(100).optional(),
})

const similarQuery = z.strictObject({
  lng: z.coerce.number().min(-180).max(180),
  lat: z.coerce.number().min(-85).max(85),
  standard: text(40).optional(),
  kind: text(20).optional(),
  code: text(20).optional(),
  title: text(120).optional(),
  metres: z.coerce.number().min(1).max(1000).default(SIMILAR_METRES),
  days: z.coerce.number().min(0.04).max(3650).default(SIMILAR_DAYS),
})

/** Hazards as cases: reported, moved on, looked up. */
export function caseRoutes(deps: Deps) {
  const {
    database: { sql, read },
    outbox,
    now = () => undefined,
  } = deps
  const one = jsonAnswer('The case, with the version of its hazard as ETag', caseSchema)
  const answer = async (context: Context<AppEnv>, id: number) => {
    const found = await readCase(sql, id, doerOf(context), now())
    context.header('etag', `"${found.version}"`)
    return found
  }
  return router()
    .openapi(
      route({
        method: 'post',
        path,
        tags,
        permission: 'report',
        summary: 'Report a hazard: its case begins, or it joins one that is open',
        request: { body: jsonBody(reportSchema) },
        responses: { 200: one, 201: one },
      }),
      async (context) => {
        const { hazardId, isNew } = await reportCase(sql, context.req.valid('json'), doerOf(context), now())
        outbox.wake()
        context.header('location', `${path}/${hazardId}`)
        return context.json(await answer(context, hazardId), isNew ? 201 : 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path,
        tags,
        permission: 'read',
        summary: 'List cases',
        request: { query: listQuery },
        responses: jsonAnswers('One page', casePageSchema),
      }),
      async (context) => {
        const { sort, limit, cursor, department, open, ...filter } = context.req.valid('query')
        const { reach } = context.var.identity
        const whose =
          department === 'mine'
            ? ((await departmentOf(sql, doerOf(context))) ?? 0)
            : department === 'none'
              ? null
              : department
        const page = await listCases(read, { ...filter, department: whose, open: open === 'true' }, reach, {
          sort,
          limit,
          cursor,
          now: now() ?? new Date(),
        })
        return context.json(page, 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/similar`,
        tags,
        permission: 'read',
        summary: 'Open cases near a place that may be of the same',
        request: { query: similarQuery },
        responses: jsonAnswers('The most likely first, at most 10', similarSchema),
      }),
      async (context) => {
        const { lng, lat, standard, kind, code, title, metres, days } = context.req.valid('query')
        const category =
          standard !== undefined && kind !== undefined && code !== undefined
            ? { standard, kind, code }
            : undefined
        const cases = await findSimilar(
          read,
          { lngLat: [lng, lat], category, title, metres, days, now: now() ?? new Date() },
          context.var.identity.reach,
        )
        return context.json({ cases }, 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/{id}`,
        tags,
        permission: 'read',
        summary: 'Get a case: its history, its clocks, and what may be done to it now',
        request: { params: idParameter },
        responses: { 200: one },
      }),
      async (context) => context.json(await answer(context, context.req.valid('param').id), 200),
    )
    .openapi(
      route({
        method: 'post',
        path: `${path}/{id}/actions`,
        tags,
        // Each action needs its own besides, as GET /api/v1/workflow says.
        permission: 'note',
        summary: 'Do something to a case',
        request: { params: idParameter, headers: versionHeader, body: jsonBody(actionSchema) },
        responses: { 200: one },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const act = { id, version: readVersion(context), action: context.req.valid('json') }
        await actOnCase(sql, act, doerOf(context), now())
        outbox.wake()
        return context.json(await answer(context, id), 200)
      },
    )
    .route('/', workflowRoutes(deps))
}
