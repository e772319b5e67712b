import { sequenceDigits } from '../../geodata/shared/codes.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'

/**
 * Codes under a parent that no row has or ever had: those after the highest, then those in between. History stays with the
 * cells that it is of. Throws code-conflict when there are too few.
 */
export async function freshCodes(
  sql: Sql,
  layer: 'grids' | 'micro-grids',
  parent: string,
  count: number,
): Promise<string[]> {
  const digits = sequenceDigits(layer)
  const rows = await sql.unsafe<{ number: number }[]>(
    `SELECT DISTINCT right(code, $2)::int AS number FROM (
       SELECT code FROM ${tableOf(layer)}
       UNION ALL SELECT v."row"->>'code' FROM feature_version v WHERE v.layer = $3) AS known
     WHERE left(code, length($1)) = $1 AND length(code) = length($1) + $2`,
    [parent, digits, layer],
  )
  const used = new Set(rows.map(({ number }) => number))
  const highest = Math.max(0, ...used)
  const all = Array.from({ length: 10 ** digits - 1 }, (_, i) => i + 1)
  const free = [
    ...all.filter((one) => one > highest),
    ...all.filter((one) => one < highest && !used.has(one)),
  ]
  if (free.length < count)
    throw new Problem(
      'code-conflict',
      `${parent} has ${free.length} codes left that nobody ever had, and ${count} are needed. Make fewer cells, or divide the grid first.`,
    )
  return free.slice(0, count).map((number) => parent + String(number).padStart(digits, '0'))
}
