import type { AuditEntry } from '../../geodata/access/audit.schema.ts'
import type { AuditKind } from '../../geodata/access/audit.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Sql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'

/** All that are given must hold. */
export interface AuditFilter {
  /** A whole name or, where nobody has it, a part of names. */
  actor?: string | undefined
  kind?: AuditKind | undefined
  layer?: LayerId | undefined
  /** Id of a feature of the layer. */
  feature?: number | undefined
  /** Looked for in names, values, addresses and request ids. */
  q?: string | undefined
  /** Instants, ISO 8601: from ≤ at < to. */
  from?: string | undefined
  to?: string | undefined
}

export interface AuditRows<T> {
  entries: T[]
  /** Pass as `before`; undefined on the last page. */
  next: number | undefined
}

/** As many entries are looked through for a text at once; a page of those that have it may be empty. */
const WINDOW = 20_000
/** A page ends early where what it tells gets heavy. The database holds it compressed, to a third or less. */
const PAGE_BYTES = 2_000_000

const WEIGHT = 'coalesce(pg_column_size(e.before), 0) + coalesce(pg_column_size(e.after), 0)'

const ISO_AT = isoTime('e.at')
const ENTRY = `e.id, ${ISO_AT} AS at, e.kind, e.layer, e.feature_id AS "featureId", e.version, e.batch_id AS "batchId", e.actor,
  e.person_id AS "personId", e.origin_address AS "from", e.request_id AS "requestId", e.before, e.after, e.detail`

/** One page, newest first: keyset by id. `before` is `next` of the page before. */
export async function listAudit(
  sql: Sql,
  filter: AuditFilter,
  page: { limit: number; before: number | undefined },
): Promise<AuditRows<AuditEntry>> {
  return readPage<AuditEntry>(sql, filter, ENTRY, WEIGHT, page)
}

/** What a table shows of an entry: its shapes would fill no cell of it. */
export type AuditLine = Omit<AuditEntry, 'before' | 'after' | 'detail'> & {
  name: string | null
  shapeChanged: boolean
  before: string | null
  after: string | null
  detail: string | null
}

const named = (state: string) => `coalesce(${state}->'properties'->>'name', ${state}->'properties'->>'title',
  ${state}->'note'->>'text', ${state}->>'name', ${state}->>'username')`
const LINE = `e.id, ${ISO_AT} AS at, e.kind, e.layer, e.feature_id AS "featureId", e.version, e.batch_id AS "batchId", e.actor,
  e.person_id AS "personId", e.origin_address AS "from", e.request_id AS "requestId",
  coalesce(${named('e.after')}, ${named('e.before')}, e.detail->>'fileName', e.detail->>'username') AS name,
  (e.before->'geometry') IS DISTINCT FROM (e.after->'geometry') AS "shapeChanged",
  (e.before - 'geometry')::text AS before, (e.after - 'geometry')::text AS after, e.detail::text AS detail`

/** The same without shapes. */
export const listAuditLines = (
  sql: Sql,
  filter: AuditFilter,
  page: { limit: number; before: number | undefined },
): Promise<AuditRows<AuditLine>> => readPage<AuditLine>(sql, filter, LINE, '0', page)

async function readPage<T extends { id: number }>(
  sql: Sql,
  filter: AuditFilter,
  columns: string,
  weight: string,
  { limit, before }: { limit: number; before: number | undefined },
): Promise<AuditRows<T>> {
  const parameters: (string | number | string[])[] = []
  const bind = (value: string | number | string[]) => `$${parameters.push(value)}`
  const actors = filter.actor === undefined ? undefined : await actorsNamed(sql, filter.actor)
  const clauses = clausesOf(filter, actors, bind)
  if (before !== undefined) clauses.push(`e.id < ${bind(before)}`)
  const window = filter.q === undefined ? limit + 1 : WINDOW
  const matching = filter.q === undefined ? 'true' : matchesText(bind(pattern(filter.q)))
  const rows = await sql.unsafe<(T & { scanned: number; floor: number | null; found: number | null })[]>(
    `WITH scanned AS MATERIALIZED (
       SELECT e.id FROM event e ${clauses.length > 0 ? `WHERE ${clauses.join(' AND ')}` : ''} ORDER BY e.id DESC LIMIT ${window}
     ), matching AS MATERIALIZED (
       SELECT e.*, ${weight} AS weight FROM scanned JOIN event e USING (id)
       WHERE ${matching} ORDER BY id DESC LIMIT ${limit + 1}
     ), e AS (
       SELECT *, count(*) OVER () AS found, sum(weight) OVER (ORDER BY id DESC) - weight AS weight_before FROM matching
     )
     SELECT s.scanned, s.floor, e.found, ${columns}
     FROM (SELECT count(*) AS scanned, min(id) AS floor FROM scanned) s
     LEFT JOIN e ON e.weight_before < ${PAGE_BYTES}
     ORDER BY e.id DESC LIMIT ${limit}`,
    parameters,
  )
  const { scanned, floor, found } = rows[0]!
  const entries = rows
    .filter((row) => row.found !== null)
    .map(({ scanned: _, floor: __, found: ___, ...entry }) => entry as unknown as T)
  if ((found ?? 0) > entries.length) return { entries, next: entries.at(-1)!.id }
  return { entries, next: scanned === window ? floor! : undefined }
}

type Bind = (value: string | number | string[]) => string

function clausesOf(
  { kind, layer, feature, from, to }: AuditFilter,
  actors: string[] | undefined,
  bind: Bind,
): string[] {
  return [
    ...(actors === undefined ? [] : [`e.actor = ANY (${bind(actors)}::text[])`]),
    ...(kind === undefined ? [] : [`e.kind = ${bind(kind)}`]),
    ...(layer === undefined ? [] : [`e.layer = ${bind(layer)}`]),
    ...(feature === undefined ? [] : [`e.feature_id = ${bind(feature)}`]),
    ...(from === undefined ? [] : [`e.at >= ${bind(from)}::timestamptz`]),
    ...(to === undefined ? [] : [`e.at < ${bind(to)}::timestamptz`]),
  ]
}

/** Steps through the names in the index: they are few, the entries many. */
async function actorsNamed(sql: Sql, actor: string): Promise<string[]> {
  const rows = await sql<{ actor: string }[]>`
    WITH RECURSIVE known AS (
      (SELECT actor FROM event ORDER BY actor LIMIT 1)
      UNION ALL
      SELECT (SELECT e.actor FROM event e WHERE e.actor > known.actor ORDER BY e.actor LIMIT 1)
      FROM known WHERE known.actor IS NOT NULL
    ) SELECT actor FROM known WHERE actor ILIKE ${pattern(actor)}`
  const names = rows.map((row) => row.actor)
  return names.includes(actor) ? [actor] : names
}

/** Anything that contains the text, whose own % and _ stand for themselves. */
const pattern = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

/** A value anywhere in what was and is, but not in shapes; names of members are not looked at. */
function matchesText(like: string): string {
  const anywhere = (state: string) => `EXISTS (SELECT FROM jsonb_path_query(${state}, 'strict $.**') AS member
    WHERE jsonb_typeof(member) IN ('string', 'number') AND member #>> '{}' ILIKE ${like})`
  return `(concat_ws(E'\\n', e.actor, e.origin_address, e.request_id) ILIKE ${like}
    OR ${anywhere(`e.before - 'geometry'`)} OR ${anywhere(`e.after - 'geometry'`)} OR ${anywhere('e.detail')})`
}
