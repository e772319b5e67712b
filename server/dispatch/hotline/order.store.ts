import type {
  HotlineOrder,
  HotlineRow,
  OrderOfCase,
} from '../../../geodata/dispatch/hotline/hotline.schema.ts'
import type { LngLat } from '../../../geodata/shared/geojson.ts'
import { Problem } from '../../../geodata/shared/problem.ts'
import { reachClause } from '../../access/scope.sql.ts'
import { type Doer, departmentOf, refusal } from '../../cases/doer.ts'
import type { Sql, TransactionSql } from '../../platform/database.ts'
import { isoTime } from '../../platform/iso-time.sql.ts'

const callBack = (by: 'unit' | 'street') => `CASE WHEN o.${by}_called_at IS NOT NULL THEN jsonb_build_object(
  'at', ${isoTime(`o.${by}_called_at`)}, 'satisfied', o.${by}_satisfied, 'solved', o.${by}_solved) END`

/** As the API gives them, over hotline_order o. */
const ORDER = `o.number, o.version, o.hazard_id AS hazard,
  CASE WHEN o.hazard_id IS NULL THEN to_jsonb(array_remove(ARRAY[CASE WHEN o.geom IS NULL THEN 'place' END,
    CASE WHEN o.category_code IS NULL THEN 'category' END], NULL)) ELSE '[]'::jsonb END AS waits,
  ${isoTime('o.received_at')} AS "receivedAt", o.channel, o.title, o.demand, o.severity,
  CASE WHEN o.category_code IS NOT NULL THEN jsonb_build_object('standard', o.category_standard, 'kind', o.category_kind,
    'code', o.category_code) END AS category, o.address, o.cell_code AS "cellCode",
  CASE WHEN o.given_geom IS NOT NULL THEN jsonb_build_array(ST_X(o.given_geom), ST_Y(o.given_geom)) END AS given,
  ${isoTime('o.first_contact_at')} AS "firstContactAt",
  jsonb_build_object('unit', ${callBack('unit')}, 'street', ${callBack('street')}) AS "callBacks"`

/** The order that a case came of. Throws not-found for a case out of reach. */
export async function orderOfCase(sql: Sql, hazardId: number, doer: Doer): Promise<OrderOfCase> {
  const parameters: (number | string | number[])[] = [hazardId]
  const [found] = await sql.unsafe<{ departmentId: number | null }[]>(
    `SELECT c.department_id AS "departmentId" FROM hazard t JOIN hazard_case c ON c.hazard_id = t.id
     WHERE t.id = $1 AND ${reachClause('hazards', doer.reach, (ids) => `$${parameters.push(ids)}`)}`,
    parameters,
    { prepare: true },
  )
  if (!found) throw new Problem('not-found', `There is no case ${hazardId} in your area.`)
  const [order] = await sql.unsafe<HotlineOrder[]>(
    `SELECT ${ORDER} FROM hotline_order o WHERE o.hazard_id = $1`,
    [hazardId],
    { prepare: true },
  )
  return {
    order: order ?? null,
    may: {
      unit: refusal(doer, await departmentOf(sql, doer), found, 'finish') === undefined,
      street: doer.may('verify'),
    },
  }
}

/** Throws not-found. */
export async function getOrder(sql: Sql | TransactionSql, number: string): Promise<HotlineOrder> {
  const [order] = await sql.unsafe<HotlineOrder[]>(
    `SELECT ${ORDER} FROM hotline_order o WHERE o.number = $1`,
    [number],
    { prepare: true },
  )
  if (order) return order
  throw new Problem('not-found', `There is no order ${number}.`)
}

/** Orders that have no case yet, by when they were received; `after`: the number to go on behind. */
export async function listWaiting(
  sql: Sql,
  { limit, after }: { limit: number; after: string | undefined },
): Promise<{ orders: HotlineOrder[]; next: string | null; total: number }> {
  const rows = await sql.unsafe<HotlineOrder[]>(
    `SELECT ${ORDER} FROM hotline_order o WHERE o.hazard_id IS NULL AND ($2::text IS NULL
       OR (o.received_at, o.number) > (SELECT received_at, number FROM hotline_order WHERE number = $2))
     ORDER BY o.received_at, o.number LIMIT $1`,
    [limit + 1, after ?? null],
    { prepare: true },
  )
  const [{ total }] = await sql<[{ total: number }]>`
    SELECT count(*)::int AS total FROM hotline_order WHERE hazard_id IS NULL`
  const orders = rows.slice(0, limit)
  return { orders, next: rows.length > limit ? orders.at(-1)!.number : null, total }
}

/** Hashes and cases of the orders that are there, by number. */
export async function knownOrders(
  sql: Sql | TransactionSql,
  numbers: readonly string[],
): Promise<Map<string, { hash: string; hazard: number | null }>> {
  const rows = await sql<{ number: string; hash: string; hazard: number | null }[]>`
    SELECT number, row_hash AS hash, hazard_id AS hazard FROM hotline_order WHERE number = ANY(${[...numbers]}::text[])`
  return new Map(rows.map(({ number, ...known }) => [number, known]))
}

export interface OrderToStore {
  row: HotlineRow
  hash: string
  hazardId: number | null
  /** Where it is; null: nobody knows yet. */
  lngLat: LngLat | null
}

export async function insertOrders(
  tx: TransactionSql,
  orders: readonly OrderToStore[],
  { fileName, actor }: { fileName: string; actor: string },
): Promise<void> {
  const rows = orders.map(({ row: { category, lngLat: given, ...row }, hash, hazardId, lngLat }) => ({
    ...row,
    standard: category?.standard ?? null,
    kind: category?.kind ?? null,
    code: category?.code ?? null,
    hash,
    hazardId,
    givenLng: given?.[0] ?? null,
    givenLat: given?.[1] ?? null,
    lng: lngLat?.[0] ?? null,
    lat: lngLat?.[1] ?? null,
  }))
  await tx`
    INSERT INTO hotline_order (number, hazard_id, received_at, channel, title, demand, severity, category_standard,
      category_kind, category_code, address, cell_code, given_geom, geom, row_hash, file_name, created_by)
    SELECT number, "hazardId", "receivedAt", channel, title, demand, severity, standard, kind, code, address, "cellCode",
      ST_SetSRID(ST_MakePoint("givenLng", "givenLat"), 4326), ST_SetSRID(ST_MakePoint(lng, lat), 4326), hash, ${fileName}, ${actor}
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) AS row (number text, "hazardId" bigint,
      "receivedAt" timestamptz, channel text, title text, demand text, severity text, standard text, kind text, code text,
      address text, "cellCode" text, hash text, "givenLng" float8,
      "givenLat" float8, lng float8, lat float8)`
}
