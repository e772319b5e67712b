import { z } from '@hono/zod-openapi'
import { Problem } from '../../geodata/shared/problem.ts'
import {
  passedSchema,
  runSchema,
  runsSchema,
  tracksSchema,
  walkSummarySchema,
} from '../../geodata/walks/run.schema.ts'
import type { Reach } from '../access/reach.ts'
import { idParameter } from '../features/feature.schema.ts'
import { areaParameter, momentParameter } from '../features/filter.parameters.ts'
import type { Network } from '../network/network.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers } from '../platform/json.ts'
import { signalOf } from '../platform/limits.ts'
import { route, router } from '../platform/route.ts'
import { readSettings } from '../settings/settings.store.ts'
import { findRun } from './find-run.ts'
import { findPassed } from './passed.store.ts'
import {
  isRunOver,
  listRuns,
  listTracks,
  type RunFilter,
  readReviewRow,
  summaryOfRun,
} from './review.store.ts'
import { describeRun } from './run-detail.store.ts'
import { summarise } from './summary.store.ts'

const tags = ['Patrols']
const MAX_DAYS = 62
/** Longer ago than this server found anything: what is left over is found by the sweep. */
const FOUND_AT_ONCE = 20
const MOST_TRACKS = 300

const period = { from: momentParameter(false), to: momentParameter(true) }

function refuseLong({ from, to }: { from: string; to: string }): void {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000
  if (days > 0 && days <= MAX_DAYS) return
  throw new Problem(
    'invalid-parameter',
    `The period from ${from} to ${to} is ${days > 0 ? `longer than ${MAX_DAYS} days` : 'empty'}. Give one of up to ${MAX_DAYS} days.`,
    { issues: [{ at: 'to', message: days > 0 ? 'is too late' : 'is not after from' }] },
  )
}

/** What was walked, against what was planned: of plans in one's area alone. */
export function reviewRoutes({ database, env }: Deps, network: Network) {
  const { sql } = database
  /** Finds what walks of a period that are over came to, so that their figures tell it. */
  async function findOver(filter: RunFilter, reach: Reach, now: number): Promise<void> {
    const runs = await listRuns(sql, filter, reach, { limit: 1000, offset: 0 })
    const stale = runs.filter(
      (row) => row.sweptAt === null && row.found <= row.revision * 2 && isRunOver(row, now),
    )
    for (const { id } of stale.slice(0, FOUND_AT_ONCE)) await findRun(sql, network, id, now)
  }
  return router()
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/patrols/runs',
        tags,
        permission: 'track',
        heavy: true,
        summary: 'Walks of rounds, the latest first',
        request: {
          query: z.strictObject({
            from: period.from.optional().describe('Rounds whose hours meet this period'),
            to: period.to.optional(),
            team: z.string().min(1).max(16).optional().describe('Id of a team in its plan'),
            plan: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
            limit: z.coerce.number().int().min(1).max(200).default(50),
            cursor: z.coerce
              .number()
              .int()
              .min(0)
              .max(1_000_000)
              .default(0)
              .describe('`next` of the page before'),
          }),
        },
        responses: jsonAnswers('One page', runsSchema),
      }),
      async (context) => {
        const { limit, cursor, ...filter } = context.req.valid('query')
        const { reach } = context.var.identity
        const now = Date.now()
        const page = { limit: limit + 1, offset: cursor }
        let rows = await listRuns(sql, filter, reach, page)
        const stale = rows.filter((row) => row.sweptAt === null && row.found < row.revision * 2)
        for (const { id } of stale.slice(0, FOUND_AT_ONCE)) await findRun(sql, network, id, now)
        if (stale.length > 0) rows = await listRuns(sql, filter, reach, page)
        return context.json(
          {
            runs: rows.slice(0, limit).map((row) => summaryOfRun(row, now)),
            next: rows.length > limit ? String(cursor + limit) : null,
          },
          200,
        )
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/patrols/runs/{id}',
        tags,
        permission: 'track',
        heavy: true,
        summary: 'A walk against its plan: stops, visits, positions and the streets that were walked',
        request: { params: idParameter },
        responses: jsonAnswers('The walk', runSchema),
      }),
      async (context) => {
        const { id } = context.req.valid('param')
        const { reach } = context.var.identity
        const before = await readReviewRow(sql, id, reach)
        if (before) await findRun(sql, network, id)
        const row = before && (await readReviewRow(sql, id, reach))
        if (!row) throw new Problem('not-found', `There is no walk ${id}.`)
        const { trackDays } = (await readSettings(sql, env)).values
        return context.json(await describeRun(sql, network, row, reach, trackDays, signalOf(context)), 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/patrols/summary',
        tags,
        permission: 'track',
        heavy: true,
        summary: 'What was planned and what was walked, by round, team and day',
        request: { query: z.strictObject(period) },
        responses: jsonAnswers('Rounds that begin in the period, walked or not', walkSummarySchema),
      }),
      async (context) => {
        const asked = context.req.valid('query')
        refuseLong(asked)
        const { reach } = context.var.identity
        const now = Date.now()
        await findOver(asked, reach, now)
        return context.json(await summarise(sql, asked, reach, now), 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/patrols/tracks',
        tags,
        permission: 'track',
        heavy: true,
        summary: 'The streets walked on all rounds of a period, with times',
        description: 'As long as positions are kept.',
        request: { query: z.strictObject(period) },
        responses: jsonAnswers('Walks of rounds whose hours meet the period', tracksSchema),
      }),
      async (context) => {
        const asked = context.req.valid('query')
        refuseLong(asked)
        const { reach } = context.var.identity
        await findOver(asked, reach, Date.now())
        return context.json(await listTracks(sql, asked, reach, MOST_TRACKS), 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/patrols/passed',
        tags,
        permission: 'track',
        heavy: true,
        summary: 'Who went through an area on patrol between two moments',
        description: 'As long as positions are kept.',
        request: { query: z.strictObject({ area: areaParameter, ...period }) },
        responses: jsonAnswers('In order of time', passedSchema),
      }),
      async (context) => {
        const asked = context.req.valid('query')
        refuseLong(asked)
        return context.json(await findPassed(sql, asked, context.var.identity.reach), 200)
      },
    )
}
