import type { AlarmChange } from '../../geodata/walls/alarm.schema.ts'
import type { WallPushed } from '../../geodata/walls/open-wall.schema.ts'
import type { Actor } from '../access/actor.ts'
import type { AreaRow } from '../access/area.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { inEventOrder } from './event-lock.store.ts'

interface Common {
  id: number
  at: string
  actor: string
  version?: undefined
  layer?: undefined
  box?: undefined
}
/** Somebody answered an alarm. `areas`: as of patrols; the cell that what it is about lies in. */
export interface AlarmEvent extends Common {
  kind: 'alarm'
  told: { alarm: AlarmChange; areas: AreaRow[][] }
}
/** Somebody sent something to walls of these names. */
export interface PushEvent extends Common {
  kind: 'wall'
  told: { push: WallPushed; walls: 'all' | string[] }
}
export type WallEvent = AlarmEvent | PushEvent

export type NewWallEvent = Pick<AlarmEvent, 'kind' | 'told'> | Pick<PushEvent, 'kind' | 'told'>

/** Writes an event in the transaction of what it tells of, for the audit trail too. Last in the transaction. Returns its id. */
export async function recordWallEvent(
  tx: TransactionSql,
  actor: Actor,
  { kind, told }: NewWallEvent,
  { before, after, detail }: { before?: object; after?: object; detail?: object } = {},
): Promise<number> {
  let id = 0
  await inEventOrder(tx, async () => {
    const [row] = await tx<[{ id: number }]>`
      INSERT INTO event (kind, actor, person_id, origin_address, request_id, before, after, detail, told)
      VALUES (${kind}, ${actor.name}, ${actor.personId ?? null}, ${actor.from ?? null}, ${actor.requestId ?? null},
        ${text(before)}::text::jsonb, ${text(after)}::text::jsonb, ${text(detail)}::text::jsonb, ${text(told)}::text::jsonb)
      RETURNING id`
    id = row.id
  })
  return id
}

const text = (value: object | undefined): string | null =>
  value === undefined ? null : JSON.stringify(value)

/** Whether a push is for a wall of this name, and not over. */
export const isPushFor = ({ told: { push, walls } }: PushEvent, name: string, nowMs: number): boolean =>
  (walls === 'all' || walls.includes(name)) && Date.parse(push.until) > nowMs

const MOST_IN_FORCE = 200

/** Messages and views that a wall which opens now has to show: those since the last time that they were taken back. */
export async function pushesInForce(sql: Sql, name: string, nowMs: number): Promise<PushEvent[]> {
  const rows = await sql<(Pick<PushEvent, 'id' | 'actor' | 'told'> & { at: Date })[]>`
    SELECT id, at, actor, told FROM event
    WHERE kind = 'wall' AND at > now() - interval '25 hours' AND told ? 'push' ORDER BY id DESC LIMIT ${MOST_IN_FORCE}`
  const pushes: PushEvent[] = []
  for (const { id, at, actor, told } of rows) {
    const event: PushEvent = { id, at: at.toISOString(), actor, kind: 'wall', told }
    if (!isPushFor(event, name, nowMs)) continue
    const { kind } = told.push.push
    if (kind === 'clear') break
    if (kind !== 'reload') pushes.unshift(event)
  }
  return pushes
}
