import { LAYERS } from '../../geodata/layers.ts'
import { searchNeedle } from '../../geodata/search/search-text.ts'
import { CODE_LENGTH, isCodedLayer, layerOfCode } from '../../geodata/shared/codes.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { cellKeys } from './feature.sql.ts'
import { columnOf, tableOf } from './layer.columns.ts'

/** What lists and exports can be narrowed by. All that are given must hold. */
export interface FeatureFilter {
  /** Code of a community, grid or micro-grid: what lies in it. */
  parent?: string | undefined
  /** Values of the layer's kind property. */
  kind?: string[] | undefined
  /** Values of the layer's state property. */
  state?: string[] | undefined
  severity?: string[] | undefined
  /** Degrees; west > east crosses the antimeridian. */
  bbox?: Bbox | undefined
  /** Looked for in names, codes, addresses, pinyin and initials. */
  q?: string | undefined
  /** Only what lies outside every community. */
  unassigned?: boolean | undefined
}

export interface Where {
  /** SQL over the alias `t`, to follow WHERE. */
  text: string
  parameters: (string | number | string[])[]
}

/** The filter as SQL. Throws invalid-parameter when the layer has nothing that the filter could look at. */
export function featureWhere(layer: LayerId, filter: FeatureFilter): Where {
  const parameters: Where['parameters'] = []
  const bind = (value: string | number | string[]) => `$${parameters.push(value)}`
  const clauses: string[] = []
  const definition = LAYERS[layer]
  const oneOf = (property: string | undefined, values: string[] | undefined, name: string) => {
    if (values === undefined) return
    if (!property) throw new Problem('invalid-parameter', `The layer ${layer} has no ${name} to filter by.`)
    clauses.push(`t.${columnOf(property)} = ANY(${bind(values)}::text[])`)
  }
  if (filter.parent !== undefined) clauses.push(inCell(layer, filter.parent, bind))
  oneOf(definition.kindProperty, filter.kind, 'kind')
  oneOf(definition.stateProperty, filter.state, 'state')
  oneOf('severity' in definition.input.shape ? 'severity' : undefined, filter.severity, 'severity')
  if (filter.bbox) clauses.push(intersectsBox(filter.bbox, bind))
  if (filter.q !== undefined) clauses.push(matchesText(layer, filter.q, bind))
  if (filter.unassigned) {
    if (!cellKeys(layer).includes('community_id'))
      throw new Problem('invalid-parameter', `Features of ${layer} are not assigned to communities.`)
    clauses.push('t.community_id IS NULL')
  }
  return { text: clauses.length ? clauses.join(' AND ') : 'true', parameters }
}

type Bind = (value: string | number | string[]) => string

function inCell(layer: LayerId, code: string, bind: Bind): string {
  const cell = layerOfCode(code)
  if (!cell || cell === 'buildings')
    throw new Problem(
      'invalid-parameter',
      `parent=${code.slice(0, 40)} is not the code of a cell: a community has 12 digits, a grid 15, a micro-grid 17.`,
    )
  if (isCodedLayer(layer) && CODE_LENGTH[layer] < CODE_LENGTH[cell])
    throw new Problem(
      'invalid-parameter',
      `parent=${code} is one of the ${cell}, which hold no ${layer}. Name a larger cell.`,
    )
  const table = tableOf(cell)
  const key = `${table}_id`
  if (cellKeys(layer).includes(key)) return `t.${key} = (SELECT id FROM ${table} WHERE code = ${bind(code)})`
  if (layer === cell) return `t.code = ${bind(code)}`
  // Layers without cells of their own (zones, land cover, roads) are in a cell when they meet it.
  return `EXISTS (SELECT FROM ${table} cell WHERE cell.code = ${bind(code)} AND ST_Intersects(cell.geom, t.geom))`
}

function intersectsBox([west, south, east, north]: Bbox, bind: Bind): string {
  const box = (w: number, e: number) =>
    `t.geom && ST_MakeEnvelope(${bind(w)}::float8, ${bind(south)}::float8, ${bind(e)}::float8, ${bind(north)}::float8, 4326)`
  return west <= east ? box(west, east) : `(${box(west, 180)} OR ${box(-180, east)})`
}

function matchesText(layer: LayerId, query: string, bind: Bind): string {
  const pattern = bind(likePattern(query))
  const inCode = layer === 'buildings' ? ` OR t.code LIKE ${pattern}` : ''
  return `(t.search_text LIKE ${pattern}${inCode})`
}

/** Anything that contains the query, whose own % and _ stand for themselves. */
export const likePattern = (query: string): string => `%${searchNeedle(query).replaceAll(/[\\%_]/g, '\\$&')}%`
