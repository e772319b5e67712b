import type { DueSite } from '../../geodata/patrols/due.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import { type DueFilter, readDue } from './due.store.ts'

const MOST_SITES = 10_000

/**
 * The sites in reach whose limits break first. Throws too-many-stops when others need a visit in the shift as well: none is
 * left out without a word.
 */
export async function readSitesToPlan(
  sql: Sql,
  filter: Omit<DueFilter, 'states'>,
  reach: Reach,
): Promise<DueSite[]> {
  const { sites, counts } = await readDue(sql, filter, reach, { limit: MOST_SITES })
  const planned = sites.reduce((sum, { neededVisits }) => sum + neededVisits, 0)
  if (planned < counts.neededVisits)
    throw new Problem(
      'too-many-stops',
      `${counts.neededVisits} visits are due, and ${counts.neededVisits - planned} of them would be left out: the ${MOST_SITES} sites whose limits break first are planned at once. Choose a smaller area.`,
    )
  return sites
}
