import type { AlarmChange } from '../../geodata/walls/alarm.schema.ts'
import type { AlarmMark } from '../../geodata/walls/alarm-facts.ts'
import type { WallPicture } from '../../geodata/walls/picture.schema.ts'
import type { Actor } from '../access/actor.ts'
import type { AreaRow } from '../access/area.store.ts'
import type { Reach } from '../access/reach.ts'
import { type BindIds, reachClause } from '../access/scope.sql.ts'
import { recordWallEvent } from '../live/wall-events.store.ts'
import type { Sql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'

/** An answer is forgotten after so many days: what still stands then is new again. */
const KEPT_DAYS = 90

interface MarkRow {
  key: string
  state: AlarmMark['state']
  weight: number
  by: string
  at: Date
  until: Date | null
  note: string | null
}

const markOf = ({ state, weight, by, at, until, note }: MarkRow): AlarmMark => ({
  ...{ state, weight, by, note },
  at: at.getTime(),
  until: until?.getTime() ?? null,
})

/** The last answer to each alarm, by its key. */
export async function readMarks(sql: Sql): Promise<Map<string, AlarmMark>> {
  const rows = await sql<MarkRow[]>`SELECT key, state, weight, by, at, until, note FROM alarm_mark`
  return new Map(rows.map((row) => [row.key, markOf(row)]))
}

/** The last answer to an alarm of a hazard or site that someone reaches, whether or not the alarm still stands. */
export async function readLastAnswer(sql: Sql, reach: Reach): Promise<WallPicture['lastAnswer']> {
  const parameters: (string | number[])[] = []
  const bind: BindIds = (ids) => `$${parameters.push(ids)}`
  const of = (kind: string, table: string) =>
    `JOIN ${table} t ON t.id = nullif(split_part(m.key, '${kind}:', 2), '')::bigint`
  const [row] = await sql.unsafe<[WallPicture['lastAnswer']?]>(
    `SELECT ${isoTime('m.at')} AS at, m.by, m.title FROM (
       SELECT m.at, m.by, t.title FROM alarm_mark m ${of('hazard', 'hazard')} WHERE ${reachClause('hazards', reach, bind, 't')}
       UNION ALL
       SELECT m.at, m.by, t.name FROM alarm_mark m ${of('site', 'checkpoint')} WHERE ${reachClause('checkpoints', reach, bind)}
     ) m (at, by, title) ORDER BY m.at DESC LIMIT 1`,
    parameters,
    { prepare: true },
  )
  return row ?? null
}

export type Answer =
  | { change: 'acknowledge'; note: string | null }
  | { change: 'shelve'; minutes: number; note: string | null }
  | { change: 'withdraw' }

/** Writes an answer down, with its event. Returns the mark that is in force then; undefined: none. */
export async function writeAnswer(
  sql: Sql,
  actor: Actor,
  { key, weight, cell }: { key: string; weight: number; cell: AreaRow | undefined },
  answer: Answer,
): Promise<AlarmMark | undefined> {
  const mark = await sql.begin(async (tx) => {
    await tx`DELETE FROM alarm_mark WHERE at < now() - make_interval(days => ${KEPT_DAYS})`
    const [before] = await tx<MarkRow[]>`DELETE FROM alarm_mark WHERE key = ${key} RETURNING *`
    let after: MarkRow | undefined
    if (answer.change !== 'withdraw') {
      const minutes = answer.change === 'shelve' ? answer.minutes : null
      const rows = await tx<[MarkRow]>`
        INSERT INTO alarm_mark (key, state, weight, by, until, note)
        VALUES (${key}, ${minutes === null ? 'acknowledged' : 'shelved'}, ${weight}, ${actor.name},
          now() + make_interval(mins => ${minutes}::int), ${answer.note})
        ON CONFLICT (key) DO UPDATE SET state = excluded.state, weight = excluded.weight, by = excluded.by,
          at = excluded.at, until = excluded.until, note = excluded.note
        RETURNING *`
      after = rows[0]
    }
    const alarm: AlarmChange = { key, change: answer.change }
    await recordWallEvent(
      tx,
      actor,
      { kind: 'alarm', told: { alarm, areas: [cell ? [cell] : []] } },
      { ...(before ? { before } : {}), ...(after ? { after } : {}), detail: alarm },
    )
    return after && markOf(after)
  })
  return mark as AlarmMark | undefined
}
