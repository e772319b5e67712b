import { randomBytes } from 'node:crypto'
import type { Role } from '../../geodata/access/roles.ts'
import type { NewToken, Token } from '../../geodata/access/token.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import type { Actor } from './actor.ts'
import { areaJson, resolveArea } from './area.store.ts'
import { KIOSK_DAYS } from './credentials.store.ts'
import { hashToken } from './library/library-adapter.store.ts'
import type { Reach } from './reach.ts'

const TOKEN = `t.id, t.kind, t.name, p.username AS owner, t.scopes, t.created_by AS "createdBy",
  CASE WHEN t.kind = 'kiosk' THEN 'kiosk' ELSE coalesce(p.role, t.role) END AS role,
  CASE WHEN t.everywhere THEN '"everywhere"'::jsonb ELSE ${areaJson('token_area', 'token_id', 't.id')} END AS area,
  ${isoTime('t.created_at')} AS "createdAt", ${isoTime('t.expires_at')} AS "expiresAt",
  ${isoTime('t.last_used_at')} AS "lastUsedAt", ${isoTime('t.revoked_at')} AS "revokedAt"`

/** Whose token it is: somebody's, with the role that they have at the time, or nobody's, with a role of its own. */
export type TokenOwner = { personId: number } | { role: Role }

/** Of one person, or all; the latest first. */
export async function listTokens(sql: Sql, ownerId: number | undefined): Promise<Token[]> {
  const rows = await sql.unsafe<Token[]>(
    `SELECT ${TOKEN} FROM access_token t LEFT JOIN person p ON p.id = t.person_id
     WHERE $1::bigint IS NULL OR t.person_id = $1 ORDER BY t.id DESC LIMIT 2000`,
    [ownerId ?? null],
  )
  return [...rows]
}

/** Makes a token and gives its secret, of which only the hash is kept. Throws invalid-body for an area or a time that cannot be. */
export async function createToken(
  sql: Sql,
  actor: Actor,
  owner: TokenOwner,
  /** Of whoever makes it: the area must lie within. */
  reach: Reach,
  { kind, name, scopes, everywhere, area, expiresAt }: NewToken,
): Promise<{ token: Token; secret: string }> {
  if (!everywhere && area.length === 0)
    throw invalid('/area', 'The token would reach nothing. Name cells by their codes, or say everywhere.')
  if (expiresAt !== undefined && Date.parse(expiresAt) <= Date.now())
    throw invalid('/expiresAt', `The token would be over at once: ${expiresAt} has passed.`)
  const secret = `gw_${randomBytes(32).toString('base64url')}`
  const renews = kind === 'kiosk' && expiresAt === undefined
  const token = await sql.begin(async (tx) => {
    const cells = everywhere ? [] : await resolveArea(tx, area, reach)
    const [row] = await tx<[{ id: number }]>`
      INSERT INTO access_token (kind, name, person_id, role, scopes, secret_hash, everywhere, created_by, expires_at, renews)
      VALUES (${kind}, ${name}, ${'personId' in owner ? owner.personId : null}, ${'role' in owner ? owner.role : null},
        ${scopes ?? null}::text[], ${hashToken(secret)}, ${everywhere}, ${actor.name},
        ${renews ? tx`now() + make_interval(days => ${KIOSK_DAYS})` : (expiresAt ?? null)}, ${renews})
      RETURNING id`
    if (cells.length > 0)
      await tx`INSERT INTO token_area ${tx(cells.map(({ layer, cellId }) => ({ token_id: row.id, layer, cell_id: cellId })))}`
    const made = await getToken(tx, row.id)
    await recordAudit(tx, actor, { kind: 'token', after: auditable(made) })
    return made
  })
  return { token: token as Token, secret }
}

/** For good; what it answers already goes on. Of anyone, or only of `ownerId`. Throws not-found. */
export async function revokeToken(sql: Sql, actor: Actor, id: number, ownerId?: number): Promise<void> {
  await sql.begin(async (tx) => {
    const { count } = await tx`
      UPDATE access_token SET revoked_at = now()
      WHERE id = ${id} AND revoked_at IS NULL
        AND (${ownerId ?? null}::bigint IS NULL OR person_id = ${ownerId ?? null})`
    if (count === 0) throw new Problem('not-found', `There is no token ${id} that is in force.`)
    const token = await getToken(tx, id)
    await recordAudit(tx, actor, {
      kind: 'token',
      before: auditable({ ...token, revokedAt: null }),
      after: auditable(token),
    })
  })
}

async function getToken(tx: TransactionSql, id: number): Promise<Token> {
  const [token] = await tx.unsafe<[Token]>(
    `SELECT ${TOKEN} FROM access_token t LEFT JOIN person p ON p.id = t.person_id WHERE t.id = $1`,
    [id],
  )
  return token
}

const invalid = (at: string, message: string) =>
  new Problem('invalid-body', message, { issues: [{ at, message }] })

const auditable = ({ id, kind, name, owner, role, scopes, area, expiresAt, revokedAt }: Token) => ({
  id,
  kind,
  name,
  owner,
  role,
  scopes,
  area: area === 'everywhere' ? area : area.map(({ code }) => code),
  expiresAt,
  revokedAt,
})
