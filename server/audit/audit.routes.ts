import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { auditEntrySchema, auditPageSchema } from '../../geodata/access/audit.schema.ts'
import { AUDIT_KIND_NAMES } from '../../geodata/access/audit.ts'
import { cleanText } from '../../geodata/shared/clean-text.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { layerId } from '../../geodata/shared/wire.schema.ts'
import { actorOf } from '../access/actor.ts'
import type { AppEnv } from '../access/app-env.ts'
import { requireEverywhere } from '../access/require-everywhere.ts'
import { timeParameter } from '../history/time-parameter.ts'
import type { Deps } from '../platform/deps.ts'
import { route, router } from '../platform/route.ts'
import { streamPieces } from '../platform/stream-pieces.ts'
import { type AuditFilter, listAudit } from './audit.store.ts'
import { auditCsv } from './audit-csv.ts'
import { tellExport } from './tell-export.ts'

const id = () => z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const searched = () =>
  z
    .string()
    .transform((text) => cleanText(text).trim())
    .pipe(z.string().min(1).max(200))
    .openapi({ type: 'string', minLength: 1, maxLength: 200 })
const filterParameters = {
  actor: searched().optional().describe('A whole name or, where nobody has it, a part of names'),
  kind: z.enum(AUDIT_KIND_NAMES).optional(),
  layer: layerId.optional(),
  feature: id().optional().describe('With layer: one feature'),
  q: searched().optional().describe('Looked for in names, values, addresses and request ids'),
  from: timeParameter.optional().describe('Since this moment'),
  to: timeParameter.optional().describe('Before this moment'),
}
const permission = 'audit'
const tags = ['Audit']

/** Who did what, when and from where: every change and every export. */
export function auditRoutes({ database: { sql } }: Deps) {
  return router()
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/audit',
        tags,
        permission,
        summary: 'Search the audit trail; newest first',
        request: {
          query: z.strictObject({
            ...filterParameters,
            limit: z.coerce.number().int().min(1).max(500).default(100),
            cursor: id().optional().describe('`next` of the page before'),
          }),
        },
        responses: {
          200: {
            description: 'One page',
            content: {
              'application/json': {
                schema: auditPageSchema.extend({ entries: z.array(auditEntrySchema.openapi('AuditEntry')) }),
              },
            },
          },
        },
      }),
      async (context) => {
        const { limit, cursor, ...filter } = context.req.valid('query')
        refuse(context, filter)
        const { entries, next } = await listAudit(sql, filter, { limit, before: cursor })
        return context.json({ entries, next: next === undefined ? null : String(next) }, 200)
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/audit.csv',
        tags,
        permission,
        heavy: true,
        seconds: Number.POSITIVE_INFINITY,
        summary: 'The audit trail as a table; the download itself is written down too',
        request: { query: z.strictObject(filterParameters) },
        responses: {
          200: {
            description:
              'CSV (RFC 4180) in UTF-8, newest first; before, after and detail are JSON without shapes',
            content: { 'text/csv': { schema: z.string() } },
          },
        },
      }),
      async (context) => {
        const filter = context.req.valid('query')
        refuse(context, filter)
        const stop = new AbortController()
        const { signal } = stop
        const asked = { what: 'audit', format: 'csv', filter }
        const told = tellExport(
          { sql, actor: actorOf(context), asked, signal },
          auditCsv(sql, filter, signal),
        )
        return new Response(streamPieces(told, stop), {
          headers: {
            'content-type': 'text/csv; charset=utf-8; header=present',
            'content-disposition': 'attachment; filename="gridward-audit.csv"',
            'cache-control': 'no-store',
          },
        }) as never
      },
    )
}

function refuse(context: Context<AppEnv>, { layer, feature }: AuditFilter): void {
  requireEverywhere(context, 'The audit trail tells of every place')
  if (feature !== undefined && layer === undefined)
    throw new Problem('invalid-parameter', `feature=${feature} needs the layer that it is of: layer=….`, {
      issues: [{ at: '/layer', message: 'is missing' }],
    })
}
