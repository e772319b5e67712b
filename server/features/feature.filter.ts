import { LAYERS } from '../../geodata/layers.ts'
import type { ChoiceName } from '../../geodata/lists/choices.ts'
import { searchNeedle } from '../../geodata/search/search-text.ts'
import { CODE_LENGTH, isCodedLayer, layerOfCode } from '../../geodata/shared/codes.ts'
import type { Bbox, LngLat } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { writeArea } from '../../geodata/shared/read-area.ts'
import type { Reach } from '../access/reach.ts'
import { reachClause } from '../access/scope.sql.ts'
import { cellKeys } from './feature.sql.ts'
import { columnOf, tableOf } from './layer.columns.ts'

/** What lists, id lists, facets, counts, exports and tiles can be narrowed by. All that are given must hold. */
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
  /** Open ring as readArea gives it: what it touches. */
  area?: LngLat[] | undefined
  /** Instants, ISO 8601: from ≤ the layer's timeProperty < to. */
  from?: string | undefined
  to?: string | undefined
  /** Looked for in names, codes, addresses, pinyin and initials. */
  q?: string | undefined
  /** Only what lies outside every community. */
  unassigned?: boolean | undefined
  /** Only these features. */
  ids?: number[] | undefined
}

type Parameter = string | number | string[] | number[]

export interface Where {
  /** SQL over the alias `t`, to follow WHERE. */
  text: string
  parameters: Parameter[]
}

/**
 * The filter, and what someone reaches, as SQL whose parameters are numbered from `first` on. Throws invalid-parameter when the layer has nothing
 * that the filter could look at.
 */
export function featureWhere(layer: LayerId, filter: FeatureFilter, reach: Reach, first = 1): Where {
  const parameters: Where['parameters'] = []
  const bind = (value: Parameter) => `$${parameters.push(value) + first - 1}`
  const clauses: string[] = reach === 'everywhere' ? [] : [reachClause(layer, reach, bind)]
  for (const [name, property] of Object.entries(choiceProperties(layer)) as [
    ChoiceName,
    string | undefined,
  ][]) {
    const values = filter[name]
    if (values === undefined) continue
    if (!property) throw new Problem('invalid-parameter', `The layer ${layer} has no ${name} to filter by.`)
    clauses.push(`t.${columnOf(property)} = ANY(${bind(values)}::text[])`)
  }
  if (filter.ids) clauses.push(`t.id = ANY(${bind(filter.ids)}::bigint[])`)
  if (filter.parent !== undefined) clauses.push(inCell(layer, filter.parent, reach, bind))
  if (filter.bbox) clauses.push(intersectsBox(filter.bbox, bind))
  if (filter.area) clauses.push(intersectsArea(filter.area, bind))
  clauses.push(...inPeriod(layer, filter, bind))
  if (filter.q !== undefined) clauses.push(matchesText(layer, filter.q, bind))
  if (filter.unassigned) {
    if (!cellKeys(layer).includes('community_id'))
      throw new Problem('invalid-parameter', `Features of ${layer} are not assigned to communities.`)
    clauses.push('t.community_id IS NULL')
  }
  return { text: clauses.length ? clauses.join(' AND ') : 'true', parameters }
}

/**
 * Whether the layer can be asked what the filter asks: communities lie in no grid, roads are assigned to no community.
 * For filters of several layers at once; featureWhere refuses the others.
 */
export function fitsLayer(
  layer: LayerId,
  { parent, unassigned, kind, state, severity }: FeatureFilter,
): boolean {
  const properties = choiceProperties(layer)
  if ((kind && !properties.kind) || (state && !properties.state) || (severity && !properties.severity))
    return false
  if (unassigned && !cellKeys(layer).includes('community_id')) return false
  const cell = parent === undefined ? undefined : layerOfCode(parent)
  return !cell || !isCodedLayer(layer) || CODE_LENGTH[layer] >= CODE_LENGTH[cell]
}

/** The property that each of the filters by value looks at; undefined where the layer has none. */
export function choiceProperties(layer: LayerId): Record<ChoiceName, string | undefined> {
  const { kindProperty, stateProperty, input } = LAYERS[layer]
  return {
    kind: kindProperty,
    state: stateProperty,
    severity: 'severity' in input.shape ? 'severity' : undefined,
  }
}

/**
 * The filter as query parameters in one form for all filters that ask the same: names in a fixed order, values sorted,
 * texts as they are looked for. Empty for a filter that leaves nothing out.
 */
export function canonicalFilter(filter: FeatureFilter): URLSearchParams {
  const { area, q, unassigned, ids } = filter
  const list = (values: string[] | undefined) => values && [...new Set(values)].sort().join(',')
  const entries: [string, string | undefined][] = [
    ['parent', filter.parent],
    ['kind', list(filter.kind)],
    ['state', list(filter.state)],
    ['severity', list(filter.severity)],
    ['bbox', filter.bbox?.join(',')],
    ['area', area && writeArea(area)],
    ['from', filter.from],
    ['to', filter.to],
    ['q', q === undefined ? undefined : searchNeedle(q)],
    ['unassigned', unassigned ? 'true' : undefined],
    ['ids', ids && [...new Set(ids)].sort((a, b) => a - b).join(',')],
  ]
  return new URLSearchParams(entries.filter((entry): entry is [string, string] => entry[1] !== undefined))
}

type Bind = (value: Parameter) => string

function inCell(layer: LayerId, code: string, reach: Reach, bind: Bind): string {
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
  // Layers without cells of their own (zones, land cover, roads) are in a cell when they meet it, which stands in a column;
  // the box is for the index. A cell out of reach would tell where it lies by what meets it.
  return `EXISTS (SELECT FROM ${table} cell WHERE cell.code = ${bind(code)} AND cell.geom && t.geom
    AND cell.id = ANY(t.${key}s) AND ${reachClause(cell, reach, bind, 'cell')})`
}

/** Whether the box of t.geom meets a box; one whose west is in the east of its east goes over the antimeridian. */
export function intersectsBox([west, south, east, north]: Bbox, bind: Bind): string {
  const box = (w: number, e: number) =>
    `t.geom && ST_MakeEnvelope(${bind(w)}::float8, ${bind(south)}::float8, ${bind(e)}::float8, ${bind(north)}::float8, 4326)`
  return west <= east ? box(west, east) : `(${box(west, 180)} OR ${box(-180, east)})`
}

function intersectsArea(ring: LngLat[], bind: Bind): string {
  const polygon = { type: 'Polygon', coordinates: [[...ring, ring[0]]] }
  return `ST_Intersects(t.geom, ST_SetSRID(ST_GeomFromGeoJSON(${bind(JSON.stringify(polygon))}::text), 4326))`
}

function inPeriod(layer: LayerId, { from, to }: FeatureFilter, bind: Bind): string[] {
  if (from !== undefined && to !== undefined && Date.parse(from) >= Date.parse(to))
    throw new Problem(
      'invalid-parameter',
      `The period ends (to=${to}) before or when it begins (from=${from}). Exchange them, or widen it.`,
    )
  const column = `t.${columnOf(LAYERS[layer].timeProperty)}`
  return [
    ...(from === undefined ? [] : [`${column} >= ${bind(from)}::timestamptz`]),
    ...(to === undefined ? [] : [`${column} < ${bind(to)}::timestamptz`]),
  ]
}

function matchesText(layer: LayerId, query: string, bind: Bind): string {
  const pattern = bind(likePattern(query))
  const inCode = layer === 'buildings' ? ` OR t.code LIKE ${pattern}` : ''
  return `(t.search_text LIKE ${pattern}${inCode})`
}

/** Anything that contains the query, whose own % and _ stand for themselves. */
export const likePattern = (query: string): string => `%${searchNeedle(query).replaceAll(/[\\%_]/g, '\\$&')}%`
