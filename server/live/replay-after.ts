import type { Sql } from '../platform/database.ts'
import { eventsAfter, type OutboxEvent } from './events.store.ts'

const asked = new WeakMap<Sql, Map<string, Promise<OutboxEvent[]>>>()

/**
 * Events after an id, as eventsAfter gives them. After a restart every reader comes back at once, most of them with the
 * same last id: those who ask while the answer is under way share it.
 */
export function replayAfter(sql: Sql, id: number, limit: number): Promise<readonly OutboxEvent[]> {
  let answers = asked.get(sql)
  if (!answers) {
    answers = new Map()
    asked.set(sql, answers)
  }
  const ofDatabase = answers
  const key = `${id} ${limit}`
  let answer = ofDatabase.get(key)
  if (!answer) {
    answer = eventsAfter(sql, id, limit).finally(() => ofDatabase.delete(key))
    ofDatabase.set(key, answer)
  }
  return answer
}
