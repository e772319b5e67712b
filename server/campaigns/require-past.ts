import { Problem } from '../../geodata/shared/problem.ts'
import { day, TODAY } from '../duties/duty.sql.ts'
import type { TransactionSql } from '../platform/database.ts'

/** Throws invalid-body for days that have not come, in China, or that lie before `from`. `days`: by their place in the body. */
export async function requirePast(
  tx: TransactionSql,
  days: Record<string, string | null>,
  from: string | null = null,
): Promise<void> {
  const [{ today }] = await tx.unsafe<[{ today: string }]>(`SELECT ${day(TODAY)} AS today`)
  for (const [at, on] of Object.entries(days))
    if (on !== null && (on > today || (from !== null && on < from))) {
      const message = `is ${on}; expected a day ${from === null ? '' : `from ${from} `}up to today, ${today}`
      throw new Problem('invalid-body', `The day ${message}.`, { issues: [{ at, message }] })
    }
}
