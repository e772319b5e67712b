import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { columnOf, inputColumns, isLocated } from './layer.columns.ts'

const value = (alias: string, column: string, type: string) =>
  type === 'timestamptz' ? isoTime(`${alias}.${column}`) : `${alias}.${column}`

/** Geometry as JSON: lng, lat; at most 7 decimals, which is what is stored. */
export const geometryJson = (alias: string) => `ST_AsGeoJSON(${alias}.geom, 7)::jsonb`

/** What a client may write, as JSON: `{geometry, properties}`. Events keep this as before and after. */
export function inputJson(layer: LayerId, alias: string): string {
  const members = inputColumns(layer).map(
    ({ property, column, type }) => `'${property}', ${value(alias, column, type)}`,
  )
  return `jsonb_build_object('geometry', ${geometryJson(alias)}, 'properties', jsonb_build_object(${members.join(', ')}))`
}

/** All properties of a row, written and derived, as a JSON object. `alias` names the layer's table in the query. */
export function propertiesJson(layer: LayerId, alias: string): string {
  const members = inputColumns(layer).map(
    ({ property, column, type }) => `'${property}', ${value(alias, column, type)}`,
  )
  for (const property of Object.keys(LAYERS[layer].derived.shape)) {
    members.push(`'${property}', ${derivedValue(layer, property, alias)}`)
  }
  return `jsonb_build_object(${members.join(', ')})`
}

const CELL_KEY: Partial<Record<LayerId, string>> = {
  communities: 'community_id',
  grids: 'grid_id',
  'micro-grids': 'micro_grid_id',
}

/** Sum of a column that may be unknown: NULL when none of the rows has a figure, 0 when there are no rows. */
export const sumOfKnown = (column: string) => `CASE WHEN count(*) = 0 THEN 0 ELSE sum(${column}) END`

/** The SQL of a derived property. */
export function derivedValue(layer: LayerId, property: string, alias: string): string {
  const cellKey = CELL_KEY[layer]
  switch (property) {
    case 'createdAt':
      return isoTime(`${alias}.created_at`)
    case 'updatedAt':
      return isoTime(`${alias}.updated_at`)
    case 'communityCode':
      return `(SELECT c.code FROM community c WHERE c.id = ${alias}.community_id)`
    case 'gridCode':
      return `(SELECT c.code FROM grid c WHERE c.id = ${alias}.grid_id)`
    case 'microGridCode':
      return `(SELECT c.code FROM micro_grid c WHERE c.id = ${alias}.micro_grid_id)`
    case 'buildingCode':
      return `(SELECT c.code FROM building c WHERE c.id = ${alias}.building_id)`
    case 'buildings':
      return `(SELECT count(*) FROM building b WHERE b.${cellKey} = ${alias}.id)`
    case 'households':
    case 'population':
      if (!cellKey) return `${alias}.${property}`
      return `(SELECT ${sumOfKnown(`b.${property}`)} FROM building b WHERE b.${cellKey} = ${alias}.id)`
    case 'householdsUnknown':
      return `(SELECT count(*) FROM building b WHERE b.${cellKey} = ${alias}.id AND b.households IS NULL)`
    default:
      return `${alias}.${columnOf(property)}`
  }
}

/** A whole feature (StoredFeature) as JSON. */
export function featureJson(layer: LayerId, alias: string, withGeometry = true): string {
  return `jsonb_build_object('type', 'Feature', 'id', ${alias}.id, 'version', ${alias}.version, 'geometry',
    ${withGeometry ? geometryJson(alias) : 'NULL'}, 'properties', ${propertiesJson(layer, alias)})`
}

/** Which of the three cell keys a layer's rows carry. */
export function cellKeys(layer: LayerId): string[] {
  if (isLocated(layer)) return ['community_id', 'grid_id', 'micro_grid_id']
  if (layer === 'grids') return ['community_id']
  if (layer === 'micro-grids') return ['community_id', 'grid_id']
  return []
}
