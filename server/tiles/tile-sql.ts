import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import { type FeatureFilter, featureWhere, type Where } from '../features/feature.filter.ts'
import { columnOf, inputColumns, tableOf } from '../features/layer.columns.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import { BUFFER, EXTENT, unitMetres } from './tile-address.ts'
import { hasLabels, LABEL_ATTRIBUTES, labelLayer, type TileRules } from './tile-rules.ts'

/*
 * The tile queries. Parameters of each: $1 west, $2 south, $3 east, $4 north of the tile without its buffer, metres
 * in EPSG:3857, then those of the filter. `where` is the filter's SQL over the alias t (see tileWhere). The zoom is part of the text, so that each zoom is planned, and prepared, by itself.
 *
 * Which rows: shapes whose box reaches into the tile or PICK units beyond it, and, when the box is so large that it
 * leaves the surroundings of the tile, that really do so. PICK is smaller than the buffer, so that whatever is picked
 * leaves an area after clipping at the buffer, in whichever engine clips. A point is in the one tile that owns it:
 * west and north sides belong to the tile, east and south sides to its neighbours.
 *
 * Shapes that stay within the surroundings (a quarter of a tile around) are not clipped: buildings and road segments
 * come whole, which is cheaper and keeps clipping for the few large ones.
 */
const PICK = BUFFER - 2
const SURROUNDINGS = EXTENT / 4

const BOUNDS = ['$1::float8', '$2::float8', '$3::float8', '$4::float8'] as const

const boxAround = (z: number, units: number): string => {
  const metres = units * unitMetres(z)
  const [west, south, east, north] = BOUNDS
  return `ST_MakeEnvelope(${west} - ${metres}, ${south} - ${metres}, ${east} + ${metres}, ${north} + ${metres}, 3857)`
}

const RANK: Record<string, string> = {
  MultiPolygon: 'ST_Area(geom_3857) DESC, id',
  LineString: 'length_metres DESC, id',
  Point: 'id DESC',
}

const quote = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`
const literal = (text: string) => `'${text.replaceAll("'", "''")}'`

function attributeColumns(layer: LayerId, attributes: readonly string[]): string {
  const types = new Map(inputColumns(layer).map(({ property, type }) => [property, type]))
  return attributes
    .map((property) => {
      const column = columnOf(property)
      const value = types.get(property) === 'timestamptz' ? isoTime(column) : column
      return `, ${value} AS ${quote(property)}`
    })
    .join('')
}

/** A filter and a reach for the queries here, their parameters numbered after the tile's own. */
export const tileWhere = (layer: LayerId, filter: FeatureFilter | undefined, reach: Reach): Where =>
  featureWhere(layer, filter ?? {}, reach, BOUNDS.length + 1)

/** Which shapes of geom_3857 are in a tile. */
export const meetsTile = (z: number): string[] => [
  `geom_3857 && ${boxAround(z, PICK)}`,
  // With OR instead of CASE the planner goes through the index once for each side.
  `CASE WHEN geom_3857 @ ${boxAround(z, SURROUNDINGS)} THEN true
        ELSE ST_Intersects(geom_3857, ${boxAround(z, PICK)}) END`,
]

/** Rows of a tile: id, geom_3857, attributes. */
function pickedRows(layer: LayerId, z: number, rules: TileRules, filter: string): string {
  const { geometry, kindProperty } = LAYERS[layer]
  const where = geometry === 'Point' ? [owned('geom_3857')] : meetsTile(z)
  if (rules.minArea > 0) where.push(`ST_Area(geom_3857) >= ${rules.minArea * unitMetres(z) ** 2}`)
  if (rules.kinds) where.push(`${columnOf(kindProperty!)} IN (${rules.kinds.map(literal).join(', ')})`)
  where.push(`(${filter})`)
  const limit = rules.limit === undefined ? '' : `ORDER BY ${RANK[geometry]} LIMIT ${rules.limit + 1}`
  return `SELECT id, geom_3857${attributeColumns(layer, rules.attributes)}
    FROM ${tableOf(layer)} t WHERE ${where.join('\n      AND ')} ${limit}`
}

/** Points that a tile owns: of four tiles at a corner one alone. */
export const owned = (column: string) => `${column} && ${`ST_MakeEnvelope(${BOUNDS.join(', ')}, 3857)`}
      AND ST_X(${column}) >= $1::float8 AND ST_X(${column}) < $3::float8
      AND ST_Y(${column}) > $2::float8 AND ST_Y(${column}) <= $4::float8`

// Rounding down keeps an owned point off the far sides, where map clients would drop it.
export const pointUnits = (column: string, z: number) => ({
  x: `least(${EXTENT - 1}, floor((ST_X(${column}) - $1::float8) / ${unitMetres(z)}))::int`,
  y: `least(${EXTENT - 1}, floor(($4::float8 - ST_Y(${column})) / ${unitMetres(z)}))::int`,
})

const names = (attributes: readonly string[]) => attributes.map((name) => `, ${quote(name)}`).join('')

const dimensionOf = (layer: LayerId) => (LAYERS[layer].geometry === 'LineString' ? 2 : 3)

/**
 * A shape of geom_3857 in whole tile units, y down, simplified by half a unit; NULL when nothing is left. Both engines start from
 * this, so that they agree to the unit.
 */
export function shapeInUnits(dimension: 2 | 3, z: number): string {
  const unit = unitMetres(z)
  const [west, , , north] = BOUNDS
  const clipped = `CASE WHEN geom_3857 @ ${boxAround(z, SURROUNDINGS)} THEN geom_3857
      ELSE ST_CollectionExtract(ST_ClipByBox2D(geom_3857, ${boxAround(z, BUFFER)}), ${dimension}) END`
  return `ST_Simplify(ST_SnapToGrid(ST_TransScale(${clipped}, -${west}, -${north}, ${1 / unit}, ${-1 / unit}), 1), 0.5)`
}

/**
 * What ST_AsMVT is given for `shape`: wound as tiles want it, without rings that rounding left no area. ST_AsMVTGeom
 * would do it too, but takes twice as long and moves corners by up to two units where it makes a rounded shape valid.
 * Most polygons are one ring, which needs no taking apart.
 */
function mvtShape(layer: LayerId): string {
  if (LAYERS[layer].geometry === 'LineString') return 'CASE WHEN NOT ST_IsEmpty(shape) THEN shape END'
  const holes = `ARRAY(SELECT ST_ExteriorRing(ring.geom) FROM ST_DumpRings(part.geom) AS ring
          WHERE ring.path[1] > 0 AND ST_Area(ring.geom) > 0)`
  return `CASE WHEN ST_NumGeometries(shape) = 1 AND ST_NumInteriorRings(ST_GeometryN(shape, 1)) = 0
      THEN CASE WHEN ST_Area(shape) > 0 THEN ST_ForcePolygonCCW(shape) END
      ELSE (SELECT ST_ForcePolygonCCW(ST_Collect(ST_MakePolygon(ST_ExteriorRing(part.geom), ${holes})))
        FROM ST_Dump(shape) AS part WHERE ST_Area(ST_MakePolygon(ST_ExteriorRing(part.geom))) > 0) END`
}

/**
 * PostgreSQL with ST_AsMVT. One row: tile (bytea, without compression; empty or NULL when nothing is there), features
 * (int, those in it; without a limit those picked, some of which may have no shape), cut (boolean, whether the limit
 * left some out).
 */
export function mvtSql(layer: LayerId, z: number, rules: TileRules, where = 'true'): string {
  const { limit } = rules
  const attributes = names(rules.attributes)
  const picked = pickedRows(layer, z, rules, where)
  // OFFSET 0 keeps the planner from working the shape out again at each place where it is named.
  const rows =
    LAYERS[layer].geometry === 'Point'
      ? `SELECT id${attributes}, ${pointGeometry('geom_3857', z)} AS mvt FROM (${picked}) AS picked`
      : `SELECT id${attributes}, ${mvtShape(layer)} AS mvt FROM (
      SELECT id${attributes}, ${shapeInUnits(dimensionOf(layer), z)} AS shape FROM (${picked}) AS picked OFFSET 0) AS rounded`
  const counts =
    limit !== undefined
      ? `count(mvt)::int AS features, count(*) > ${limit} AS cut FROM (${rows} OFFSET 0)`
      : `count(*)::int AS features, false AS cut FROM (${rows})`
  const body = `SELECT ST_AsMVT(feature, ${literal(layer)}, ${EXTENT}, 'mvt', 'id') AS tile, ${counts} AS feature`
  if (!hasLabels(layer)) return body
  return `SELECT coalesce(body.tile, '') || coalesce(label.tile, '') AS tile, body.features, body.cut
    FROM (${body}) AS body, (
    SELECT ST_AsMVT(point, ${literal(labelLayer(layer))}, ${EXTENT}, 'mvt', 'id') AS tile FROM (
    SELECT id, ${LABEL_ATTRIBUTES.join(', ')}, ${pointGeometry('label_point', z)} AS mvt
    FROM ${tableOf(layer)} t WHERE ${owned('label_point')} AND (${where})) AS point) AS label`
}

function pointGeometry(column: string, z: number): string {
  const { x, y } = pointUnits(column, z)
  return `ST_Point(${x}, ${y})`
}

/**
 * Any PostGIS, for encoding in JavaScript. Rows: id, attributes by wire name, and for points x, y in tile units, for
 * shapes twkb (bytea; NULL when nothing is left) whose whole coordinates are tile units, y down.
 */
export function shapeSql(layer: LayerId, z: number, rules: TileRules, where: string): string {
  const rows = `FROM (${pickedRows(layer, z, rules, where)}) AS picked`
  if (LAYERS[layer].geometry === 'Point') {
    const { x, y } = pointUnits('geom_3857', z)
    return `SELECT id${names(rules.attributes)}, ${x} AS x, ${y} AS y ${rows}`
  }
  return `SELECT id${names(rules.attributes)}, ST_AsTWKB(${shapeInUnits(dimensionOf(layer), z)}, 0) AS twkb ${rows}`
}

/** Rows: id, code, name, x, y in tile units; for the label layer of cells. */
export function labelSql(layer: LayerId, z: number, where: string): string {
  const { x, y } = pointUnits('label_point', z)
  return `SELECT id, ${LABEL_ATTRIBUTES.join(', ')}, ${x} AS x, ${y} AS y
    FROM ${tableOf(layer)} t WHERE ${owned('label_point')} AND (${where})`
}
