import { DEMO_ID } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import { type FeatureFilter, featureWhere } from '../features/feature.filter.ts'
import { propertiesJson } from '../features/feature.sql.ts'
import { tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'
import { runCancellable } from '../platform/run-cancellable.store.ts'

const PAGE_ROWS = 1000
/** A page ends early where its shapes get heavy: the text of a page stays around a few megabytes. */
const PAGE_POSITIONS = 50_000

interface Page {
  text: string
  last: number
  count: number
}

/**
 * A layer's features as GeoJSON text, page by page in id order: each page is a comma-separated list of Features made by
 * the database. Keyset paging: memory stays flat and no row comes twice, however long the reader takes. Geometry is
 * as stored (EPSG:4326, longitude first, at most 7 decimals) with outer rings counter-clockwise; the properties include
 * the row's version, by which an import sees whether the row moved on meanwhile. Aborting cancels the
 * page that is being made.
 */
export async function* exportPages(
  sql: Sql,
  layer: LayerId,
  filter: FeatureFilter,
  reach: Reach,
  signal?: AbortSignal,
): AsyncGenerator<Page> {
  const where = featureWhere(layer, filter, reach)
  const count = where.parameters.length
  const statement = `
    SELECT string_agg('{"type":"Feature","id":' || t.id || ',"geometry":' ||
        ST_AsGeoJSON(${layerShape(layer)}, 7) || ',"properties":' ||
        (${propertiesJson(layer, 't')} || jsonb_build_object('version', t.version))::text || '}',
        E',\\n' ORDER BY t.id) AS text,
      max(t.id) AS last, count(*) AS count
    FROM (
      SELECT t.*, sum(ST_NPoints(t.geom)) OVER (ORDER BY t.id) - ST_NPoints(t.geom) AS positions_before
      FROM (SELECT t.* FROM ${tableOf(layer)} t WHERE ${where.text} AND t.id > $${count + 1}
        ORDER BY t.id LIMIT ${PAGE_ROWS}) t
    ) t WHERE positions_before < ${PAGE_POSITIONS}`
  let after = 0
  for (;;) {
    const [page] = await runCancellable<Page>(sql, statement, [...where.parameters, after], signal)
    if (!page?.count) return
    yield page
    after = page.last
  }
}

/** Rows edited by hand in the database may turn the other way. */
const layerShape = (layer: LayerId): string =>
  ['roads', 'facilities', 'checkpoints', 'hazards'].includes(layer) ? 't.geom' : 'ST_ForcePolygonCCW(t.geom)'

export interface ExportRights {
  attribution: string | null
  licence: string | null
  /** Whether all of the features that go out are invented. Where some are, their source ids say so. */
  demo: boolean
}

/** What the sources of a layer's features ask to be told with them. */
export async function exportRights(
  sql: Sql,
  layer: LayerId,
  filter: FeatureFilter,
  reach: Reach,
): Promise<ExportRights> {
  const { text, parameters } = featureWhere(layer, filter, reach)
  const [invented] = await sql.unsafe<[{ demo: boolean }]>(
    `SELECT coalesce(bool_and(starts_with(t.source_id, '${DEMO_ID}')), false) AS demo FROM ${tableOf(layer)} t WHERE ${text}`,
    parameters,
  )
  const [row] = await sql<[Omit<ExportRights, 'demo'>]>`
    SELECT string_agg(DISTINCT attribution, '; ') AS attribution, string_agg(DISTINCT licence, '; ') AS licence
    FROM import_batch batch WHERE EXISTS (SELECT FROM ${sql(tableOf(layer))} WHERE batch_id = batch.id)`
  return { ...row, ...invented }
}
