import type { CoveringDepartment } from '../../geodata/dispatch/covering-cell.ts'
import {
  type Category,
  categoryKey,
  type DispatchCoverage,
} from '../../geodata/dispatch/department.schema.ts'
import { findCoverage } from '../../geodata/dispatch/find-coverage.ts'
import { HAZARD_CATEGORIES } from '../../geodata/hazards/catalogue.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { departmentCellsSql } from './department.store.ts'

/** Departments that are given cases, with all of what they cover, in reach or not: whose a case is does not depend on who asks. */
export async function readCovering(sql: Sql | TransactionSql): Promise<CoveringDepartment[]> {
  const rows = await sql.unsafe<
    {
      id: number
      name: string
      whole: boolean
      area: { code: string; name: string }[]
      categories: Category[]
    }[]
  >(
    `WITH cell AS (${departmentCellsSql('everywhere', () => '')})
     SELECT d.id, d.name, NOT EXISTS (SELECT FROM department_area a WHERE a.department_id = d.id) AS whole,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'name', c.name)), '[]') FROM cell c
        WHERE c.department_id = d.id) AS area,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('standard', k.standard, 'kind', k.kind, 'code', k.code)), '[]')
        FROM department_category k WHERE k.department_id = d.id) AS categories
     FROM department d WHERE d.active ORDER BY d.id`,
    [],
    { prepare: true },
  )
  return rows.map(({ whole, area, categories, ...department }) => ({
    ...department,
    area: whole ? undefined : area,
    categories: new Set(categories.map(categoryKey)),
  }))
}

/** What nobody covers and what several cover alike, in the grids in reach: of the catalogue and of what stands at departments. */
export async function readCoverage(sql: Sql, reach: Reach): Promise<DispatchCoverage> {
  const parameters: (string | number[])[] = []
  const grids = await sql.unsafe<{ code: string; name: string }[]>(
    `SELECT t.code, t.name FROM grid t WHERE ${reachClause('grids', reach, (ids) => `$${parameters.push(ids)}`)} ORDER BY t.code`,
    parameters,
    { prepare: true },
  )
  const other = await sql<Category[]>`
    SELECT DISTINCT k.standard, k.kind, k.code FROM department_category k JOIN department d ON d.id = k.department_id
    WHERE d.active ORDER BY 1, 2, 3`
  const categories = new Map<string, Category>()
  for (const { standard, kind, code } of [...HAZARD_CATEGORIES, ...other]) {
    const category = { standard, kind, code }
    categories.set(categoryKey(category), category)
  }
  return { categories: findCoverage(await readCovering(sql), grids, [...categories.values()]) }
}
