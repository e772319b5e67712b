import type { Bbox } from '../../geodata/shared/geojson.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'

export type Counts = Record<LayerId, number>

/** Features of each layer, in the whole database or in a box (degrees; not across the antimeridian). */
export async function countFeatures(sql: Sql, box?: Bbox): Promise<{ counts: Counts; hazardsOpen: number }> {
  const inBox = box
    ? 'WHERE geom && ST_MakeEnvelope($1::float8, $2::float8, $3::float8, $4::float8, 4326)'
    : 'WHERE true'
  const parts = LAYER_IDS.map((layer) => `(SELECT count(*) FROM ${tableOf(layer)} ${inBox}) AS "${layer}"`)
  const [row] = await sql.unsafe<Record<string, number>[]>(
    `SELECT ${parts.join(', ')}, (SELECT count(*) FROM hazard ${inBox} AND state NOT IN ('closed', 'rejected')) AS open`,
    box ?? [],
    { prepare: true },
  )
  const { open, ...counts } = row!
  return { counts: counts as Counts, hazardsOpen: open! }
}

export interface Workspace {
  demo: boolean
  empty: boolean
  bbox: Bbox | null
  counts: Counts
  attributions: { attribution: string; licence: string | null }[]
  dataTime: string | null
  eventId: number
}

/** What a page needs before it can draw: what is there, where, whose it is and how fresh. */
export async function readWorkspace(sql: Sql): Promise<Workspace> {
  // Read first: what changes while the rest is read comes again as an event after this one.
  const [state] = await sql<[{ demo: boolean; eventId: number; dataTime: Date | null }]>`
    SELECT EXISTS (SELECT FROM import_batch WHERE kind = 'demo') AS demo,
      (SELECT coalesce(max(id), 0) FROM event) AS "eventId", (SELECT at FROM event ORDER BY id DESC LIMIT 1) AS "dataTime"`
  const { counts } = await countFeatures(sql)
  // A river or a trunk road reaches far beyond the place; they frame it only where there is nothing else.
  const box =
    (await readExtent(
      sql,
      LAYER_IDS.filter((layer) => layer !== 'landcover' && layer !== 'roads'),
    )) ?? (await readExtent(sql, ['landcover', 'roads']))
  const attributions = await sql<Workspace['attributions']>`
    SELECT attribution, min(licence) AS licence FROM import_batch WHERE attribution IS NOT NULL
    GROUP BY attribution ORDER BY min(id)`
  return {
    demo: state.demo,
    empty: Object.values(counts).every((count) => count === 0),
    bbox: box,
    counts,
    attributions: [...attributions],
    dataTime: state.dataTime?.toISOString() ?? null,
    eventId: state.eventId,
  }
}

async function readExtent(sql: Sql, layers: readonly LayerId[]): Promise<Bbox | null> {
  const extents = layers.map((layer) => `SELECT ST_Extent(geom) AS box FROM ${tableOf(layer)}`)
  const [extent] = await sql.unsafe<{ bbox: Bbox | null }[]>(
    `SELECT CASE WHEN count(box) > 0 THEN
       ARRAY[min(ST_XMin(box)), min(ST_YMin(box)), max(ST_XMax(box)), max(ST_YMax(box))] END AS bbox
     FROM (${extents.join(' UNION ALL ')}) extents`,
  )
  return extent!.bbox
}
