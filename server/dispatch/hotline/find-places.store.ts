import type { HotlineRow } from '../../../geodata/dispatch/hotline/hotline.schema.ts'
import { type RowNote, rowNote } from '../../../geodata/dispatch/hotline/row-notes.ts'
import { CELL_LAYERS, parseCode } from '../../../geodata/shared/codes.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { tableOf } from '../../features/layer.columns.ts'
import type { Sql, TransactionSql } from '../../platform/database.ts'

export interface FoundPlace {
  /** undefined: it waits to be placed. */
  lngLat: LngLat | undefined
  notes: RowNote[]
}

type Located = Pick<HotlineRow, 'lngLat' | 'cellCode' | 'address'>
interface NamedPlace {
  key: string
  name: string
  lngLat: LngLat
}

/**
 * Where orders are: at their coordinates, when these lie in a community; else in the middle of the cell that they name, else
 * at the one building or facility that has their address. In the order of the rows. Nothing is guessed silently: notes say.
 */
export async function findPlaces(sql: Sql | TransactionSql, rows: readonly Located[]): Promise<FoundPlace[]> {
  const inside = await findInside(sql, rows)
  const cells = await findCells(sql, rows)
  const addresses = await findAddresses(sql, rows)
  return rows.map((row, index) => {
    if (row.lngLat) {
      return inside.has(index)
        ? { lngLat: row.lngLat, notes: [] }
        : { lngLat: undefined, notes: [rowNote('coordinates-outside')] }
    }
    const notes: RowNote[] = []
    if (row.cellCode !== null) {
      const cell = cells.get(codeOf(row.cellCode))
      if (cell) return { lngLat: cell.lngLat, notes: [rowNote('placed-by-cell', cell.name)] }
      notes.push(rowNote('cell-unknown', row.cellCode))
    }
    const found = row.address === null ? [] : (addresses.get(addressKey(row.address)) ?? [])
    if (found.length === 1)
      return { lngLat: found[0]!.lngLat, notes: [...notes, rowNote('placed-by-address', found[0]!.name)] }
    notes.push(found.length > 1 ? rowNote('address-ambiguous', row.address!) : rowNote('place-missing'))
    return { lngLat: undefined, notes }
  })
}

async function findInside(sql: Sql | TransactionSql, rows: readonly Located[]): Promise<Set<number>> {
  const points = rows.flatMap(({ lngLat }, index) =>
    lngLat ? [{ index, lng: lngLat[0], lat: lngLat[1] }] : [],
  )
  if (points.length === 0) return new Set()
  const found = await sql<{ index: number }[]>`
    SELECT p.index FROM jsonb_to_recordset(${JSON.stringify(points)}::text::jsonb) AS p (index integer, lng float8, lat float8)
    WHERE EXISTS (SELECT FROM community c WHERE ST_Intersects(c.geom, ST_SetSRID(ST_MakePoint(p.lng, p.lat), 4326)))`
  return new Set(found.map(({ index }) => index))
}

/** Older files have grids with 14 digits. */
const codeOf = (code: string): string => parseCode('grids', code) ?? code

async function findCells(
  sql: Sql | TransactionSql,
  rows: readonly Located[],
): Promise<Map<string, NamedPlace>> {
  const codes = [
    ...new Set(rows.flatMap(({ lngLat, cellCode }) => (lngLat || !cellCode ? [] : codeOf(cellCode)))),
  ]
  if (codes.length === 0) return new Map()
  const found = await sql.unsafe<NamedPlace[]>(
    CELL_LAYERS.map(
      (layer) => `SELECT t.code AS key, t.name, jsonb_build_array(ST_X(t.anchor), ST_Y(t.anchor)) AS "lngLat"
        FROM ${tableOf(layer)} t WHERE t.code = ANY($1::text[])`,
    ).join(' UNION ALL '),
    [codes],
  )
  return new Map(found.map((place) => [place.key, { ...place, lngLat: round(place.lngLat) }]))
}

/** Without spaces and without the room: a room is nobody's business here. As the SQL below makes it. */
const addressKey = (address: string): string =>
  address
    .replace(/\s+/g, '')
    .replace(/[0-9]+室$/, '')
    .toLowerCase()
const KEY = (column: string) =>
  `lower(regexp_replace(regexp_replace(${column}, '\\s+', '', 'g'), '[0-9]+室$', ''))`

async function findAddresses(
  sql: Sql | TransactionSql,
  rows: readonly Located[],
): Promise<Map<string, NamedPlace[]>> {
  const keys = [
    ...new Set(
      rows.flatMap(({ lngLat, address }) => (lngLat || address === null ? [] : addressKey(address))),
    ),
  ].filter((key) => key !== '')
  const places = new Map<string, NamedPlace[]>()
  if (keys.length === 0) return places
  const found = await sql.unsafe<NamedPlace[]>(
    `SELECT ${KEY('coalesce(t.address, t.name)')} AS key, coalesce(t.address, t.name) AS name,
       jsonb_build_array(ST_X(t.anchor), ST_Y(t.anchor)) AS "lngLat"
     FROM building t WHERE ${KEY('coalesce(t.address, t.name)')} = ANY($1::text[])
     UNION ALL SELECT ${KEY('coalesce(t.address, t.name)')}, coalesce(t.address, t.name),
       jsonb_build_array(ST_X(t.geom), ST_Y(t.geom))
     FROM facility t WHERE ${KEY('coalesce(t.address, t.name)')} = ANY($1::text[])`,
    [keys],
  )
  for (const place of found) {
    const at = places.get(place.key)
    const rounded = { ...place, lngLat: round(place.lngLat) }
    if (at) at.push(rounded)
    else places.set(place.key, [rounded])
  }
  return places
}

const round = ([lng, lat]: LngLat): LngLat => [Math.round(lng * 1e7) / 1e7, Math.round(lat * 1e7) / 1e7]
