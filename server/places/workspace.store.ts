import type { LayerCounts, ViewCounts, Workspace } from '../../geodata/places/workspace.schema.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import { type FeatureFilter, featureWhere, fitsLayer, type Where } from '../features/feature.filter.ts'
import { tableOf } from '../features/layer.columns.ts'
import { OF_FEATURES, TOLD } from '../live/events.store.ts'
import type { Sql } from '../platform/database.ts'

/**
 * Features of each layer, all or those that a filter leaves. A layer that cannot be asked what the filter asks (see
 * fitsLayer) has no count. Throws invalid-parameter for a parent or period that no layer understands.
 */
export async function countFeatures(sql: Sql, filter: FeatureFilter, reach: Reach): Promise<ViewCounts> {
  const parameters: Where['parameters'] = []
  const where = (layer: LayerId) => {
    const { text, parameters: more } = featureWhere(layer, filter, reach, parameters.length + 1)
    parameters.push(...more)
    return `FROM ${tableOf(layer)} t WHERE ${text}`
  }
  const parts = LAYER_IDS.filter((layer) => fitsLayer(layer, filter)).map(
    (layer) => `(SELECT count(*) ${where(layer)}) AS "${layer}"`,
  )
  const [row] = await sql.unsafe<Record<string, number>[]>(
    `SELECT ${parts.join(', ')}, (SELECT count(*) ${where('hazards')} AND t.state NOT IN ('closed', 'rejected')) AS open`,
    parameters,
    { prepare: true },
  )
  const { open, ...counts } = row!
  return { counts: counts as LayerCounts, hazardsOpen: open! }
}

/** What the database says of the workspace; the rest is the server's to say. */
type WorkspaceData = Pick<
  Workspace,
  'demo' | 'empty' | 'bbox' | 'counts' | 'attributions' | 'dataTime' | 'eventId'
>

/** What is there, where, whose it is and how fresh. */
export async function readWorkspace(sql: Sql, reach: Reach): Promise<WorkspaceData> {
  // Read first: what changes while the rest is read comes again as an event after this one.
  const [state] = await sql<[{ demo: boolean; eventId: number; dataTime: Date | null }]>`
    SELECT EXISTS (SELECT FROM import_batch WHERE kind = 'demo') AS demo,
      (SELECT coalesce(max(id), 0) FROM event WHERE ${sql.unsafe(TOLD)}) AS "eventId",
      (SELECT at FROM event WHERE ${sql.unsafe(OF_FEATURES)} ORDER BY id DESC LIMIT 1) AS "dataTime"`
  const { counts } = await countFeatures(sql, {}, reach)
  // A river or a trunk road reaches far beyond the place, and a zone beyond an area; they frame it only where there is
  // nothing else.
  const wide: LayerId[] = reach === 'everywhere' ? ['landcover', 'roads'] : ['landcover', 'roads', 'zones']
  const box =
    (await readExtent(
      sql,
      LAYER_IDS.filter((layer) => !wide.includes(layer)),
      reach,
    )) ?? (await readExtent(sql, wide, reach))
  const attributions = await sql<Workspace['attributions']>`
    SELECT attribution, min(licence) AS licence FROM import_batch WHERE attribution IS NOT NULL
    GROUP BY attribution ORDER BY min(id)`
  return {
    demo: state.demo,
    empty: Object.values(counts).every((count) => count === 0),
    bbox: box,
    counts,
    attributions: [...attributions],
    dataTime:
      (reach === 'everywhere' ? state.dataTime : await newestChange(sql, reach))?.toISOString() ?? null,
    eventId: state.eventId,
  }
}

/** When a row in reach changed last; what was deleted is not among them. */
async function newestChange(sql: Sql, reach: Reach): Promise<Date | null> {
  const parameters: Where['parameters'] = []
  const newest = LAYER_IDS.map((layer) => {
    const where = featureWhere(layer, {}, reach, parameters.length + 1)
    parameters.push(...where.parameters)
    return `(SELECT max(t.updated_at) FROM ${tableOf(layer)} t WHERE ${where.text})`
  })
  const [row] = await sql.unsafe<[{ newest: Date | null }]>(
    `SELECT greatest(${newest.join(', ')}) AS newest`,
    parameters,
  )
  return row.newest
}

async function readExtent(sql: Sql, layers: readonly LayerId[], reach: Reach): Promise<Bbox | null> {
  const parameters: Where['parameters'] = []
  const extents = layers.map((layer) => {
    const where = featureWhere(layer, {}, reach, parameters.length + 1)
    parameters.push(...where.parameters)
    return `SELECT ST_Extent(t.geom) AS box FROM ${tableOf(layer)} t WHERE ${where.text}`
  })
  const [extent] = await sql.unsafe<{ bbox: Bbox | null }[]>(
    `SELECT CASE WHEN count(box) > 0 THEN
       ARRAY[min(ST_XMin(box)), min(ST_YMin(box)), max(ST_XMax(box)), max(ST_YMax(box))] END AS bbox
     FROM (${extents.join(' UNION ALL ')}) extents`,
    parameters,
  )
  return extent!.bbox
}
