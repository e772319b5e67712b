import type { Permission } from '../../geodata/access/permissions.ts'
import type { Role } from '../../geodata/access/roles.ts'
import type { Sql } from '../platform/database.ts'
import type { CellSet } from './reach.ts'

/** Cells as the database gathers them: levels without any are left out. */
export type StoredCells = Partial<CellSet>

export interface StoredPerson {
  personId: number
  username: string
  role: Role
  everywhere: boolean
  cells: StoredCells
  mustChangePassword: boolean
  demo: boolean
}

export interface StoredSession extends StoredPerson {
  sessionId: number
}

export interface StoredToken {
  tokenId: number
  kind: 'token' | 'kiosk'
  name: string
  role: Role | null
  scopes: Permission[] | null
  everywhere: boolean
  cells: StoredCells
  owner: StoredPerson | null
  /** It was not used for so long that this is written down. */
  stale: boolean
}

const cellsOf = (table: string, key: string, id: string): string => `
  (SELECT coalesce(jsonb_object_agg(layer, ids), '{}') FROM
    (SELECT layer, jsonb_agg(cell_id) AS ids FROM ${table} WHERE ${key} = ${id} GROUP BY layer) area)`

/** Who is signed in with a session that is neither over nor idle; by the hash of its token. One query, now and then two. */
export async function findSession(
  sql: Sql,
  tokenHash: string,
  idleSeconds: number,
  isUse: boolean,
): Promise<StoredSession | undefined> {
  const [row] = await sql.unsafe<(StoredSession & { stale: boolean })[]>(
    `SELECT s.id AS "sessionId", s.updated_at < now() - interval '5 minutes' AS stale, p.id AS "personId", p.username,
       p.role, p.everywhere, p.must_change_password AS "mustChangePassword", p.demo,
       ${cellsOf('person_area', 'person_id', 'p.id')} AS cells
     FROM session s JOIN person p ON p.id = s.user_id
     WHERE s.token = $1 AND s.expires_at > now() AND s.updated_at > now() - make_interval(secs => $2::int)
       AND p.disabled_at IS NULL`,
    [tokenHash, idleSeconds],
  )
  if (isUse && row?.stale) await sql`UPDATE session SET updated_at = now() WHERE id = ${row.sessionId}`
  return row
}

/** A token that is neither revoked nor over and whose owner is not disabled; by the hash of its secret. */
export async function findToken(sql: Sql, secretHash: string): Promise<StoredToken | undefined> {
  const [row] = await sql.unsafe<StoredToken[]>(
    `SELECT t.id AS "tokenId", t.kind, t.name, t.role, t.scopes, t.everywhere,
       coalesce(t.last_used_at < now() - CASE WHEN t.kind = 'kiosk' THEN interval '1 day' ELSE interval '5 minutes' END,
         true) AS stale,
       ${cellsOf('token_area', 'token_id', 't.id')} AS cells,
       CASE WHEN p.id IS NOT NULL THEN jsonb_build_object('personId', p.id, 'username', p.username, 'role', p.role,
         'everywhere', p.everywhere, 'mustChangePassword', p.must_change_password, 'demo', p.demo,
         'cells', ${cellsOf('person_area', 'person_id', 'p.id')}) END AS owner
     FROM access_token t LEFT JOIN person p ON p.id = t.person_id
     WHERE t.secret_hash = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())
       AND p.disabled_at IS NULL`,
    [secretHash],
  )
  if (row?.stale) await touchToken(sql, row.tokenId)
  return row
}

/** Days that a kiosk lasts from its last use. */
export const KIOSK_DAYS = 90

const touchToken = (sql: Sql, id: number) => sql`
  UPDATE access_token SET last_used_at = now(),
    expires_at = CASE WHEN renews THEN now() + make_interval(days => ${KIOSK_DAYS}) ELSE expires_at END
  WHERE id = ${id} AND revoked_at IS NULL`

/** Layers that an administrator published: anyone may read them. */
export async function readPublishedLayers(sql: Sql): Promise<unknown> {
  const [row] = await sql<{ value: unknown }[]>`SELECT value FROM setting WHERE key = 'publishedLayers'`
  return row?.value
}
