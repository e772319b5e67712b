import type { AlarmChange } from '../../geodata/walls/alarm.schema.ts'
import type { AlarmMark } from '../../geodata/walls/alarm-facts.ts'
import type { Actor } from '../access/actor.ts'
import type { AreaRow } from '../access/area.store.ts'
import { recordWallEvent } from '../live/wall-events.store.ts'
import type { Sql } from '../platform/database.ts'

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
