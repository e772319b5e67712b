import { type Reach, reachKey } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import type { FeatureEvent, OutboxEvent } from './events.store.ts'
import { type PatrolEvent, reachablePatrolEvents, readReached } from './patrol-events.store.ts'
import { reachableEvents } from './reachable-events.store.ts'
import { type RegisterEvent, reachableRegisterEvents } from './register-events.store.ts'
import type { WallEvent } from './wall-events.store.ts'

/** What of a run of events may be told to whom. */
export type SelectEvents = (events: readonly OutboxEvent[], reach: Reach) => Promise<readonly OutboxEvent[]>

/** A run of events is handed to every reader: those who reach the same are answered by one question. */
export function createSelectEvents(sql: Sql): SelectEvents {
  const asked = new WeakMap<readonly OutboxEvent[], Map<string, Promise<readonly OutboxEvent[]>>>()
  return (events, reach) => {
    let byReach = asked.get(events)
    if (!byReach) {
      byReach = new Map()
      asked.set(events, byReach)
    }
    const key = reachKey(reach)
    let answer = byReach.get(key)
    if (!answer) {
      answer = selectEvents(sql, events, reach)
      byReach.set(key, answer)
    }
    return answer
  }
}

async function selectEvents(
  sql: Sql,
  events: readonly OutboxEvent[],
  reach: Reach,
): Promise<readonly OutboxEvent[]> {
  const ofPatrols = await reachablePatrolEvents(
    sql,
    events.filter((event): event is PatrolEvent => event.kind === 'plan' || event.kind === 'walk'),
    reach,
  )
  const ofWalls = await reachableWallEvents(
    sql,
    events.filter((event): event is WallEvent => event.kind === 'alarm' || event.kind === 'wall'),
    reach,
  )
  const ofFeatures = await reachableEvents(
    sql,
    events.filter((event): event is FeatureEvent => !('told' in event)),
    reach,
  )
  const ofRegisters = await reachableRegisterEvents(
    sql,
    events.filter((event): event is RegisterEvent => event.kind === 'campaign'),
    reach,
  )
  return [...ofPatrols, ...ofWalls, ...ofRegisters, ...ofFeatures].sort((a, b) => a.id - b.id)
}

/** Alarms about what is in reach; what is sent to walls goes by their names. */
async function reachableWallEvents(
  sql: Sql,
  events: readonly WallEvent[],
  reach: Reach,
): Promise<readonly WallEvent[]> {
  if (reach === 'everywhere' || events.length === 0) return events
  const cells = events.flatMap((event) => (event.kind === 'alarm' ? event.told.areas.flat() : []))
  const isReached = await readReached(sql, cells, reach)
  return events.filter((event) => event.kind === 'wall' || isReached(event.told.areas.at(-1)))
}
