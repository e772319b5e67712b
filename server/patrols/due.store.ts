import type { DueAnswer, DueCounts, DueSite, DueState } from '../../geodata/patrols/due.schema.ts'
import { type DueQuestion, describeDue, dueOf } from '../../geodata/patrols/due-of.ts'
import { type ClockWindows, isoOf } from '../../geodata/patrols/opening-windows.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { derivedValue } from '../features/feature.sql.ts'
import type { Sql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { NO_VISITS, type PlannedVisits, readPlannedVisits } from './planned-visits.store.ts'

export interface DueFilter {
  /** Milliseconds since 1970. */
  from: number
  to: number
  states?: readonly DueState[] | undefined
  /** Only these checkpoints. */
  ids?: readonly number[] | undefined
  /** What plans mean to visit before the shift counts as visited. */
  planned?: boolean | undefined
}

/** Behind which site a page begins: the order is by when limits break, then by id. */
export interface DueCursor {
  breaksAt: number
  id: number
}

const HOUR = 3_600_000
const DAY_HOURS = 24
const MOST_HOURS = 24 * 8

interface Row {
  id: number
  interval: number
  grace: number
  service: number
  windows: ClockWindows
  createdAt: Date
  lastVisitAt: Date | null
}

interface Placed {
  id: number
  state: DueState
  breaksAt: number
}

/**
 * One page of the checkpoints in reach against their norms, the first to break first, with the sums of all pages. Visits that
 * began before the end of the shift count. The norms are read as numbers for all sites, the rest for those of the page.
 */
export async function readDue(
  sql: Sql,
  filter: DueFilter,
  reach: Reach,
  { limit, after }: { limit: number; after?: DueCursor | undefined },
): Promise<DueAnswer> {
  const { from, to, states } = filter
  const counts: DueCounts = { overdue: 0, never: 0, due: 0, later: 0, neededVisits: 0, serviceMinutes: 0 }
  const hours = Math.min(MOST_HOURS, Math.max(DAY_HOURS, Math.ceil((to - from) / HOUR)))
  const breaking = new Array<number>(hours).fill(0)
  const placed: Placed[] = []
  const plannedAt = filter.planned ? await readPlannedVisits(sql, from) : NO_VISITS
  for (const row of await readRows(sql, filter, reach)) {
    const due = dueOf(questionOf(row, plannedAt), from, to)
    if (states && !states.includes(due.state)) continue
    counts[due.state]++
    counts.neededVisits += due.neededVisits
    counts.serviceMinutes += due.neededVisits * row.service
    const hour = Math.floor((due.breaksAt - from) / HOUR)
    if (hour >= 0 && hour < hours) breaking[hour]!++
    placed.push({ id: row.id, state: due.state, breaksAt: due.breaksAt })
  }
  placed.sort((a, b) => a.breaksAt - b.breaksAt || a.id - b.id)
  const first = after
    ? placed.findIndex(
        ({ breaksAt, id }) => breaksAt > after.breaksAt || (breaksAt === after.breaksAt && id > after.id),
      )
    : 0
  const page = first < 0 ? [] : placed.slice(first, first + limit)
  const last = page.at(-1)
  return {
    from: isoOf(from),
    to: isoOf(to),
    at: isoOf(Math.min(Date.now(), to)),
    sites: await readSites(
      sql,
      filter,
      page.map(({ id }) => id),
      reach,
      plannedAt,
    ),
    next: last && first + limit < placed.length ? `${last.breaksAt}.${last.id}` : null,
    counts,
    forecast: breaking.map((count, hour) => ({
      from: isoOf(from + hour * HOUR),
      to: isoOf(from + (hour + 1) * HOUR),
      breaking: count,
    })),
  }
}

/** Rows of checkpoints, in the order of `ids`; those that are gone or out of reach are left out. */
export async function readSites(
  sql: Sql,
  { from, to }: Pick<DueFilter, 'from' | 'to'>,
  ids: readonly number[],
  reach: Reach,
  plannedAt: PlannedVisits = NO_VISITS,
): Promise<DueSite[]> {
  if (ids.length === 0) return []
  const parameters: (string | number[])[] = [isoOf(to), [...ids]]
  const bind = (cells: number[] | string) => `$${parameters.push(cells)}`
  const code = (property: string) => derivedValue('checkpoints', property, 't')
  const rows = await sql.unsafe<
    (Row &
      Pick<
        DueSite,
        'name' | 'siteType' | 'risk' | 'communityCode' | 'gridCode' | 'microGridCode' | 'probableAt'
      > & { lng: number; lat: number })[]
  >(
    `SELECT ${NORM_COLUMNS}, t.name, t.site_type AS "siteType", t.risk, ST_X(t.geom) AS lng, ST_Y(t.geom) AS lat,
       ${code('communityCode')} AS "communityCode", ${code('gridCode')} AS "gridCode", ${code('microGridCode')} AS "microGridCode",
       (SELECT ${isoTime('max(v.started_at)')} FROM patrol_visit v WHERE v.checkpoint_id = t.id AND v.state = 'probable'
          AND v.started_at < $1::timestamptz AND v.started_at > coalesce(${LAST_VISIT}, '-infinity')) AS "probableAt"
     FROM ${NORMED} WHERE t.id = ANY($2::bigint[]) AND ${reachClause('checkpoints', reach, bind)}`,
    parameters,
    { prepare: true },
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    const planned = plannedAt.get(id)
    return {
      checkpointId: id,
      name: row.name,
      siteType: row.siteType,
      risk: row.risk,
      lngLat: [row.lng, row.lat] as [number, number],
      communityCode: row.communityCode,
      gridCode: row.gridCode,
      microGridCode: row.microGridCode,
      intervalMinutes: row.interval,
      graceMinutes: row.grace,
      serviceMinutes: row.service,
      probableAt: row.probableAt,
      ...describeDue(questionOf(row, plannedAt), from, to),
      lastVisitAt: row.lastVisitAt && isoOf(row.lastVisitAt.getTime()),
      ...(planned === undefined ? {} : { plannedAt: isoOf(planned) }),
    }
  })
}

/** $1: the end of the shift. */
const LAST_VISIT = `(SELECT max(v.started_at) FROM patrol_visit v
  WHERE v.checkpoint_id = t.id AND v.state = 'visited' AND v.started_at < $1::timestamptz)`

/** What a checkpoint does not say itself is as its norm says; there is one for every type and risk. */
const NORM_COLUMNS = `t.id, coalesce(t.interval_minutes, n.interval_minutes, 1440) AS interval,
  coalesce(t.grace_minutes, n.grace_minutes, 0) AS grace, coalesce(t.service_minutes, n.service_minutes, 5) AS service,
  t.time_windows AS windows, t.created_at AS "createdAt", ${LAST_VISIT} AS "lastVisitAt"`
const NORMED = 'checkpoint t LEFT JOIN visit_norm n ON n.site_type = t.site_type AND n.risk = t.risk'

function readRows(sql: Sql, { to, ids }: DueFilter, reach: Reach) {
  const parameters: (string | number[])[] = [isoOf(to)]
  const bind = (cells: number[] | string) => `$${parameters.push(cells)}`
  const among = ids ? `AND t.id = ANY(${bind([...ids])}::bigint[])` : ''
  return sql.unsafe<Row[]>(
    `SELECT ${NORM_COLUMNS} FROM ${NORMED} WHERE ${reachClause('checkpoints', reach, bind)} ${among}`,
    parameters,
    { prepare: true },
  )
}

/** What the norm of every checkpoint in reach asks, by its id; visits before the end of the filter’s shift count. */
export async function readQuestions(
  sql: Sql,
  filter: DueFilter,
  reach: Reach,
): Promise<Map<number, DueQuestion>> {
  const plannedAt = filter.planned ? await readPlannedVisits(sql, filter.from) : NO_VISITS
  const rows = await readRows(sql, filter, reach)
  return new Map(rows.map((row) => [row.id, questionOf(row, plannedAt)]))
}

const questionOf = (row: Row, plannedAt: PlannedVisits): DueQuestion => {
  const visits = [row.lastVisitAt?.getTime(), plannedAt.get(row.id)].filter((at) => at !== undefined)
  return {
    intervalMinutes: row.interval,
    graceMinutes: row.grace,
    timeWindows: row.windows,
    createdAt: row.createdAt.getTime(),
    lastVisitAt: visits.length > 0 ? Math.max(...visits) : undefined,
  }
}
