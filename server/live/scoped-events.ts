import { type Reach, reachKey } from '../access/reach.ts'
import type { Sql } from '../platform/database.ts'
import type { FeatureEvent, OutboxEvent } from './events.store.ts'
import { type PatrolEvent, reachablePatrolEvents } from './patrol-events.store.ts'
import { reachableEvents } from './reachable-events.store.ts'

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
    events.filter((event): event is PatrolEvent => 'told' in event),
    reach,
  )
  const ofFeatures = await reachableEvents(
    sql,
    events.filter((event): event is FeatureEvent => !('told' in event)),
    reach,
  )
  return [...ofPatrols, ...ofFeatures].sort((a, b) => a.id - b.id)
}
