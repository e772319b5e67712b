import { z } from '@hono/zod-openapi'
import { owedListSchema } from '../../geodata/dispatch/owed.schema.ts'
import { departmentOf, doerOf } from '../cases/doer.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { listOwed } from './owed.store.ts'

/** What whistles and the hotline still wait for, over all cases. */
export const owedRoutes = ({ database: { sql, read }, now }: Deps) =>
  router().openapi(
    route({
      method: 'get',
      path: '/api/v1/dispatch/owed',
      tags: ['Dispatch'],
      permission: 'read',
      summary: 'Answers, tasks, contacts and call-backs that open cases wait for',
      request: {
        query: z.strictObject({
          department: z
            .union([z.literal('mine'), z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)])
            .optional()
            .describe('An id; mine: of the department of whoever asks'),
          overdue: z.enum(['true', 'false']).default('false'),
          limit: z.coerce.number().int().min(1).max(500).default(100),
        }),
      },
      responses: jsonAnswers('What is due first comes first', owedListSchema),
    }),
    async (context) => {
      const { department, overdue, limit } = context.req.valid('query')
      const whose = department === 'mine' ? ((await departmentOf(sql, doerOf(context))) ?? 0) : department
      const asked = { department: whose, overdue: overdue === 'true', limit }
      const answer = await listOwed(read, asked, context.var.identity.reach, now?.() ?? new Date())
      return context.json(answer, 200)
    },
  )
