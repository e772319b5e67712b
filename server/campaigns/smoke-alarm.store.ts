import {
  ALARM_SOON_DAYS,
  ALARM_STATES,
  type AlarmInput,
  type AlarmState,
  type SmokeAlarm,
} from '../../geodata/campaigns/smoke-alarm.schema.ts'
import type { Reach } from '../access/reach.ts'
import { reachedIds } from '../access/reaches-feature.store.ts'
import { reachClause } from '../access/scope.sql.ts'
import { day, TODAY } from '../duties/duty.sql.ts'
import { likePattern } from '../features/feature.filter.ts'
import { countMatches } from '../features/ids.store.ts'
import { noSuchFeature } from '../features/read.store.ts'
import { recordRegisterEvent } from '../live/register-events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { requireVersion } from '../platform/require-version.ts'
import type { CampaignWriter } from './campaign.store.ts'
import { inCellSql } from './in-cell.sql.ts'
import { pageOf } from './page-parameters.ts'
import { requirePast } from './require-past.ts'

export interface AlarmFilter {
  state?: AlarmState | undefined
  parent?: string | undefined
  building?: number | undefined
  q?: string | undefined
}
type Parameter = string | number | number[]
type Bind = (value: Parameter) => string

const norm = (code: string) => `(SELECT days FROM safety_norm WHERE code = '${code}')`
const SOON = `${TODAY} + ${ALARM_SOON_DAYS}`

/**
 * Alarms of buildings in reach with what is due when, over a and t. A test without any date to reckon from is due;
 * batteries and age without one are not known.
 */
const alarmsSql = (reach: Reach, bind: Bind, where: string): string => `
  SELECT a.*, t.code, coalesce(t.name, t.address) AS name, next.*, due.due_on,
    CASE WHEN a.count = 0 THEN 'none' WHEN due.due_on < ${TODAY} THEN 'overdue'
      WHEN next.test IS NULL OR due.due_on <= ${SOON} THEN 'due' ELSE 'ok' END AS state
  FROM smoke_alarm a LEFT JOIN building t ON t.id = a.building_id,
    LATERAL (SELECT coalesce(a.tested_on, a.installed_on) + ${norm('alarm-test')} AS test,
      coalesce(a.battery_on, a.installed_on) + ${norm('alarm-battery')} AS battery,
      a.installed_on + ${norm('alarm-replace')} AS replace) next,
    LATERAL (SELECT CASE WHEN a.count > 0 THEN least(next.test, next.battery, next.replace) END AS due_on) due
  WHERE ${reach === 'everywhere' ? 'true' : reachClause('buildings', reach, bind as (ids: number[] | string) => string)}
    AND ${where}`

const isNext = (task: string) => `x.${task} <= greatest(x.due_on, ${SOON})`
const ALARM_FIELDS = `x.building_id AS building, x.version, x.code, x.name, x.count, ${day('x.installed_on')} AS "installedOn",
  ${day('x.battery_on')} AS "batteryOn", ${day('x.tested_on')} AS "testedOn", x.note, x.state, ${day('x.due_on')} AS "dueOn",
  CASE WHEN x.count = 0 THEN ARRAY[]::text[] ELSE array_remove(ARRAY[
    CASE WHEN x.test IS NULL OR ${isNext('test')} THEN 'test' END,
    CASE WHEN ${isNext('battery')} THEN 'battery' END, CASE WHEN ${isNext('replace')} THEN 'replace' END], NULL) END AS tasks`

/** What is due first comes first. `next`: how many to leave out for the next page. */
export async function listAlarms(
  sql: Sql | TransactionSql,
  { state, parent, building, q }: AlarmFilter,
  reach: Reach,
  { limit, after }: { limit: number; after: number },
): Promise<{ alarms: SmokeAlarm[]; next: string | null }> {
  const parameters: Parameter[] = [limit + 1, after]
  const bind: Bind = (value) => `$${parameters.push(value)}`
  const clauses = ['true']
  if (parent !== undefined) clauses.push(inCellSql(parent, bind))
  if (building !== undefined) clauses.push(`a.building_id = ${bind(building)}`)
  if (q !== undefined) {
    const pattern = bind(likePattern(q))
    clauses.push(`(t.search_text LIKE ${pattern} OR t.code LIKE ${pattern})`)
  }
  const rows = await sql.unsafe<SmokeAlarm[]>(
    `SELECT ${ALARM_FIELDS} FROM (${alarmsSql(reach, bind, clauses.join(' AND '))}) x
     WHERE ${state === undefined ? 'true' : `x.state = ${bind(state)}`}
     ORDER BY x.count = 0, x.due_on NULLS FIRST, x.building_id LIMIT $1 OFFSET $2`,
    parameters,
    { prepare: true },
  )
  const { rows: alarms, next } = pageOf(rows, limit, () => after + limit)
  return { alarms, next }
}

const MOST_IDS = 5000

export interface AlarmSummary {
  /** Buildings with a record, by state, and the alarms in them. */
  buildings: Record<AlarmState, number>
  alarms: number
  /** All buildings in reach. */
  all: number
  /** For the map: the ids of each state, at most 5,000. */
  ids: Record<AlarmState, number[]>
}

export async function sumAlarms(sql: Sql, reach: Reach): Promise<AlarmSummary> {
  const parameters: Parameter[] = []
  const bind: Bind = (value) => `$${parameters.push(value)}`
  const rows = await sql.unsafe<{ state: AlarmState; buildings: number; alarms: number; ids: number[] }[]>(
    `SELECT x.state, count(*)::int AS buildings, sum(x.count) AS alarms,
       (array_agg(x.building_id ORDER BY x.due_on, x.building_id))[1:${MOST_IDS}] AS ids
     FROM (${alarmsSql(reach, bind, 'true')}) x GROUP BY 1`,
    parameters,
    { prepare: true },
  )
  const all = await countMatches(sql, 'buildings', {}, reach)
  const of = <T>(state: AlarmState, pick: (row: (typeof rows)[number]) => T, none: T): T => {
    const row = rows.find((each) => each.state === state)
    return row ? pick(row) : none
  }
  const byState = <T>(pick: (row: (typeof rows)[number]) => T, none: () => T) =>
    Object.fromEntries(ALARM_STATES.map((state) => [state, of(state, pick, none())])) as Record<AlarmState, T>
  return {
    buildings: byState(
      (row) => row.buildings,
      () => 0,
    ),
    alarms: rows.reduce((total, row) => total + row.alarms, 0),
    all,
    ids: byState(
      (row) => row.ids.map(Number),
      () => [],
    ),
  }
}

/** Version 0: there is nothing yet. Throws not-found, version-conflict, invalid-body. */
export async function putAlarm(
  sql: Sql,
  building: number,
  version: number,
  input: AlarmInput,
  { actor, reach }: CampaignWriter,
): Promise<SmokeAlarm> {
  return (await sql.begin(async (tx) => {
    if ((await reachedIds(tx, 'buildings', [building], reach)).size === 0)
      throw noSuchFeature('buildings', building)
    await tx`SELECT 1 FROM building WHERE id = ${building} FOR NO KEY UPDATE`
    const before = await readAlarm(tx, building, reach)
    requireVersion('the smoke alarms of this building', version, before?.version ?? 0)
    await requirePast(tx, {
      '/installedOn': input.installedOn,
      '/batteryOn': input.batteryOn,
      '/testedOn': input.testedOn,
    })
    await tx`
      INSERT INTO smoke_alarm (building_id, count, installed_on, battery_on, tested_on, note)
      VALUES (${building}, ${input.count}, ${input.installedOn}, ${input.batteryOn}, ${input.testedOn}, ${input.note})
      ON CONFLICT (building_id) DO UPDATE SET version = smoke_alarm.version + 1, count = excluded.count,
        installed_on = excluded.installed_on, battery_on = excluded.battery_on, tested_on = excluded.tested_on,
        note = excluded.note, updated_at = now(), demo = false`
    const after = (await readAlarm(tx, building, reach))!
    await recordRegisterEvent(
      tx,
      actor,
      { register: 'smoke-alarms', of: [{ layer: 'buildings', feature: building }] },
      { ...(before ? { before } : {}), after, detail: { what: 'smoke-alarms' } },
    )
    return after
  })) as SmokeAlarm
}

async function readAlarm(
  sql: Sql | TransactionSql,
  building: number,
  reach: Reach,
): Promise<SmokeAlarm | undefined> {
  const { alarms } = await listAlarms(sql, { building }, reach, { limit: 1, after: 0 })
  return alarms[0]
}
