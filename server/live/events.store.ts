import type { FeatureKind } from '../../geodata/access/audit.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Actor } from '../access/actor.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { inEventOrder } from './event-lock.store.ts'
import type { PatrolEvent, Told } from './patrol-events.store.ts'
import type { RegisterEvent } from './register-events.store.ts'
import type { WallEvent } from './wall-events.store.ts'

/**
 * The events that are of features, as SQL over the table `event`; others are for the audit trail alone, and their ids do
 * not follow commit order. As the index event_of_features has it.
 */
export const OF_FEATURES = `kind IN ('put', 'delete', 'import', 'note')`

/** Those that live readers are told: of features, plans and walks, walls, registers. As the index event_told has it. */
export const TOLD = `(${OF_FEATURES} OR told IS NOT NULL)`

export interface NewEvent {
  /** `note`: a note or photo of the feature changed, the feature itself did not; it has no box and no version. */
  kind: FeatureKind
  layer: LayerId
  featureId?: number | undefined
  version?: number | undefined
  batchId?: number | undefined
  /** Old box joined with the new one, degrees. Undefined: nothing on the map changed. */
  box?: Bbox | undefined
  before?: unknown
  after?: unknown
  /** For the audit trail: what is neither before nor after. */
  detail?: object
}

export interface FeatureEvent extends NewEvent {
  id: number
  at: string
  actor: string
}
export type OutboxEvent = FeatureEvent | PatrolEvent | WallEvent | RegisterEvent

/**
 * Writes events in the transaction of the change itself. Call it last in the transaction (see inEventOrder).
 */
export async function recordEvents(tx: TransactionSql, actor: Actor, events: NewEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map((event) => ({
    kind: event.kind,
    layer: event.layer,
    feature_id: event.featureId ?? null,
    version: event.version ?? null,
    batch_id: event.batchId ?? null,
    west: event.box?.[0] ?? null,
    south: event.box?.[1] ?? null,
    east: event.box?.[2] ?? null,
    north: event.box?.[3] ?? null,
    before: event.before ?? null,
    after: event.after ?? null,
    detail: event.detail ?? null,
  }))
  await inEventOrder(
    tx,
    () => tx`
    INSERT INTO event (kind, layer, feature_id, version, batch_id, actor, person_id, origin_address, request_id,
      west, south, east, north, before, after, detail)
    SELECT kind, layer, feature_id, version, batch_id, ${actor.name}, ${actor.personId ?? null}::bigint,
      ${actor.from ?? null}::text, ${actor.requestId ?? null}::text, west, south, east, north, before, after, detail
    FROM jsonb_to_recordset(${tx.json(rows as never)}) AS row (kind text, layer text, feature_id bigint, version integer,
      batch_id bigint, west float8, south float8, east float8, north float8, before jsonb, after jsonb, detail jsonb)`,
  )
}

/** Of those that are told; 0 when there are none. */
export async function lastEventId(sql: Sql): Promise<number> {
  const [row] = await sql<{ last: number }[]>`
    SELECT coalesce(max(id), 0)::bigint AS last FROM event WHERE ${sql.unsafe(TOLD)}`
  return row!.last
}

/** Events that are told after an id, oldest first, at most `limit`. */
export async function eventsAfter(sql: Sql, id: number, limit = 1000): Promise<OutboxEvent[]> {
  const rows = await sql<ToldRow[]>`
    SELECT ${sql.unsafe(EVENT_COLUMNS)}, told
    FROM event WHERE id > ${id} AND ${sql.unsafe(TOLD)} ORDER BY id LIMIT ${limit}`
  return rows.map((row) => {
    if (row.kind === 'alarm' || row.kind === 'wall') return wallEvent(row)
    if (row.kind === 'campaign') return { ...commonOf(row), kind: row.kind, told: row.told }
    return row.told ? patrolEvent(row, row.told) : outboxEvent(row)
  })
}

/** What `outboxEvent` reads, as SQL over the table `event`. */
export const EVENT_COLUMNS =
  'id, at, kind, layer, feature_id, version, batch_id, actor, west, south, east, north'

export interface EventRow {
  id: number
  at: Date
  kind: FeatureKind
  layer: LayerId
  feature_id: number | null
  version: number | null
  batch_id: number | null
  actor: string
  /** The box, degrees: all four are null when nothing on the map changed. */
  west: number | null
  south: number | null
  east: number | null
  north: number | null
}

/** `kind` says which of the tables' two ways of telling it is. */
type ToldRow =
  | (EventRow & { told: Told | null })
  | (Omit<EventRow, 'kind'> & Pick<RegisterEvent, 'kind' | 'told'>)
  | (Omit<EventRow, 'kind'> & Pick<Extract<WallEvent, { kind: 'alarm' }>, 'kind' | 'told'>)
  | (Omit<EventRow, 'kind'> & Pick<Extract<WallEvent, { kind: 'wall' }>, 'kind' | 'told'>)

const commonOf = ({ id, at, actor }: Pick<EventRow, 'id' | 'at' | 'actor'>) => ({
  id,
  at: at.toISOString(),
  actor,
})

function wallEvent(row: Extract<ToldRow, { kind: 'alarm' | 'wall' }>): WallEvent {
  const common = commonOf(row)
  return row.kind === 'alarm'
    ? { ...common, kind: row.kind, told: row.told }
    : { ...common, kind: row.kind, told: row.told }
}

const patrolEvent = ({ id, at, actor, version }: EventRow, told: Told): PatrolEvent => ({
  id,
  at: at.toISOString(),
  actor,
  kind: told.runId === undefined ? 'plan' : 'walk',
  version: version ?? undefined,
  told,
})

export function outboxEvent(row: EventRow): FeatureEvent {
  const { west, south, east, north } = row
  const hasBox = west !== null && south !== null && east !== null && north !== null
  return {
    id: row.id,
    at: row.at.toISOString(),
    kind: row.kind,
    layer: row.layer,
    featureId: row.feature_id ?? undefined,
    version: row.version ?? undefined,
    batchId: row.batch_id ?? undefined,
    actor: row.actor,
    box: hasBox ? [west, south, east, north] : undefined,
  }
}
