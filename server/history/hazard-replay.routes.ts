import { z } from '@hono/zod-openapi'
import { hazardReplaySchema, MOST_REPLAYED_DAYS } from '../../geodata/hazards/replay.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { bboxParameter } from '../features/feature.schema.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers } from '../platform/json.ts'
import { signalOf } from '../platform/limits.ts'
import { route, router } from '../platform/route.ts'
import { readHazardReplay } from './hazard-replay.store.ts'
import { timeParameter } from './time-parameter.ts'

const DAY_MS = 86_400_000

/** The hazards of a period, to be replayed. */
export function hazardReplayRoutes({ database }: Deps) {
  return router().openapi(
    route({
      method: 'get',
      path: '/api/v1/history/hazards',
      tags: ['History'],
      permission: 'read',
      heavy: true,
      seconds: 60,
      summary: 'Hazards between two moments: where they were and when they changed',
      request: {
        query: z.strictObject({
          from: timeParameter,
          to: timeParameter.describe('Up to now at most'),
          bbox: bboxParameter.optional(),
        }),
      },
      responses: jsonAnswers('In columns', hazardReplaySchema),
    }),
    async (context) => {
      const { from, to, bbox } = context.req.valid('query')
      const { reach } = context.var.identity
      const now = new Date().toISOString()
      const period = periodOf(from, to, now)
      const replay = await readHazardReplay(database.read, reach, { ...period, bbox }, signalOf(context))
      return context.json({ from: isoOf(period.from), to: isoOf(period.to), now, ...replay }, 200)
    },
  )
}

const secondOf = (iso: string) => Math.floor(Date.parse(iso) / 1000)
const isoOf = (second: number) => new Date(second * 1000).toISOString()

function periodOf(from: string, to: string, now: string): { from: number; to: number } {
  if (to <= from) throw new Problem('invalid-parameter', `to is ${to}, which is not after from (${from}).`)
  if (from >= now)
    throw new Problem('invalid-parameter', `from is ${from}, which is still to come: it is ${now} now.`)
  if (Date.parse(to) - Date.parse(from) > MOST_REPLAYED_DAYS * DAY_MS)
    throw new Problem(
      'invalid-parameter',
      `From ${from} to ${to} are more than ${MOST_REPLAYED_DAYS} days. Ask for a shorter time.`,
    )
  return { from: secondOf(from), to: secondOf(to < now ? to : now) }
}
