import type { Actor } from '../access/actor.ts'
import type { Reach } from '../access/reach.ts'
import { reachedIds } from '../access/reaches-feature.store.ts'
import { type AuditEntry, recordAudit } from '../audit/record-audit.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { inEventOrder } from './event-lock.store.ts'

/** What lies beside the map and is asked for anew by this name. */
export type Register =
  | 'campaigns'
  | 'premises'
  | 'fire-watch'
  | 'smoke-alarms'
  | 'checklists'
  | 'safety-norms'

export interface RegisterTold {
  register: Register
  /** Which campaign; left out: all of them. */
  campaignId?: number
  /** Told to those who reach one of these. Left out: to everybody, for it says of no place that something is there. */
  of?: { layer: 'buildings' | 'facilities'; feature: number }[]
}

export interface RegisterEvent {
  id: number
  at: string
  actor: string
  kind: 'campaign'
  told: RegisterTold
  version?: undefined
  layer?: undefined
  box?: undefined
}

/** Writes an event in the transaction of what it tells of, for the audit trail too. Call it last (see inEventOrder). */
export async function recordRegisterEvent(
  tx: TransactionSql,
  actor: Actor,
  told: RegisterTold,
  entry: Pick<AuditEntry, 'before' | 'after' | 'detail'>,
): Promise<void> {
  await inEventOrder(tx, () => recordAudit(tx, actor, { kind: 'campaign', ...entry, told }))
}

/** The events of places in reach, and those that are of no place. */
export async function reachableRegisterEvents(
  sql: Sql,
  events: readonly RegisterEvent[],
  reach: Reach,
): Promise<readonly RegisterEvent[]> {
  if (reach === 'everywhere' || events.length === 0) return events
  const reached = new Map<string, Set<number>>()
  for (const layer of ['buildings', 'facilities'] as const) {
    const ids = events.flatMap(({ told }) =>
      (told.of ?? []).flatMap((place) => (place.layer === layer ? place.feature : [])),
    )
    reached.set(layer, await reachedIds(sql, layer, ids, reach))
  }
  return events.filter(
    ({ told: { of } }) => of?.some(({ layer, feature }) => reached.get(layer)?.has(feature)) ?? true,
  )
}
