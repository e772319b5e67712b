import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { cellsSchema, ROW_PARTS } from '../../geodata/figures/indicator.schema.ts'
import { text } from '../../geodata/shared/fields.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { actorOf } from '../access/actor.ts'
import type { AppEnv } from '../access/app-env.ts'
import { type ExportPiece, tellExport } from '../audit/tell-export.ts'
import { timeParameter } from '../history/time-parameter.ts'
import { reachOfCodes } from '../patrols/reach-of-codes.ts'
import type { Deps } from '../platform/deps.ts'
import { streamPieces } from '../platform/stream-pieces.ts'
import { type Period, periodOf } from './figure-period.ts'
import type { Among } from './indicator.store.ts'

const MOST_CODES = 50

const part = z.enum(ROW_PARTS).default('denominator')
/** Of rows behind a figure: a page of them, or all as a table. */
export const pageParameters = {
  part,
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(40).optional(),
}
export const partParameter = { part }

const areaParameter = z
  .string()
  .max(1000)
  .transform((list) => list.split(',').filter(Boolean))
  .pipe(z.array(z.string().regex(/^\d{12,17}$/, 'is no code of a cell')).max(MOST_CODES))
  .optional()
  .openapi({ type: 'string', example: '320508019044' })
  .describe('Codes of cells; left out: all that you reach')
const categoriesParameter = text(4000)
  .transform((list) => list.split(',').map((one) => one.split('|')))
  .pipe(
    z
      .array(z.tuple([z.string(), z.string(), z.string()], 'is no category such as local|local|L0001'))
      .max(200)
      .transform((list) => list.map(([standard, kind, code]) => ({ standard, kind, code }))),
  )
  .optional()
  .openapi({ type: 'string', example: 'GB/T 47678.5-2026|matter|09012,local|local|L0001' })
  .describe('Hazards of these alone, each as standard|kind|code; left out: of any, and patrols too')
export const amongParameters = {
  cells: cellsSchema.default('grids').describe('Cells to break the figures down by'),
  area: areaParameter,
  categories: categoriesParameter,
}
const periodParameters = {
  from: timeParameter.describe('Since this moment'),
  to: timeParameter.describe('Before this moment; the end of the history as it is read'),
}
export const language = z.enum(['zh', 'en']).default('zh').describe('Of the names')
export const questionParameters = { ...periodParameters, ...amongParameters }

export type Asked = Pick<Among, 'cells' | 'categories'> & { area?: string[] | undefined }

/** What of everybody’s cases is asked about. Throws not-found for codes of no cell in reach. */
export async function amongOf(
  { database }: Pick<Deps, 'database'>,
  context: Context<AppEnv>,
  { cells, area = [], categories }: Asked,
): Promise<Among> {
  try {
    return { cells, categories, reach: await reachOfCodes(database.read, area, context.var.identity.reach) }
  } catch (error) {
    throw error instanceof Problem ? new Problem('not-found', error.message) : error
  }
}

export async function questionOf(
  deps: Pick<Deps, 'database'>,
  context: Context<AppEnv>,
  { from, to, ...asked }: Asked & { from: string; to: string },
): Promise<{ periods: { period: Period; before: Period }; among: Among }> {
  const periods = periodOf({ from, to }, Date.now())
  return { periods, among: await amongOf(deps, context, asked) }
}

export const csvAnswers = (description: string) => ({
  200: {
    description: `${description}. CSV (RFC 4180) in UTF-8; an unknown share is an empty field`,
    content: { 'text/csv': { schema: z.string() } },
  },
})

/** A table to download, which is told in the audit trail. */
export function csvResponse(
  { database }: Pick<Deps, 'database'>,
  context: Context<AppEnv>,
  name: string,
  filter: object,
  pieces: (signal: AbortSignal) => AsyncGenerator<ExportPiece>,
): Response {
  const stop = new AbortController()
  const { signal } = stop
  const told = tellExport(
    { sql: database.sql, actor: actorOf(context), asked: { what: name, format: 'csv', filter }, signal },
    pieces(signal),
  )
  return new Response(streamPieces(told, stop), {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="gridward-${name}.csv"`,
      'cache-control': 'no-store',
    },
  })
}
