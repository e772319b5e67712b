import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  BAROMETER_COUNTS,
  barometerSchema,
  indicatorRowsSchema,
  rankingSchema,
  storedSchemeSchema,
} from '../../geodata/figures/indicator.schema.ts'
import { type Scheme, schemeSchema } from '../../geodata/figures/scheme.schema.ts'
import { SCHEME_IDS, type SchemeId } from '../../geodata/figures/scheme.ts'
import { actorOf } from '../access/actor.ts'
import { requireEverywhere } from '../access/require-everywhere.ts'
import { versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { readBarometer } from './barometer.store.ts'
import { barometerCsv, rankingCsv, rowsCsv } from './figure-csv.ts'
import {
  csvAnswers,
  csvResponse,
  pageParameters,
  questionOf,
  questionParameters,
} from './figure-parameters.ts'
import { readScheme, replaceScheme, type Versioned } from './figure-rule.store.ts'
import { readFigureRows } from './indicator-rows.store.ts'
import { readRanking } from './ranking.store.ts'

const path = '/api/v1/figures'
const tags = ['Figures']
const scheme = z.enum(SCHEME_IDS)
const schemeId = z.object({ id: scheme })
const countParameters = z.object({ count: z.enum(BAROMETER_COUNTS) })
const { limit, cursor } = pageParameters
const rankingParameters = { ...questionParameters, scheme: scheme.default('jinniu') }

/** The barometer and the rankings, and the weights of these. */
export function rankingRoutes(deps: Deps) {
  const { database } = deps
  const read = { tags, permission: 'read', heavy: true } as const
  const file = { tags, permission: 'export', heavy: true, seconds: Number.POSITIVE_INFINITY } as const
  const schemeAnswers = {
    200: jsonAnswer('The scheme, with its version as ETag', storedSchemeSchema),
  }
  return router()
    .openapi(
      route({
        method: 'get',
        path: `${path}/barometer`,
        ...read,
        summary: 'New, solved and standing hazards by kind and cell, against the period before',
        request: { query: z.strictObject(questionParameters) },
        responses: jsonAnswers('The counts, from the history alone', barometerSchema),
      }),
      async (context) => {
        const { periods, among } = await questionOf(deps, context, context.req.valid('query'))
        return context.json(await readBarometer(database.read, periods, among), 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/barometer.csv`,
        ...file,
        summary: 'The barometer as a table; the download itself is written down too',
        request: { query: z.strictObject(questionParameters) },
        responses: csvAnswers('One row for each cell and kind'),
      }),
      async (context) => {
        const asked = context.req.valid('query')
        const { periods, among } = await questionOf(deps, context, asked)
        const barometer = await readBarometer(database.read, periods, among)
        return csvResponse(deps, context, 'barometer', asked, () => barometerCsv(barometer)) as never
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/barometer/{count}/rows`,
        ...read,
        summary: 'The hazards behind a count of the barometer: new, solved or standing',
        request: {
          params: countParameters,
          query: z.strictObject({ ...questionParameters, limit, cursor }),
        },
        responses: jsonAnswers('One page, in the order of time', indicatorRowsSchema),
      }),
      async (context) => {
        const { limit, cursor, ...asked } = context.req.valid('query')
        const { periods, among } = await questionOf(deps, context, asked)
        const told = { base: context.req.valid('param').count, counts: undefined }
        const page = { part: 'denominator', limit, cursor } as const
        return context.json(
          await readFigureRows(database.read, told, { ...periods.period, ...among }, page),
          200,
        )
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/barometer/{count}/rows.csv`,
        ...file,
        summary:
          'The hazards behind a count of the barometer as a table; the download itself is written down too',
        request: { params: countParameters, query: z.strictObject(questionParameters) },
        responses: csvAnswers('One row for each hazard'),
      }),
      async (context) => {
        const asked = context.req.valid('query')
        const { periods, among } = await questionOf(deps, context, asked)
        const { count } = context.req.valid('param')
        const told = { base: count, counts: undefined }
        const question = { ...periods.period, ...among }
        return csvResponse(deps, context, `barometer-${count}`, asked, (signal) =>
          rowsCsv(
            (page) => readFigureRows(database.read, told, question, { part: 'denominator', ...page }),
            signal,
          ),
        ) as never
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/ranking`,
        ...read,
        summary: 'Cells by the points of a scheme, with what these are made of',
        request: { query: z.strictObject(rankingParameters) },
        responses: jsonAnswers('The best first, with the weights that were used', rankingSchema),
      }),
      async (context) => {
        const { scheme: id, ...asked } = context.req.valid('query')
        const { periods, among } = await questionOf(deps, context, asked)
        return context.json(await readRanking(database.read, id, periods, among), 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/ranking.csv`,
        ...file,
        summary: 'A ranking as a table; the download itself is written down too',
        request: { query: z.strictObject(rankingParameters) },
        responses: csvAnswers('One row for each cell'),
      }),
      async (context) => {
        const { scheme: id, ...asked } = context.req.valid('query')
        const { periods, among } = await questionOf(deps, context, asked)
        const ranking = await readRanking(database.read, id, periods, among)
        return csvResponse(deps, context, `ranking-${id}`, asked, () => rankingCsv(ranking)) as never
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/schemes/{id}`,
        tags,
        permission: 'read',
        summary: 'How a ranking is reckoned: components, weights, parts and stars',
        request: { params: schemeId },
        responses: schemeAnswers,
      }),
      // From the primary: whoever changes it next sends back this version.
      async (context) => {
        const { id } = context.req.valid('param')
        return answer(context, id, await readScheme(database.sql, id))
      },
    )
    .openapi(
      route({
        method: 'put',
        path: `${path}/schemes/{id}`,
        tags,
        permission: 'configure',
        summary: 'Replace the weights of a ranking',
        request: {
          params: schemeId,
          headers: versionHeader,
          body: jsonBody(schemeSchema),
        },
        responses: schemeAnswers,
      }),
      async (context) => {
        requireEverywhere(context, 'Rankings are reckoned in one way for the whole area')
        const { id } = context.req.valid('param')
        const saved = await replaceScheme(
          database.sql,
          id,
          readVersion(context),
          context.req.valid('json'),
          actorOf(context),
        )
        return answer(context, id, saved)
      },
    )
}

function answer(context: Context, id: SchemeId, { version, rule }: Versioned<Scheme>) {
  context.header('etag', `"${version}"`)
  return context.json({ id, version, scheme: rule }, 200)
}
