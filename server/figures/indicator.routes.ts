import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  type Definitions,
  definitionsSchema,
  indicatorRowsSchema,
  seriesSchema,
  targetsBodySchema,
  valuesSchema,
} from '../../geodata/figures/indicator.schema.ts'
import { INDICATOR_IDS, INDICATORS } from '../../geodata/figures/indicators.ts'
import { indicatorId, type Targets } from '../../geodata/figures/scheme.schema.ts'
import { actorOf } from '../access/actor.ts'
import type { AppEnv } from '../access/app-env.ts'
import { requireEverywhere } from '../access/require-everywhere.ts'
import { versionHeader } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { readVersion } from '../platform/read-version.ts'
import { route, router } from '../platform/route.ts'
import { rowsCsv, seriesCsv, valuesCsv } from './figure-csv.ts'
import {
  type Asked,
  amongOf,
  amongParameters,
  csvAnswers,
  csvResponse,
  language,
  pageParameters,
  partParameter,
  questionOf,
  questionParameters,
} from './figure-parameters.ts'
import { readTargets, replaceTargets, type Versioned } from './figure-rule.store.ts'
import { readSeries, readValues } from './indicator.store.ts'
import { readFigureRows } from './indicator-rows.store.ts'

const path = '/api/v1/indicators'
const tags = ['Figures']
const idParameters = z.object({ id: indicatorId })
const MOST_MONTHS = 24
const seriesParameters = {
  month: z
    .string()
    .regex(/^(19[7-9]|[2-9]\d\d)\d-(0[1-9]|1[0-2])$/, 'is no month such as 2026-11')
    .describe('The last month'),
  months: z.coerce.number().int().min(1).max(MOST_MONTHS).default(12),
  area: amongParameters.area,
  categories: amongParameters.categories,
}

/** The indicators: what they are, what they come to in any period and area, and the rows behind each. */
export function indicatorRoutes(deps: Deps) {
  const { database } = deps
  const read = { tags, permission: 'read' } as const
  const file = { tags, permission: 'export', heavy: true, seconds: Number.POSITIVE_INFINITY } as const
  const definitionAnswers = {
    200: jsonAnswer('The indicators, with the version of the targets as ETag', definitionsSchema),
  }
  const seriesOf = async (
    context: Context<AppEnv>,
    { month, months, ...asked }: Omit<Asked, 'cells'> & { month: string; months: number },
  ) => {
    const among = await amongOf(deps, context, { cells: 'communities', ...asked })
    return readSeries(database.read, { month, months, now: Date.now() }, among)
  }
  return router()
    .openapi(
      route({
        method: 'get',
        path,
        ...read,
        summary: 'What the indicators are: formulas, and targets',
        responses: definitionAnswers,
      }),
      // From the primary: whoever changes the targets next sends back this version.
      async (context) => defined(context, await readTargets(database.sql)),
    )
    .openapi(
      route({
        method: 'put',
        path: `${path}/targets`,
        tags,
        permission: 'configure',
        summary: 'Set targets; indicators that are left out keep theirs',
        request: { headers: versionHeader, body: jsonBody(targetsBodySchema) },
        responses: definitionAnswers,
      }),
      async (context) => {
        requireEverywhere(context, 'Targets hold for the whole area')
        const { targets } = context.req.valid('json')
        return defined(
          context,
          await replaceTargets(database.sql, readVersion(context), targets, actorOf(context)),
        )
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/values`,
        ...read,
        heavy: true,
        summary: 'All indicators in a period, against the one before, in all and by cell',
        request: { query: z.strictObject(questionParameters) },
        responses: jsonAnswers('Numerators and denominators, from the history alone', valuesSchema),
      }),
      async (context) => {
        const { periods, among } = await questionOf(deps, context, context.req.valid('query'))
        return context.json(await readValues(database.read, periods, among), 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/series`,
        ...read,
        heavy: true,
        summary: 'All indicators month by month',
        request: { query: z.strictObject(seriesParameters) },
        responses: jsonAnswers('The oldest month first; none that is still to come', seriesSchema),
      }),
      async (context) => {
        return context.json(await seriesOf(context, context.req.valid('query')), 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/{id}/rows`,
        ...read,
        heavy: true,
        summary: 'The rows behind an indicator: all that it is out of, those that it counts, or the others',
        request: {
          params: idParameters,
          query: z.strictObject({
            ...questionParameters,
            ...pageParameters,
          }),
        },
        responses: jsonAnswers('One page, in the order of time', indicatorRowsSchema),
      }),
      async (context) => {
        const { part, limit, cursor, ...asked } = context.req.valid('query')
        const { periods, among } = await questionOf(deps, context, asked)
        const { id } = context.req.valid('param')
        return context.json(
          await readFigureRows(
            database.read,
            INDICATORS[id],
            { ...periods.period, ...among },
            { part, limit, cursor },
          ),
          200,
        )
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/values.csv`,
        ...file,
        summary: 'All indicators in a period as a table; the download itself is written down too',
        request: { query: z.strictObject({ ...questionParameters, lang: language }) },
        responses: csvAnswers('One row for each indicator and cell'),
      }),
      async (context) => {
        const { lang, ...asked } = context.req.valid('query')
        const { periods, among } = await questionOf(deps, context, asked)
        const values = await readValues(database.read, periods, among)
        return csvResponse(deps, context, 'indicators', asked, () => valuesCsv(values, lang)) as never
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/series.csv`,
        ...file,
        summary: 'All indicators month by month as a table; the download itself is written down too',
        request: { query: z.strictObject({ ...seriesParameters, lang: language }) },
        responses: csvAnswers('One row for each month and indicator'),
      }),
      async (context) => {
        const { lang, ...asked } = context.req.valid('query')
        const series = await seriesOf(context, asked)
        return csvResponse(deps, context, 'indicators-by-month', asked, () =>
          seriesCsv(series, lang),
        ) as never
      },
    )
    .openapi(
      route({
        method: 'get',
        path: `${path}/{id}/rows.csv`,
        ...file,
        summary: 'The rows behind an indicator as a table; the download itself is written down too',
        request: { params: idParameters, query: z.strictObject({ ...questionParameters, ...partParameter }) },
        responses: csvAnswers('One row for each time that a case counts'),
      }),
      async (context) => {
        const { part, ...asked } = context.req.valid('query')
        const { periods, among } = await questionOf(deps, context, asked)
        const { id } = context.req.valid('param')
        const question = { ...periods.period, ...among }
        return csvResponse(deps, context, id, { ...asked, part }, (signal) =>
          rowsCsv(
            (page) => readFigureRows(database.read, INDICATORS[id], question, { part, ...page }),
            signal,
          ),
        ) as never
      },
    )
}

function defined(context: Context, { version, rule }: Versioned<Targets>) {
  const definitions: Definitions = {
    version,
    indicators: INDICATOR_IDS.map((id) => {
      const { name, better, formula, numerator, denominator } = INDICATORS[id]
      return { id, name, better, formula, numerator, denominator, target: rule[id] ?? null }
    }),
  }
  context.header('etag', `"${version}"`)
  return context.json(definitions, 200)
}
