import { type AlarmRow, type RejectedRow, readAlarmRows } from '../../geodata/campaigns/read-alarm-rows.ts'
import { type AlarmImport, MAX_ALARM_ROWS } from '../../geodata/campaigns/smoke-alarm.schema.ts'
import { decodeText } from '../../geodata/dispatch/hotline/decode-text.ts'
import { parseCsv } from '../../geodata/dispatch/hotline/parse-csv.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { day, TODAY } from '../duties/duty.sql.ts'
import { recordRegisterEvent } from '../live/register-events.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import type { CampaignWriter } from './campaign.store.ts'

const MOST_TOLD = 200

/**
 * Takes counts and dates of smoke alarms from a CSV file. Rows that cannot be used are told, the others are stored in
 * one transaction. Throws unreadable-file.
 */
export async function importAlarms(
  sql: Sql,
  bytes: Uint8Array,
  dryRun: boolean,
  { actor, reach }: CampaignWriter,
): Promise<AlarmImport> {
  const { rows, rejected } = readFile(bytes)
  return (await sql.begin(async (tx) => {
    const found = await findBuildings(tx, rows, reach)
    const [{ today }] = await tx.unsafe<[{ today: string }]>(`SELECT ${day(TODAY)} AS today`)
    const good: (AlarmRow & { building: number })[] = []
    for (const row of rows) {
      const building = found.get(row.code)
      const later = [row.installedOn, row.batteryOn, row.testedOn].find((on) => on != null && on > today)
      const reason =
        building === undefined
          ? 'no building in your area has this code'
          : later !== undefined
            ? `${later} has not come yet`
            : building.hasNone && row.count === undefined
              ? 'count is missing, and nothing is stored yet'
              : undefined
      if (reason !== undefined) rejected.push({ line: row.line, code: row.code, reason })
      else good.push({ ...row, building: building!.id })
    }
    const counts = await store(tx, good, dryRun)
    const report: AlarmImport = {
      dryRun,
      rows: good.length + rejected.length,
      ...counts,
      rejected: rejected.sort((a, b) => a.line - b.line).slice(0, MOST_TOLD),
      rejectedCount: rejected.length,
    }
    if (!dryRun && counts.created + counts.changed > 0) {
      const { rejected: _, ...detail } = report
      await recordRegisterEvent(
        tx,
        actor,
        { register: 'smoke-alarms' },
        { detail: { what: 'smoke-alarms-file', ...detail } },
      )
    }
    return report
  })) as AlarmImport
}

function readFile(bytes: Uint8Array): { rows: AlarmRow[]; rejected: RejectedRow[] } {
  const refuse = (reason: string) => new Problem('unreadable-file', `${reason} Nothing was stored.`)
  const decoded = decodeText(bytes)
  if (!decoded) throw refuse('The file is no text in UTF-8, UTF-16 or GB18030. Save it as CSV.')
  const table = parseCsv(decoded.text, { rows: MAX_ALARM_ROWS + 1, columns: 50, cell: 2000 })
  if ('fault' in table)
    throw refuse(`The file cannot be read from line ${table.fault.line} on (${table.fault.code}).`)
  const read = readAlarmRows(table.rows)
  if ('fault' in read) throw refuse(read.fault)
  return read
}

async function findBuildings(
  tx: TransactionSql,
  rows: readonly AlarmRow[],
  reach: Reach,
): Promise<Map<string, { id: number; hasNone: boolean }>> {
  const parameters: (string | number[] | string[])[] = [rows.map(({ code }) => code)]
  const reached = reachClause('buildings', reach, (ids) => `$${parameters.push(ids)}`)
  const found = await tx.unsafe<{ id: number; code: string; hasNone: boolean }[]>(
    `SELECT t.id, t.code, a.building_id IS NULL AS "hasNone" FROM building t LEFT JOIN smoke_alarm a ON a.building_id = t.id
     WHERE t.code = ANY($1::text[]) AND ${reached} ORDER BY t.id FOR NO KEY UPDATE OF t`,
    parameters,
  )
  return new Map(found.map(({ code, ...row }) => [code, row]))
}

/** What a row does not say stays as it is. */
async function store(
  tx: TransactionSql,
  rows: readonly (AlarmRow & { building: number })[],
  dryRun: boolean,
): Promise<Pick<AlarmImport, 'created' | 'changed' | 'unchanged'>> {
  const given = rows.map(({ line: _, code: __, ...row }) => ({
    building: row.building,
    count: row.count ?? null,
    ...said('installed', row.installedOn),
    ...said('battery', row.batteryOn),
    ...said('tested', row.testedOn),
    ...said('note', row.note),
  }))
  const keep = (column: string, name: string) =>
    `CASE WHEN row."${name}Said" THEN row.${name} ELSE a.${column} END`
  const wanted = `
    SELECT row.building, a.building_id IS NULL AS is_new, coalesce(row.count, a.count) AS count,
      ${keep('installed_on', 'installed')} AS installed_on, ${keep('battery_on', 'battery')} AS battery_on,
      ${keep('tested_on', 'tested')} AS tested_on, ${keep('note', 'note')} AS note, a.count AS had,
      a.installed_on AS had_installed, a.battery_on AS had_battery, a.tested_on AS had_tested, a.note AS had_note
    FROM jsonb_to_recordset($1::text::jsonb) AS row (building bigint, count integer, installed date, "installedSaid" boolean,
      battery date, "batterySaid" boolean, tested date, "testedSaid" boolean, note text, "noteSaid" boolean)
      LEFT JOIN smoke_alarm a ON a.building_id = row.building`
  const differs = `(count, installed_on, battery_on, tested_on, note) IS DISTINCT FROM
    (had, had_installed, had_battery, had_tested, had_note)`
  const [sums] = await tx.unsafe<[{ created: number; changed: number }]>(
    `SELECT count(*) FILTER (WHERE is_new)::int AS created, count(*) FILTER (WHERE NOT is_new AND ${differs})::int AS changed
     FROM (${wanted}) w`,
    [JSON.stringify(given)],
  )
  if (!dryRun)
    await tx.unsafe(
      `INSERT INTO smoke_alarm (building_id, count, installed_on, battery_on, tested_on, note)
       SELECT building, count, installed_on, battery_on, tested_on, note FROM (${wanted}) w WHERE is_new OR ${differs}
       ON CONFLICT (building_id) DO UPDATE SET version = smoke_alarm.version + 1, count = excluded.count,
         installed_on = excluded.installed_on, battery_on = excluded.battery_on, tested_on = excluded.tested_on,
         note = excluded.note, updated_at = now(), demo = false`,
      [JSON.stringify(given)],
    )
  return { ...sums, unchanged: rows.length - sums.created - sums.changed }
}

const said = (name: string, value: string | null | undefined) => ({
  [name]: value ?? null,
  [`${name}Said`]: value !== undefined,
})
