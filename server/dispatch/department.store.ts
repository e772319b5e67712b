import type { Department, DepartmentInput } from '../../geodata/dispatch/department.schema.ts'
import { MAX_DEPARTMENTS } from '../../geodata/dispatch/department.schema.ts'
import { CELL_LAYERS } from '../../geodata/shared/codes.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Actor } from '../access/actor.ts'
import { type AreaRow, resolveArea } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import { type BindIds, reachClause } from '../access/scope.sql.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { requireVersion } from '../platform/require-version.ts'

/** Cells of departments that are there and in reach: rows of (department_id, layer, id, code, name). */
export const departmentCellsSql = (reach: Reach, bind: BindIds): string =>
  CELL_LAYERS.map(
    (layer) => `SELECT a.department_id, a.layer, t.id, t.code, t.name FROM department_area a
      JOIN ${tableOf(layer)} t ON t.id = a.cell_id WHERE a.layer = '${layer}' AND ${reachClause(layer, reach, bind)}`,
  ).join(' UNION ALL ')

function departmentsSql(reach: Reach, bind: BindIds, where: string): string {
  return `WITH cell AS (${departmentCellsSql(reach, bind)})
    SELECT d.id, d.version, d.name, d.active,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('layer', c.layer, 'id', c.id, 'code', c.code, 'name', c.name)
         ORDER BY c.code), '[]') FROM cell c WHERE c.department_id = d.id) AS area,
      ((SELECT count(*) FROM department_area a WHERE a.department_id = d.id)
        - (SELECT count(*) FROM cell c WHERE c.department_id = d.id))::int AS "areaHidden",
      (SELECT coalesce(jsonb_agg(jsonb_build_object('standard', k.standard, 'kind', k.kind, 'code', k.code)
         ORDER BY k.standard, k.kind, k.code), '[]') FROM department_category k WHERE k.department_id = d.id) AS categories,
      (SELECT count(*)::int FROM person p WHERE p.department_id = d.id AND p.disabled_at IS NULL) AS people,
      (SELECT count(*)::int FROM hazard_case o JOIN hazard t ON t.id = o.hazard_id
        WHERE o.department_id = d.id AND gridward_case_clock(t.state) IS NOT NULL
          AND ${reachClause('hazards', reach, bind)}) AS "openCases"
    FROM department d WHERE ${where} ORDER BY NOT d.active, d.name, d.id`
}

/** All of them, those that are given cases first, by name. */
export async function listDepartments(sql: Sql, reach: Reach): Promise<Department[]> {
  const parameters: (string | number[])[] = []
  const rows = await sql.unsafe<Department[]>(
    departmentsSql(reach, (ids) => `$${parameters.push(ids)}`, 'true'),
    parameters,
    { prepare: true },
  )
  return [...rows]
}

/** Throws not-found. */
export async function getDepartment(
  sql: Sql | TransactionSql,
  id: number,
  reach: Reach,
): Promise<Department> {
  const parameters: (number | string | number[])[] = [id]
  const [department] = await sql.unsafe<Department[]>(
    departmentsSql(reach, (ids) => `$${parameters.push(ids)}`, 'd.id = $1'),
    parameters,
    { prepare: true },
  )
  if (department) return department
  throw new Problem('not-found', `There is no department ${id}.`)
}

/** Throws name-conflict, invalid-body for codes of no cell, too-many-kept. Writers reach everything. */
export async function createDepartment(sql: Sql, actor: Actor, input: DepartmentInput): Promise<Department> {
  return (await sql.begin(async (tx) => {
    await holdNames(tx)
    const [{ count }] = await tx<[{ count: number }]>`SELECT count(*)::int AS count FROM department`
    if (count >= MAX_DEPARTMENTS)
      throw new Problem(
        'too-many-kept',
        `There are ${count} departments, as many as are kept. Change one that is used no more.`,
      )
    const [row] = await tx<{ id: number }[]>`
      INSERT INTO department (name, active) VALUES (${input.name}, ${input.active})
      ON CONFLICT (name) DO NOTHING RETURNING id`
    if (!row) throw nameTaken(input.name)
    await writeRules(tx, row.id, input)
    const after = await getDepartment(tx, row.id, 'everywhere')
    await recordAudit(tx, actor, { kind: 'department', after: auditable(after) })
    return after
  })) as Department
}

/** Replaces all of it. Throws not-found, version-conflict, and what createDepartment throws. */
export async function putDepartment(
  sql: Sql,
  actor: Actor,
  id: number,
  version: number,
  input: DepartmentInput,
): Promise<Department> {
  return (await sql.begin(async (tx) => {
    await holdNames(tx)
    const before = await lockDepartment(tx, id, version)
    const [taken] = await tx`SELECT FROM department WHERE name = ${input.name} AND id <> ${id}`
    if (taken) throw nameTaken(input.name)
    await tx`
      UPDATE department SET version = version + 1, updated_at = now(), name = ${input.name}, active = ${input.active}
      WHERE id = ${id}`
    await writeRules(tx, id, input)
    const after = await getDepartment(tx, id, 'everywhere')
    await recordAudit(tx, actor, {
      kind: 'department',
      before: auditable(before),
      after: auditable(after),
    })
    return after
  })) as Department
}

/** One that nothing was ever given to; others stand in histories and are only made inactive. Throws not-found, version-conflict, wrong-state. */
export async function deleteDepartment(sql: Sql, actor: Actor, id: number, version: number): Promise<void> {
  await sql.begin(async (tx) => {
    const before = await lockDepartment(tx, id, version)
    const [used] = await tx<[{ people: number; cases: number }]>`
      SELECT (SELECT count(*)::int FROM person WHERE department_id = ${id}) AS people,
        (SELECT count(DISTINCT hazard_id)::int FROM (
          SELECT hazard_id FROM case_entry WHERE department_id = ${id}
          UNION ALL SELECT hazard_id FROM hazard_case WHERE department_id = ${id}
          UNION ALL SELECT w.hazard_id FROM whistle w JOIN whistle_call c ON c.whistle_id = w.id
            WHERE c.department_id = ${id}) known) AS cases`
    if (used.people > 0 || used.cases > 0)
      throw new Problem(
        'wrong-state',
        `“${before.name}” has ${used.people} people and stands in the history of ${used.cases} cases, so it cannot be deleted. Make it inactive instead: it is given no more cases.`,
        { extra: { ...used } },
      )
    await tx`DELETE FROM department WHERE id = ${id}`
    await recordAudit(tx, actor, { kind: 'department', before: auditable(before) })
  })
}

/** Departments change rarely: one writer at a time, so that two cannot take one name. */
async function holdNames(tx: TransactionSql): Promise<void> {
  await tx`LOCK TABLE department IN SHARE ROW EXCLUSIVE MODE`
}

async function lockDepartment(tx: TransactionSql, id: number, version: number): Promise<Department> {
  await tx`SELECT FROM department WHERE id = ${id} FOR UPDATE`
  const before = await getDepartment(tx, id, 'everywhere')
  requireVersion(`“${before.name}”`, version, before.version)
  return before
}

async function writeRules(tx: TransactionSql, id: number, input: DepartmentInput): Promise<void> {
  await writeArea(tx, id, await resolveArea(tx, input.area))
  await tx`DELETE FROM department_category WHERE department_id = ${id}`
  await tx`
    INSERT INTO department_category (department_id, standard, kind, code)
    SELECT ${id}::bigint, standard, kind, code
    FROM jsonb_to_recordset(${JSON.stringify(input.categories)}::text::jsonb) AS row (standard text, kind text, code text)`
}

/**
 * Cells that are gone stay, since one that comes back is covered again; those that are there become what was sent. None:
 * the whole area.
 */
async function writeArea(tx: TransactionSql, id: number, cells: AreaRow[]): Promise<void> {
  if (cells.length === 0) {
    await tx`DELETE FROM department_area WHERE department_id = ${id}`
    return
  }
  const there = departmentCellsSql('everywhere', () => '')
  await tx.unsafe(
    `DELETE FROM department_area a USING (${there}) c
     WHERE a.department_id = $1 AND c.department_id = $1 AND c.layer = a.layer AND c.id = a.cell_id`,
    [id],
  )
  await tx`
    INSERT INTO department_area (department_id, layer, cell_id)
    SELECT ${id}::bigint, layer, "cellId"
    FROM jsonb_to_recordset(${JSON.stringify(cells)}::text::jsonb) AS row (layer text, "cellId" bigint)
    ON CONFLICT DO NOTHING`
}

const nameTaken = (name: string) =>
  new Problem(
    'name-conflict',
    `There is a department “${name}” already. Choose another name, or change that one.`,
  )

const auditable = ({ id, name, active, area, categories }: Department) => ({
  id,
  name,
  active,
  area: area.map(({ code }) => code),
  categories: categories.map(({ standard, kind, code }) => `${standard} ${kind} ${code}`),
})
