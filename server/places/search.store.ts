import { LAYERS } from '../../geodata/layers.ts'
import type { SearchResult } from '../../geodata/search/search.schema.ts'
import { searchNeedle } from '../../geodata/search/search-text.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { likePattern } from '../features/feature.filter.ts'
import { cellKeys } from '../features/feature.sql.ts'
import { anchorOf, columnOf, tableOf } from '../features/layer.columns.ts'
import type { Sql } from '../platform/database.ts'

/** Layers in the order in which equally good matches are shown. */
const ORDER: LayerId[] = [
  'communities',
  'grids',
  'micro-grids',
  'zones',
  'landcover',
  'facilities',
  'checkpoints',
  'buildings',
  'roads',
  'hazards',
]

/**
 * Features whose names, codes, addresses, pinyin or initials contain the query; those that begin with it first. A road
 * of many segments is one result.
 */
export async function searchFeatures(
  sql: Sql,
  query: string,
  limit: number,
  reach: Reach,
): Promise<SearchResult[]> {
  const parameters: (string | number | number[])[] = [likePattern(query), searchNeedle(query), limit]
  const bind = (ids: number[] | string) => `$${parameters.push(ids)}`
  const parts = LAYER_IDS.map((layer) => `(${statement(layer, reachClause(layer, reach, bind))})`)
  const rows = await sql.unsafe<(SearchResult & { place: number; rank: number })[]>(
    `SELECT * FROM (${parts.join('\nUNION ALL\n')}) found ORDER BY rank, place, length(coalesce(name, '')), name, id LIMIT $3`,
    parameters,
    { prepare: true },
  )
  return rows.map(({ place: _, rank: __, ...result }) => result)
}

function statement(layer: LayerId, reached: string): string {
  const properties = LAYERS[layer].input.shape
  const name = 'title' in properties ? 't.title' : 't.name'
  const code = 'code' in properties ? 't.code' : 'NULL::text'
  const kindProperty = LAYERS[layer].kindProperty
  const kind = kindProperty ? `t.${columnOf(kindProperty)}` : 'NULL::text'
  const anchor =
    LAYERS[layer].geometry === 'LineString' ? 'ST_LineInterpolatePoint(t.geom, 0.5)' : `t.${anchorOf(layer)}`
  const keys = cellKeys(layer)
  const cells = ['micro_grid', 'grid', 'community']
    .filter((cell) => keys.includes(`${cell}_id`))
    .map((cell) => `(SELECT c.name FROM ${cell} c WHERE c.id = t.${cell}_id)`)
  const subtitleParts = [...('address' in properties ? ['t.address'] : []), ...cells]
  const subtitle = subtitleParts.length
    ? `nullif(concat_ws(' · ', ${subtitleParts.join(', ')}), '')`
    : 'NULL::text'
  const shownName = layer === 'buildings' ? `coalesce(${name}, t.address)` : name
  const matches = `(t.search_text LIKE $1${layer === 'buildings' ? ' OR t.code LIKE $1' : ''})`
  return `SELECT ${layer === 'roads' ? 'DISTINCT ON (t.name)' : ''} '${layer}' AS layer, t.id, ${code} AS code, ${shownName} AS name,
      ${kind} AS kind, ${subtitle} AS subtitle,
      ARRAY[ST_X(${anchor}), ST_Y(${anchor})] AS center,
      ARRAY[ST_XMin(t.geom), ST_YMin(t.geom), ST_XMax(t.geom), ST_YMax(t.geom)] AS bbox,
      ${ORDER.indexOf(layer)} AS place,
      CASE WHEN position(chr(10) || $2 || chr(10) in chr(10) || t.search_text || chr(10)) > 0 THEN 0
        WHEN position(chr(10) || $2 in chr(10) || t.search_text) > 0 THEN 1 ELSE 2 END AS rank
    FROM ${tableOf(layer)} t WHERE ${matches} AND ${reached}
    ORDER BY ${layer === 'roads' ? 't.name' : 'rank, t.id'} LIMIT $3`
}
