import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import { pastReachClause, reachClause } from '../access/scope.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'
import type { FeatureEvent } from './events.store.ts'

/** What someone may be told of an event, in the place of the whole one. */
export type SeenEvent<E> = E & {
  /** Whether the feature was in reach before the event, after it or both. */
  seen: 'before' | 'after' | 'both'
}
type About = Pick<FeatureEvent, 'kind' | 'layer' | 'featureId' | 'version' | 'batchId' | 'box'>

/**
 * The events that concern what someone reaches, in their order. An edit does if the row was in reach before or after it:
 * with neither version there is nothing to tell. One by which a row left the reach is told as its deletion, and the
 * box is that of the versions in reach. An import is told with the box of its rows in reach.
 */
export async function reachableEvents<E extends About>(
  sql: Sql,
  events: readonly E[],
  reach: Reach,
): Promise<SeenEvent<E>[]> {
  if (reach === 'everywhere') return events.map((event) => ({ ...event, seen: 'both' }))
  const told = new Map<E, SeenEvent<E>>()
  for (const layer of new Set(events.map((event) => event.layer))) {
    const ofLayer = events.filter((event) => event.layer === layer)
    const scope = { sql, layer, reach }
    await tellEdits(
      scope,
      ofLayer.filter(({ kind }) => kind === 'put' || kind === 'delete'),
      told,
    )
    await tellNotes(
      scope,
      ofLayer.filter(({ kind }) => kind === 'note'),
      told,
    )
    await tellImports(
      scope,
      ofLayer.filter(({ kind }) => kind === 'import'),
      told,
    )
  }
  return events.flatMap((event) => told.get(event) ?? [])
}

interface Scope {
  sql: Sql
  layer: LayerId
  reach: Reach
}
type Told<E> = Map<E, SeenEvent<E>>

const box = (shape: string) =>
  `CASE WHEN ${shape} IS NOT NULL THEN ARRAY[ST_XMin(${shape}), ST_YMin(${shape}), ST_XMax(${shape}), ST_YMax(${shape})] END`

/** The version that an event made is the row, or was kept when it was over; the one that it ended was kept. */
async function tellEdits<E extends About>({ sql, layer, reach }: Scope, events: E[], told: Told<E>) {
  const known = events.filter(({ featureId, version }) => featureId !== undefined && version !== undefined)
  if (known.length === 0) return
  const parameters: unknown[] = [
    known.map((event) => event.featureId),
    known.map((event) => event.version),
    known.map((event) => (event.kind === 'delete' ? 1 : 0)),
  ]
  const bind = (ids: number[] | string) => `$${parameters.push(ids)}`
  const kept = (version: string) =>
    `v.layer = '${layer}' AND v.feature_id = e.feature_id AND v.version = ${version} AND ${pastReachClause(layer, reach, bind)}`
  const rows = await sql.unsafe<{ place: number; before: Bbox | null; after: Bbox | null }[]>(
    `SELECT e.place, ${box('past.geom')} AS before, ${box('present.geom')} AS after
     FROM unnest($1::bigint[], $2::integer[], $3::integer[]) WITH ORDINALITY AS e (feature_id, version, deleted, place)
     LEFT JOIN LATERAL (
       SELECT v.geom FROM feature_version v WHERE ${kept('e.version - 1 + e.deleted')}
         AND v.ended = CASE e.deleted WHEN 1 THEN 'delete' ELSE 'update' END) past ON true
     LEFT JOIN LATERAL (
       SELECT t.geom::geometry FROM ${tableOf(layer)} t
       WHERE e.deleted = 0 AND t.id = e.feature_id AND t.version = e.version AND ${reachClause(layer, reach, bind)}
       UNION ALL
       SELECT v.geom FROM feature_version v WHERE e.deleted = 0 AND ${kept('e.version')}) present ON true
     WHERE past.geom IS NOT NULL OR present.geom IS NOT NULL`,
    parameters as never[],
    { prepare: true },
  )
  for (const { place, before, after } of rows) {
    const event = known[place - 1]!
    const { box: whole } = event
    if (before && after) told.set(event, { ...event, seen: 'both' })
    else if (after) told.set(event, { ...event, seen: 'after', box: whole && after })
    else if (event.kind === 'delete') told.set(event, { ...event, seen: 'before' })
    else
      told.set(event, { ...event, seen: 'before', kind: 'delete', version: event.version! - 1, box: before! })
  }
}

/** A note is told to whoever reaches its feature, or did when that was deleted. */
async function tellNotes<E extends About>({ sql, layer, reach }: Scope, events: E[], told: Told<E>) {
  const known = events.filter(({ featureId }) => featureId !== undefined)
  if (known.length === 0) return
  const parameters: unknown[] = [known.map((event) => event.featureId)]
  const bind = (ids: number[] | string) => `$${parameters.push(ids)}`
  const rows = await sql.unsafe<{ place: number }[]>(
    `SELECT e.place FROM unnest($1::bigint[]) WITH ORDINALITY AS e (feature_id, place)
     WHERE coalesce(
       (SELECT coalesce(${reachClause(layer, reach, bind)}, false) FROM ${tableOf(layer)} t WHERE t.id = e.feature_id),
       (SELECT ${pastReachClause(layer, reach, bind)} FROM feature_version v
        WHERE v.layer = '${layer}' AND v.feature_id = e.feature_id ORDER BY v.version DESC LIMIT 1))`,
    parameters as never[],
    { prepare: true },
  )
  for (const { place } of rows) told.set(known[place - 1]!, { ...known[place - 1]!, seen: 'both' })
}

async function tellImports<E extends About>({ sql, layer, reach }: Scope, events: E[], told: Told<E>) {
  const batches = events.flatMap(({ batchId }) => batchId ?? [])
  if (batches.length === 0) return
  const parameters: (string | number[])[] = [batches]
  const rows = await sql.unsafe<{ batch: number; box: Bbox }[]>(
    `SELECT t.batch_id AS batch, ARRAY[min(ST_XMin(t.geom)), min(ST_YMin(t.geom)), max(ST_XMax(t.geom)), max(ST_YMax(t.geom))] AS box
     FROM ${tableOf(layer)} t WHERE t.batch_id = ANY($1::bigint[])
       AND ${reachClause(layer, reach, (ids) => `$${parameters.push(ids)}`)} GROUP BY t.batch_id`,
    parameters,
    { prepare: true },
  )
  for (const { batch, box: reached } of rows)
    for (const event of events)
      if (event.batchId === batch) told.set(event, { ...event, seen: 'both', box: reached })
}
