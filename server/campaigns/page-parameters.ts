import { z } from '@hono/zod-openapi'
import { text } from '../../geodata/shared/fields.ts'

/** Where a page begins and how long it is: behind an id, or behind so many. */
export const pageParameters = {
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  cursor: z.coerce
    .number()
    .int()
    .min(0)
    .max(Number.MAX_SAFE_INTEGER)
    .default(0)
    .describe('`next` of the page before'),
}

/** What lists of places can be narrowed to. `q`: what it is looked for in. */
export const placeParameters = (q: string) => ({
  parent: text(20).optional().describe('Code of a cell that they lie in'),
  q: text(100).min(1).optional().describe(q),
  ...pageParameters,
})

/** The first `limit` of rows that were asked for with one more, and where the next page begins; null: there is none. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (last: Row) => number | string,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit)
  return { rows: page, next: rows.length > limit ? String(cursorOf(page.at(-1)!)) : null }
}
