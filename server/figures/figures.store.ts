import type {
  CoverageRow,
  HazardCounts,
  HazardFigures,
  PatrolCounts,
  PatrolFigures,
} from '../../geodata/figures/figures.schema.ts'
import { DUE_SOON_MINUTES, ENDED_STATES } from '../../geodata/hazards/deadline.ts'
import { serviceMinutesPerDay, visitsPerDay } from '../../geodata/patrols/norms.ts'
import type { CellLayer } from '../../geodata/shared/codes.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'

/** Cells that a table of figures lists at most; the sums are always over all. */
export const MOST_CELLS = 5000

/**
 * Open hazards against their deadlines, in all and by cell; cells without an open one are left out. Hazards in a cell
 * out of reach that holds one's own are in the sums alone.
 */
export async function readHazardFigures(sql: Sql, cells: CellLayer, reach: Reach): Promise<HazardFigures> {
  const table = tableOf(cells)
  const parameters: (number | string | string[] | number[])[] = [DUE_SOON_MINUTES, [...ENDED_STATES]]
  const bind = (ids: number[] | string) => `$${parameters.push(ids)}`
  const rows = await sql.unsafe<
    (HazardCounts & {
      id: number | null
      code: string
      name: string
      reached: boolean
      at: Date
      total: number
    })[]
  >(
    `WITH now_is AS (SELECT now() AS at)
     SELECT c.id, c.code, c.name, coalesce(bool_and(${reachClause(cells, reach, bind, 'c')}), false) AS reached,
       max(n.at) AS at, count(*) AS total,
       count(*) FILTER (WHERE o.open) AS open,
       count(*) FILTER (WHERE o.open AND h.due_at < n.at) AS overdue,
       count(*) FILTER (WHERE o.open AND h.due_at >= n.at AND h.due_at <= n.at + make_interval(mins => $1)) AS "dueSoon",
       count(*) FILTER (WHERE o.open AND h.due_at IS NULL) AS "noDeadline"
     FROM hazard h CROSS JOIN now_is n
       CROSS JOIN LATERAL (SELECT NOT (h.state = ANY($2::text[])) AS open) o
       LEFT JOIN ${table} c ON c.id = h.${table}_id
     WHERE ${reachClause('hazards', reach, bind, 'h')}
     GROUP BY c.id, c.code, c.name
     ORDER BY overdue DESC, "dueSoon" DESC, open DESC, c.code`,
    parameters,
    { prepare: true },
  )
  const sum = (name: keyof HazardCounts | 'total') => rows.reduce((all, row) => all + row[name], 0)
  const outside = rows.find((row) => row.id === null)
  const countsOf = ({ open, overdue, dueSoon, noDeadline }: HazardCounts) => ({
    open,
    overdue,
    dueSoon,
    noDeadline,
  })
  return {
    at: (rows[0]?.at ?? new Date()).toISOString(),
    total: sum('total'),
    open: sum('open'),
    overdue: sum('overdue'),
    dueSoon: sum('dueSoon'),
    noDeadline: sum('noDeadline'),
    outside: outside ? countsOf(outside) : { open: 0, overdue: 0, dueSoon: 0, noDeadline: 0 },
    cells: rows
      .flatMap((row) =>
        row.id !== null && row.reached && row.open > 0
          ? [{ id: row.id, code: row.code, name: row.name, ...countsOf(row) }]
          : [],
      )
      .slice(0, MOST_CELLS),
  }
}

/** Facilities of a kind in each cell beside its households; cells with none first, the largest need first among them. */
export async function readCoverage(
  sql: Sql,
  kind: string,
  cells: CellLayer,
  reach: Reach,
): Promise<CoverageRow[]> {
  const table = tableOf(cells)
  const parameters: (string | number[])[] = [kind]
  const reached = (layer: LayerId, alias: string) =>
    reachClause(layer, reach, (ids) => `$${parameters.push(ids)}`, alias)
  return sql.unsafe<CoverageRow[]>(
    `SELECT c.id, c.code, c.name, coalesce(b.buildings, 0)::int AS buildings,
       CASE WHEN b.buildings IS NULL THEN 0 ELSE b.households END AS households,
       coalesce(b.unknown, 0)::int AS "householdsUnknown",
       coalesce(f.working, 0)::int AS facilities, coalesce(f.others, 0)::int AS "notInService"
     FROM ${table} c
       LEFT JOIN (SELECT ${table}_id AS cell, count(*) AS buildings, sum(households) AS households,
           count(*) FILTER (WHERE households IS NULL) AS unknown
         FROM building t WHERE ${reached('buildings', 't')} GROUP BY 1) b ON b.cell = c.id
       LEFT JOIN (SELECT ${table}_id AS cell, count(*) FILTER (WHERE status = 'in-service') AS working,
           count(*) FILTER (WHERE status <> 'in-service') AS others
         FROM facility t WHERE kind = $1 AND ${reached('facilities', 't')} GROUP BY 1) f ON f.cell = c.id
     WHERE ${reached(cells, 'c')}
     ORDER BY coalesce(f.working, 0)::float8 / greatest(b.households, 1), b.households DESC NULLS LAST, c.code
     LIMIT ${MOST_CELLS}`,
    parameters,
    { prepare: true },
  )
}

type TimeWindows = { from: string; to: string }[]

/**
 * What the checkpoints' norms ask for in a day, in all, by risk and by cell; see geodata/patrols/norms.ts. Those in a
 * cell out of reach that holds one's own are in the sums alone.
 */
export async function readPatrolFigures(sql: Sql, cells: CellLayer, reach: Reach): Promise<PatrolFigures> {
  const table = tableOf(cells)
  const parameters: (string | number[])[] = []
  const bind = (ids: number[] | string) => `$${parameters.push(ids)}`
  // Few norms are shared by many checkpoints, so the sums are made from their counts.
  const rows = await sql.unsafe<
    {
      id: number | null
      code: string
      name: string
      reached: boolean
      risk: string
      intervalMinutes: number
      serviceMinutes: number
      timeWindows: TimeWindows
      count: number
    }[]
  >(
    `SELECT c.id, c.code, c.name, coalesce(${reachClause(cells, reach, bind, 'c')}, false) AS reached, t.risk,
       coalesce(t.interval_minutes, n.interval_minutes, 1440) AS "intervalMinutes",
       coalesce(t.service_minutes, n.service_minutes, 5) AS "serviceMinutes", t.time_windows AS "timeWindows", count(*) AS count
     FROM checkpoint t LEFT JOIN visit_norm n ON n.site_type = t.site_type AND n.risk = t.risk LEFT JOIN ${table} c ON c.id = t.${table}_id
     WHERE ${reachClause('checkpoints', reach, bind)}
     GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`,
    parameters,
    { prepare: true },
  )
  const all = none()
  const outside = none()
  const byRisk = new Map<string, PatrolCounts & { risk: string }>()
  const byCell = new Map<number, PatrolFigures['cells'][number]>()
  for (const row of rows) {
    const { id, code, name, reached, risk, count } = row
    const ofRisk = byRisk.get(risk) ?? { risk, ...none() }
    byRisk.set(risk, ofRisk)
    const ofCell = id === null ? outside : (byCell.get(id) ?? { id, code, name, ...none() })
    if (id !== null && reached) byCell.set(id, ofCell as PatrolFigures['cells'][number])
    for (const sums of [all, ofRisk, ofCell]) {
      sums.checkpoints += count
      sums.visitsPerDay += count * visitsPerDay(row)
      sums.serviceMinutesPerDay += count * serviceMinutesPerDay(row)
    }
  }
  const listed = [...byCell.values()].sort(
    (a, b) => b.visitsPerDay - a.visitsPerDay || a.code.localeCompare(b.code),
  )
  return { ...all, byRisk: [...byRisk.values()], cells: listed.slice(0, MOST_CELLS), outside }
}

const none = (): PatrolCounts => ({ checkpoints: 0, visitsPerDay: 0, serviceMinutesPerDay: 0 })
