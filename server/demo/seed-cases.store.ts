import type { Demo } from '../../geodata/demo/generate-demo.ts'
import type { CallBack } from '../../geodata/demo/play-case.ts'
import type { DemoCase } from '../../geodata/demo/write-cases.ts'
import type { DemoDepartment } from '../../geodata/demo/write-departments.ts'
import { type DemoWhistle, tellWhistle, type WhistleIds } from '../../geodata/demo/write-whistle.ts'
import { CELL_LAYERS } from '../../geodata/shared/codes.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { TransactionSql } from '../platform/database.ts'

const PAGE_ROWS = 4000

/** Departments with what they look after, which replaces what those of the same names had. Their ids, in order. */
export async function insertDepartments(
  tx: TransactionSql,
  departments: readonly DemoDepartment[],
): Promise<number[]> {
  const names = departments.map(({ name }) => name)
  await tx`
    INSERT INTO department (name) SELECT name FROM unnest(${names}::text[]) WITH ORDINALITY AS given (name, place)
    ORDER BY place ON CONFLICT (name) DO UPDATE SET active = true`
  const rows = await tx<{ id: number; name: string }[]>`
    SELECT id, name FROM department WHERE name = ANY(${names}::text[])`
  const idOf = new Map(rows.map(({ id, name }) => [name, id]))
  const ids = names.map((name) => idOf.get(name)!)
  await tx`DELETE FROM department_area WHERE department_id = ANY(${ids}::bigint[])`
  await tx`DELETE FROM department_category WHERE department_id = ANY(${ids}::bigint[])`
  const of = departments.flatMap(({ areas, categories }, index) => ({ id: ids[index], areas, categories }))
  const categories = of.flatMap(({ id, categories }) => categories.map((category) => ({ id, ...category })))
  await tx`
    INSERT INTO department_category (department_id, standard, kind, code)
    SELECT id, standard, kind, code FROM jsonb_to_recordset(${JSON.stringify(categories)}::text::jsonb)
      AS row (id bigint, standard text, kind text, code text)`
  for (const layer of CELL_LAYERS) {
    const areas = of.flatMap(({ id, areas }) =>
      areas.filter((area) => area.layer === layer).map((area) => ({ id, ...area })),
    )
    if (areas.length === 0) continue
    await tx`
      INSERT INTO department_area (department_id, layer, cell_id)
      SELECT row.id, ${layer}, t.id FROM jsonb_to_recordset(${JSON.stringify(areas)}::text::jsonb)
        AS row (id bigint, "sourceId" text) JOIN ${tx(tableOf(layer))} t ON t.source_id = row."sourceId"`
  }
  return ids
}

/**
 * The histories of hazards that are there by their source ids and were inserted under bringHistories. `departmentIds`: of
 * the departments by whose place in the list the cases name them.
 */
export async function insertCases(
  tx: TransactionSql,
  { cases: played, whistle }: Pick<Demo, 'cases' | 'whistle'>,
  departmentIds: readonly number[],
): Promise<void> {
  const ids = await insertWhistle(tx, whistle, departmentIds)
  const cases = played.map((each) => tellWhistle(each, whistle, ids))
  const idOf = (department: number | null) => (department === null ? null : departmentIds[department - 1]!)
  const entries = cases.flatMap(({ sourceId, entries }) =>
    entries.map(({ departmentId, photos: _, ...entry }) => ({
      sourceId,
      ...entry,
      departmentId: idOf(departmentId),
    })),
  )
  // In order: a trigger looks whether each follows the one before.
  for (const page of pagesOf(entries))
    await tx`
      INSERT INTO case_entry (hazard_id, seq, at, kind, action, from_state, to_state, actor, role, department_id, reason,
        note, due_at, detail)
      SELECT h.id, row.seq, row.at, row.kind, row.action, row."fromState", row."toState", row.actor, row.role,
        row."departmentId", row.reason, row.note, row."dueAt", row.detail
      FROM jsonb_to_recordset(${page}::text::jsonb) AS row ("sourceId" text, seq integer, at timestamptz, kind text,
        action text, "fromState" text, "toState" text, actor text, role text, "departmentId" bigint, reason text, note text,
        "dueAt" timestamptz, detail jsonb)
      JOIN hazard h ON h.source_id = row."sourceId" ORDER BY h.id, row.seq`
  const clocks = cases.flatMap(({ sourceId, state }) => state.clocks.map((clock) => ({ sourceId, ...clock })))
  for (const page of pagesOf(clocks))
    await tx`
      INSERT INTO case_clock (hazard_id, clock, run, limit_kind, limit_amount, started_at, due_at, stopped_at, paused_at,
        paused_minutes, extensions)
      SELECT h.id, row.clock, row.run, row."limitKind", row."limitAmount", row."startedAt", row."dueAt", row."stoppedAt",
        row."pausedAt", row."pausedMinutes", row.extensions
      FROM jsonb_to_recordset(${page}::text::jsonb) AS row ("sourceId" text, clock text, run integer, "limitKind" text,
        "limitAmount" float8, "startedAt" timestamptz, "dueAt" timestamptz, "stoppedAt" timestamptz,
        "pausedAt" timestamptz, "pausedMinutes" float8, extensions integer)
      JOIN hazard h ON h.source_id = row."sourceId"`
  const sums = cases.map(({ sourceId, source, externalRef, state, entries }) => ({
    ...{ sourceId, source, externalRef, ...state, clocks: undefined },
    departmentId: idOf(state.departmentId),
    stateSince: entries.findLast(({ fromState, toState }) => fromState !== toState)!.at,
  }))
  for (const page of pagesOf(sums))
    await tx`
      INSERT INTO hazard_case (hazard_id, entries, state_since, last_at, department_id, suspended_until, was_suspended,
        extension_asked, extensions, escalation, source, external_ref)
      SELECT h.id, row.entries, row."stateSince", row."lastAt", row."departmentId", row."suspendedUntil",
        row."wasSuspended", row."extensionAsked", row.extensions, row.escalation, row.source, row."externalRef"
      FROM jsonb_to_recordset(${page}::text::jsonb) AS row ("sourceId" text, entries integer, "stateSince" timestamptz,
        "lastAt" timestamptz, "departmentId" bigint, "suspendedUntil" timestamptz, "wasSuspended" boolean,
        "extensionAsked" float8, extensions integer, escalation integer, source text, "externalRef" text)
      JOIN hazard h ON h.source_id = row."sourceId"`
  await insertOrders(tx, cases)
}

/** The departments that were called, their answers and tasks, and what the database calls them. */
async function insertWhistle(
  tx: TransactionSql,
  whistle: DemoWhistle | undefined,
  departments: readonly number[],
): Promise<WhistleIds> {
  if (!whistle) return { whistle: 0, departments, tasks: [] }
  const { sourceId, calledAt, calledBy, reason, answerWithin, answerBy } = whistle
  const given = <T extends { department: number }>(rows: readonly T[]) =>
    JSON.stringify(rows.map((row) => ({ ...row, department: departments[row.department - 1] })))
  const [{ id }] = await tx<[{ id: number }]>`
    INSERT INTO whistle (hazard_id, called_at, called_by, reason, limit_kind, limit_amount)
    SELECT h.id, ${calledAt}::text::timestamptz, ${calledBy}, ${reason}, ${answerWithin.kind}, ${answerWithin.amount}
    FROM hazard h WHERE h.source_id = ${sourceId} RETURNING id`
  await tx`
    INSERT INTO whistle_call (whistle_id, department_id, due_at, answer, answered_at, answered_by, reason)
    SELECT ${id}::bigint, row.department, ${answerBy}::text::timestamptz,
      CASE WHEN row.accepted THEN 'accepted' ELSE 'declined' END, row.at, row.name, row.reason
    FROM jsonb_to_recordset(${given(whistle.calls)}::text::jsonb)
      AS row (department bigint, name text, at timestamptz, accepted boolean, reason text)`
  const tasks = await tx<{ id: number }[]>`
    INSERT INTO division_task (whistle_id, department_id, task, due_day, state, settled_at, settled_by)
    SELECT ${id}::bigint, row.department, row.task, row.due, CASE WHEN row."settledAt" IS NULL THEN 'open' ELSE 'done' END,
      row."settledAt", CASE WHEN row."settledAt" IS NOT NULL THEN row.name END
    FROM jsonb_to_recordset(${given(whistle.tasks)}::text::jsonb)
      AS row (department bigint, name text, task text, due date, "settledAt" timestamptz)
    RETURNING id`
  return { whistle: id, departments, tasks: tasks.map(({ id }) => id).sort((a, b) => a - b) }
}

/** The orders of the hotline that cases of the demo area came of. */
async function insertOrders(tx: TransactionSql, cases: readonly DemoCase[]): Promise<void> {
  const orders = cases.flatMap(({ sourceId, externalRef, calls: { contactAt, unit, street } }) =>
    externalRef === null
      ? []
      : [{ sourceId, number: externalRef, contactAt, unit: told(unit), street: told(street) }],
  )
  for (const page of pagesOf(orders))
    await tx`
      INSERT INTO hotline_order (number, hazard_id, received_at, channel, title, demand, severity, category_standard,
        category_kind, category_code, geom, row_hash, file_name, created_at, created_by, first_contact_at, unit_called_at,
        unit_solved, unit_satisfied, street_called_at, street_solved, street_satisfied)
      SELECT row.number, h.id, h.reported_at, '12345', h.title, h.title, h.severity, h.category_standard, h.category_kind,
        h.category_code, h.geom, encode(sha256(convert_to(row.number, 'UTF8')), 'hex'), 'demo', h.reported_at, 'demo',
        row."contactAt", (row.unit->>'at')::timestamptz, (row.unit->>'solved')::boolean, row.unit->>'satisfied',
        (row.street->>'at')::timestamptz, (row.street->>'solved')::boolean, row.street->>'satisfied'
      FROM jsonb_to_recordset(${page}::text::jsonb) AS row ("sourceId" text, number text, "contactAt" timestamptz, unit jsonb,
        street jsonb)
      JOIN hazard h ON h.source_id = row."sourceId"`
}

const told = (call: CallBack | null) =>
  call && {
    ...call,
    satisfied: call.satisfied === null ? 'not-reached' : call.satisfied ? 'satisfied' : 'dissatisfied',
  }

function* pagesOf(rows: readonly object[]): Generator<string> {
  for (let from = 0; from < rows.length; from += PAGE_ROWS)
    yield JSON.stringify(rows.slice(from, from + PAGE_ROWS))
}

/** What is reckoned for cases of the demo area, before their hazards go. Their histories stay: they only grow. */
export async function removeDemoCases(tx: TransactionSql, demoId: string): Promise<void> {
  for (const table of ['case_clock', 'hazard_case', 'hotline_order', 'whistle'])
    await tx`
      DELETE FROM ${tx(table)} c USING hazard h WHERE c.hazard_id = h.id AND starts_with(h.source_id, ${demoId})`
  // Of those that were deleted one by one, too: figures count what is reckoned for.
  await tx`
    DELETE FROM hazard_case c USING feature_version v
    WHERE v.layer = 'hazards' AND v.ended = 'delete' AND v.feature_id = c.hazard_id AND starts_with(v."row"->>'source_id', ${demoId})`
}
