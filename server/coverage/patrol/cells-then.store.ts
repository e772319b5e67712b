import type { AskedCell, PatrolQuestion } from '../../../geodata/coverage/patrol/patrol-question.ts'
import type { Span } from '../../../geodata/coverage/visit-metrics.ts'
import { CELL_LAYERS, type CellLayer } from '../../../geodata/shared/codes.ts'
import type { Ring } from '../../../geodata/shared/geojson.ts'
import { type Reach, reaches } from '../../access/reach.ts'
import type { Sql } from '../../platform/database.ts'
import { instant } from '../../walks/run.store.ts'

interface CellKeys {
  layer: CellLayer
  id: number
  communityId: number | null
  gridId: number | null
}

export interface CellsThen {
  levels: PatrolQuestion['levels']
  /** Milliseconds. */
  at: number
  /** How many of them had another shape, or were others, earlier in the period. */
  changed: number
}

/**
 * The cells in reach that were in force at the end of a period, outer ones first. Of a time of which no cell is known, those
 * of now.
 */
export async function readCellsThen(sql: Sql, { from, to }: Span, reach: Reach): Promise<CellsThen> {
  const then = await readAsOf(sql, to, reach)
  const known = then.some(({ cells }) => cells.length > 0)
  if (!known) {
    const now = Date.now()
    return { levels: await readAsOf(sql, now, reach), at: now, changed: 0 }
  }
  const versions = await sql<CellKeys[]>`
    SELECT DISTINCT v.layer, v.feature_id AS id, (v."row"->>'community_id')::bigint AS "communityId",
      (v."row"->>'grid_id')::bigint AS "gridId"
    FROM feature_version v LEFT JOIN cells_as_of(${instant(to)}::text::timestamptz) c ON c.layer = v.layer AND c.id = v.feature_id
    WHERE v.layer IN ('communities', 'grids', 'micro-grids') AND v.valid_to > ${instant(from)}::text::timestamptz
      AND v.valid_to <= ${instant(to)}::text::timestamptz AND (c.geom IS NULL OR NOT ST_Equals(c.geom, v.geom))`
  return { levels: then, at: to, changed: versions.filter((cell) => isReached(reach, cell)).length }
}

async function readAsOf(sql: Sql, at: number, reach: Reach): Promise<PatrolQuestion['levels']> {
  const rows = await sql<(CellKeys & { code: string; name: string; coordinates: Ring[][] })[]>`
    SELECT c.layer, c.id, c.code, c.name, c.community_id AS "communityId", c.grid_id AS "gridId",
      ST_AsGeoJSON(c.geom, 7)::jsonb->'coordinates' AS coordinates
    FROM cells_as_of(${instant(at)}::text::timestamptz) c ORDER BY c.code, c.id`
  const reached = rows.filter((cell) => isReached(reach, cell))
  return CELL_LAYERS.map((layer) => ({
    layer,
    cells: reached
      .filter((cell) => cell.layer === layer)
      .map(({ id, code, name, coordinates }): AskedCell => ({ id, code, name, shape: coordinates })),
  }))
}

const isReached = (reach: Reach, { layer, id, communityId, gridId }: CellKeys): boolean =>
  reaches(
    reach,
    layer === 'communities'
      ? [id, null, null]
      : layer === 'grids'
        ? [communityId, id, null]
        : [communityId, gridId, id],
  )
