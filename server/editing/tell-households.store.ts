import type { HouseholdChange } from '../../geodata/editing/change-report.schema.ts'
import type { ChangeSet } from '../../geodata/editing/change-set.ts'
import { type HouseholdBand, judgeHouseholds } from '../../geodata/places/household-band.ts'
import { sumOfKnown } from '../features/feature.sql.ts'
import type { TransactionSql } from '../platform/database.ts'
import { keyOf } from './find-conflicts.store.ts'

interface GridHouseholds {
  id: number
  code: string
  name: string
  households: number | null
  unknown: number
}

/** Households of every grid of these communities. */
export async function householdsOf(
  tx: TransactionSql,
  communities: number[],
): Promise<Map<number, GridHouseholds>> {
  const rows = await tx<GridHouseholds[]>`
    SELECT g.id, g.code, g.name, b.households, b.unknown FROM grid g
    CROSS JOIN LATERAL (SELECT ${tx.unsafe(sumOfKnown('households'))}::float8 AS households,
      count(*) FILTER (WHERE households IS NULL) AS unknown FROM building WHERE grid_id = g.id) b
    WHERE g.community_id = ANY (${communities}::bigint[]) ORDER BY g.code`
  return new Map(rows.map((row) => [row.id, row]))
}

/** The grids that an edit put, and those that it gave or took households, against the band. */
export function judgeGrids(
  { puts }: ChangeSet,
  before: Map<number, GridHouseholds>,
  after: Map<number, GridHouseholds>,
  band: HouseholdBand,
  created: Map<string, number>,
): HouseholdChange[] {
  const put = new Set(puts.filter(({ layer }) => layer === 'grids').map(({ id }) => id))
  const changes: HouseholdChange[] = []
  for (const { id, code, name, households, unknown } of after.values()) {
    const shownId = created.get(keyOf('grids', id)) ?? id
    const old = before.get(id)
    if (!put.has(shownId) && old && old.households === households && old.unknown === unknown) continue
    const atLeast = unknown > 0 && households !== null && households < band.min
    changes.push({
      layer: 'grids',
      id: shownId,
      code,
      name,
      before: old?.households ?? null,
      after: households,
      unknownBuildings: unknown,
      verdict: judgeHouseholds(atLeast ? null : households, band),
    })
  }
  return changes
}
