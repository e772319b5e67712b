import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  ANALYSIS_KINDS,
  type Analysis,
  analysisInputSchema,
  analysisSchema,
  analysisSummarySchema,
} from '../../geodata/coverage/analysis.schema.ts'
import { isOver } from '../../geodata/patrols/generation.schema.ts'
import { text } from '../../geodata/shared/fields.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { actorOf } from '../access/actor.ts'
import type { AppEnv } from '../access/app-env.ts'
import { may } from '../access/identity.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import type { Deps } from '../platform/deps.ts'
import { jobEvents } from '../platform/job-stream.ts'
import { jsonAnswer, jsonAnswers, jsonBody } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { cancelAnalysis, deleteAnalysis, getAnalysis, listAnalyses } from './analysis.store.ts'
import { readerOf } from './reader.ts'
import type { AnalysisRunner } from './run-analysis.ts'

export const ANALYSES = '/api/v1/analyses'
export const analysisTags = ['Analyses']
export const analysisParams = z.object({ id: z.uuid() })
const tags = analysisTags
const params = analysisParams
const begun = jsonAnswer('It has begun, or waits for its turn', analysisSchema)

/** Questions about coverage: each is a job, and what was found is kept until somebody deletes it. */
export function analysisRoutes({ database, outbox }: Deps, runner: AnalysisRunner) {
  const { sql } = database

  async function start(
    context: Context<AppEnv>,
    asked: Parameters<AnalysisRunner['start']>[0],
  ): Promise<Analysis> {
    const reader = readerOf(context)
    const actor = actorOf(context)
    await outbox.settled()
    const id = await runner.start(asked, reader, actor.name)
    const { kind, title, area, rerunOf } = asked
    await recordAudit(sql, actor, {
      kind: 'analysis',
      detail: { analysis: id, change: 'run', kind, title, area, ...(rerunOf ? { rerunOf } : {}) },
    })
    context.header('location', `${ANALYSES}/${id}`)
    return getAnalysis(sql, id, reader, true)
  }

  /** Throws not-found, and not-permitted for what somebody else asked. */
  async function own(context: Context<AppEnv>, id: string) {
    const found = await getAnalysis(sql, id, readerOf(context), false)
    const { identity } = context.var
    if (found.createdBy !== identity.name && !may(identity, 'configure'))
      throw new Problem(
        'not-permitted',
        `This analysis is of ${found.createdBy}: they or an administrator can end or delete it. You can run it again for yourself.`,
      )
    return found
  }

  return router()
    .openapi(
      route({
        method: 'get',
        path: ANALYSES,
        tags,
        permission: 'read',
        summary: 'List analyses, the newest first, without figures',
        request: {
          query: z.strictObject({
            kind: z.enum(ANALYSIS_KINDS).optional(),
            by: text(80).min(1).optional().describe('Of this person alone'),
            limit: z.coerce.number().int().min(1).max(500).default(100),
            cursor: z.coerce
              .number()
              .int()
              .min(0)
              .max(1_000_000)
              .default(0)
              .describe('`next` of the page before'),
          }),
        },
        responses: jsonAnswers(
          'One page',
          z
            .object({ analyses: z.array(analysisSummarySchema), next: z.string().nullable() })
            .openapi('Analyses'),
        ),
      }),
      async (context) => {
        const { cursor, kind, by, limit } = context.req.valid('query')
        const { analyses, next } = await listAnalyses(sql, readerOf(context), {
          kind,
          by,
          limit,
          offset: cursor,
        })
        return context.json({ analyses, next: next === undefined ? null : String(next) }, 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: ANALYSES,
        tags,
        permission: 'analyse',
        summary: 'Ask a question about coverage',
        description:
          'The answer is an analysis that waits or runs: follow it by its events. Two run at once, by turns of those who ask.',
        request: { body: jsonBody(analysisInputSchema) },
        responses: { 202: begun },
      }),
      async (context) => context.json(await start(context, context.req.valid('json')), 202),
    )
    .openapi(
      route({
        method: 'get',
        path: `${ANALYSES}/{id}`,
        tags,
        permission: 'read',
        summary: 'An analysis with its parameters and, once it is done, its figures',
        request: { params },
        responses: jsonAnswers('The analysis', analysisSchema),
      }),
      async (context) =>
        context.json(await getAnalysis(sql, context.req.valid('param').id, readerOf(context), true), 200),
    )
    .openapi(
      route({
        method: 'get',
        path: `${ANALYSES}/{id}/events`,
        tags,
        permission: 'read',
        seconds: Number.POSITIVE_INFINITY,
        summary: 'An analysis as it goes on, as Server-Sent Events',
        description:
          '`job`: all of it, when its state changed; `progress`: the same without figures. Ends with it.',
        request: { params },
        responses: {
          200: { description: 'A stream', content: { 'text/event-stream': { schema: z.string() } } },
        },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const reader = readerOf(context)
        return jobEvents(context, (whole) => getAnalysis(sql, id, reader, whole))
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${ANALYSES}/{id}/cancel`,
        tags,
        permission: 'analyse',
        summary: 'End an analysis that waits or runs; one that is over stays as it is',
        request: { params },
        responses: jsonAnswers('The analysis', analysisSchema),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        await own(context, id)
        await cancelAnalysis(sql, id)
        runner.end(id)
        return context.json(await getAnalysis(sql, id, readerOf(context), true), 200)
      },
    )
    .openapi(
      route({
        method: 'post',
        path: `${ANALYSES}/{id}/rerun`,
        tags,
        permission: 'analyse',
        summary: 'Ask the same again, of the data as they are now',
        description: 'Makes a further analysis; the first stays.',
        request: { params },
        responses: { 202: begun },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const { kind, title, area, params } = await getAnalysis(sql, id, readerOf(context), false)
        return context.json(await start(context, { kind, title, area, params, rerunOf: id }), 202)
      },
    )
    .openapi(
      route({
        method: 'delete',
        path: `${ANALYSES}/{id}`,
        tags,
        permission: 'analyse',
        summary: 'Delete an analysis with all that was found; ends it first when it runs',
        request: { params },
        responses: { 204: { description: 'Deleted' } },
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const { kind, title, state } = await own(context, id)
        await sql.begin(async (tx) => {
          await deleteAnalysis(tx, id)
          await recordAudit(tx, actorOf(context), {
            kind: 'analysis',
            detail: { analysis: id, change: 'delete', kind, title },
          })
        })
        if (!isOver(state)) runner.end(id)
        return context.body(null, 204)
      },
    )
}
