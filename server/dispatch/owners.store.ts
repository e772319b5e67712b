import type { CaseOwners, Category } from '../../geodata/dispatch/department.schema.ts'
import { type OwnerHistory, suggestOwners } from '../../geodata/dispatch/suggest-owners.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import type { Sql } from '../platform/database.ts'
import { readCovering } from './covering.store.ts'

/** So many of the last cases like it are looked at. */
const LAST = 15
/** With fewer in the community, those of the whole area are. */
const ENOUGH = 5

interface Asked {
  category: Category
  severity: string
  community: number | null
  cellCode: string | null
}

/** Departments for a case in reach, the likeliest first. Throws not-found. */
export async function readOwners(sql: Sql, hazardId: number, reach: Reach): Promise<CaseOwners> {
  const parameters: (number | string | number[])[] = [hazardId]
  const [asked] = await sql.unsafe<Asked[]>(
    `SELECT jsonb_build_object('standard', t.category_standard, 'kind', t.category_kind, 'code', t.category_code) AS category,
       t.severity, t.community_id AS community, coalesce(m.code, g.code, c.code) AS "cellCode"
     FROM hazard t LEFT JOIN community c ON c.id = t.community_id LEFT JOIN grid g ON g.id = t.grid_id
       LEFT JOIN micro_grid m ON m.id = t.micro_grid_id
     WHERE t.id = $1 AND ${reachClause('hazards', reach, (ids) => `$${parameters.push(ids)}`)}`,
    parameters,
    { prepare: true },
  )
  if (!asked) throw new Problem('not-found', `There is no case ${hazardId} in your area.`)
  const near = asked.community === null ? undefined : await readHistory(sql, hazardId, asked, asked.community)
  const history = near && near.of >= ENOUGH ? near : await readHistory(sql, hazardId, asked, null)
  return suggestOwners(asked, await readCovering(sql), history)
}

/** The last cases of a category that somebody handled, in a community or (null) anywhere; each counts for who had it last. */
async function readHistory(
  sql: Sql,
  except: number,
  { category }: Asked,
  community: number | null,
): Promise<OwnerHistory> {
  const rows = await sql<{ department: number; handled: number; inTime: number }[]>`
    WITH handled AS (
      SELECT o.department_id, o.hazard_id, max(e.at) AS at
      FROM hazard h JOIN hazard_case o ON o.hazard_id = h.id JOIN case_entry e ON e.hazard_id = h.id
      WHERE h.category_standard = ${category.standard} AND h.category_kind = ${category.kind}
        AND h.category_code = ${category.code} AND h.id <> ${except} AND o.department_id IS NOT NULL
        AND (${community}::bigint IS NULL OR h.community_id = ${community}::bigint)
        AND e.kind = 'transition' AND e.action = 'finish'
      GROUP BY o.department_id, o.hazard_id ORDER BY at DESC LIMIT ${LAST})
    SELECT department_id AS department, count(*)::int AS handled,
      count(*) FILTER (WHERE NOT EXISTS (SELECT FROM case_clock k WHERE k.hazard_id = handled.hazard_id
        AND k.clock = 'handle' AND coalesce(k.stopped_at, k.paused_at, gridward_now()) > k.due_at))::int AS "inTime"
    FROM handled GROUP BY 1`
  return {
    near: community !== null,
    of: rows.reduce((sum, { handled }) => sum + handled, 0),
    handled: new Map(rows.map(({ department, handled, inTime }) => [department, { handled, inTime }])),
  }
}
