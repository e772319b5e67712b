import { z } from '@hono/zod-openapi'
import { MAX_AREA_CELLS } from '../../geodata/access/area.schema.ts'
import { DUE_STATE_NAMES, type DueState, dueAnswerSchema } from '../../geodata/patrols/due.schema.ts'
import { MAX_PLAN_HOURS } from '../../geodata/patrols/plan.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { idsParameter, momentParameter } from '../features/filter.parameters.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { type DueCursor, readDue } from './due.store.ts'
import { reachOfCodes } from './reach-of-codes.ts'

const HOUR_MS = 3_600_000

const states = z
  .string()
  .max(100)
  .transform((text, context): DueState[] => {
    const given = text.split(',')
    const known = DUE_STATE_NAMES.filter((state) => given.includes(state))
    if (known.length === new Set(given).size) return known
    context.addIssue({ code: 'custom', message: `expected some of ${DUE_STATE_NAMES.join(', ')}, by commas` })
    return z.NEVER
  })
  .openapi({ type: 'string', description: DUE_STATE_NAMES.join(', '), example: 'overdue,never' })

export const codesParameter = z
  .string()
  .max(MAX_AREA_CELLS * 18)
  .transform((text, context): string[] => {
    const codes = text.split(',')
    if (codes.length <= MAX_AREA_CELLS && codes.every((code) => /^(\d{12}|\d{15}|\d{17})$/.test(code)))
      return codes
    context.addIssue({
      code: 'custom',
      message: `expected 1 to ${MAX_AREA_CELLS} codes of 12, 15 or 17 digits by commas`,
    })
    return z.NEVER
  })
  .openapi({ type: 'string', description: 'Only in these cells: codes by commas', example: '320508019044' })

const cursor = z
  .string()
  .regex(/^-?\d{1,15}\.\d{1,15}$/, 'is not the `next` of a page')
  .transform((text): DueCursor => {
    const [breaksAt, id] = text.split('.').map(Number)
    return { breaksAt: breaksAt!, id: id! }
  })
  .openapi({ type: 'string', description: '`next` of the page before' })

/** Which sites a shift should visit. */
export function dueRoutes({ database }: Deps) {
  return router().openapi(
    route({
      method: 'get',
      path: '/api/v1/patrols/due',
      tags: ['Patrols'],
      permission: 'read',
      summary: 'Checkpoints against their norms, as a shift sees them',
      request: {
        query: z.strictObject({
          from: momentParameter(false),
          to: momentParameter(true),
          area: codesParameter.optional(),
          state: states.optional(),
          ids: idsParameter.optional(),
          planned: z
            .enum(['true', 'false'])
            .default('false')
            .describe(
              'Whether visits count that other plans, not closed and not over, make before this shift',
            ),
          limit: z.coerce.number().int().min(1).max(5000).default(500),
          cursor: cursor.optional(),
        }),
      },
      responses: jsonAnswers('One page, the first to break first, and the sums of all', dueAnswerSchema),
    }),
    async (context) => {
      const { area = [], state, ids, planned, limit, cursor: after, ...period } = context.req.valid('query')
      const [from, to] = [Date.parse(period.from), Date.parse(period.to)]
      if (from >= to || to - from > MAX_PLAN_HOURS * HOUR_MS)
        throw new Problem(
          'invalid-parameter',
          `The shift is from ${period.from} to ${period.to}; expected an end after the beginning, at most ${MAX_PLAN_HOURS} hours later.`,
        )
      const reach = await reachOfCodes(database.read, area, context.var.identity.reach)
      return context.json(
        await readDue(database.read, { from, to, states: state, ids, planned: planned === 'true' }, reach, {
          limit,
          after,
        }),
        200,
      )
    },
  )
}
