import type { OpenSession } from '../../geodata/access/session.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import type { Sql } from '../platform/database.ts'
import { isoTime } from '../platform/iso-time.sql.ts'
import type { Actor } from './actor.ts'
import { hashToken } from './library/library-adapter.store.ts'
import { IDLE_SECONDS } from './library/open-library.ts'

/** Open sessions, the last used first: of one person, or of all. */
export async function listSessions(
  sql: Sql,
  personId: number | undefined,
  currentId: number | undefined,
): Promise<OpenSession[]> {
  const rows = await sql.unsafe<OpenSession[]>(
    `SELECT s.id, s.user_id AS "personId", p.username, p.name, s.id IS NOT DISTINCT FROM $2::bigint AS current,
       ${isoTime('s.created_at')} AS "createdAt", ${isoTime('s.updated_at')} AS "lastUsedAt",
       ${isoTime('s.expires_at')} AS "expiresAt", nullif(s.ip_address, '') AS "from", nullif(s.user_agent, '') AS "userAgent"
     FROM session s JOIN person p ON p.id = s.user_id
     WHERE ($1::bigint IS NULL OR s.user_id = $1) AND s.expires_at > now()
       AND s.updated_at > now() - make_interval(secs => $3::int)
     ORDER BY s.updated_at DESC, s.id DESC LIMIT 1000`,
    [personId ?? null, currentId ?? null, IDLE_SECONDS],
  )
  return [...rows]
}

/** Of anyone, or only of `ownerId`: somebody else's is not there for them. Throws not-found. */
export async function endSession(
  sql: Sql,
  actor: Actor,
  id: number,
  ownerId: number | undefined,
): Promise<void> {
  await sql.begin(async (tx) => {
    const [ended] = await tx<{ username: string }[]>`
      DELETE FROM session s USING person p
      WHERE p.id = s.user_id AND s.id = ${id} AND (${ownerId ?? null}::bigint IS NULL OR s.user_id = ${ownerId ?? null})
      RETURNING p.username`
    if (!ended) throw new Problem('not-found', `There is no session ${id}. It may be over.`)
    await recordAudit(tx, actor, { kind: 'sign-out', detail: { username: ended.username } })
  })
}

/** The session whose cookie holds this token. */
export async function endSessionOf(sql: Sql, token: string): Promise<void> {
  await sql`DELETE FROM session WHERE token = ${hashToken(token)}`
}

/** Sessions that are over are of no use to anyone. */
async function sweepSessions(sql: Sql): Promise<void> {
  await sql`DELETE FROM session
    WHERE expires_at < now() OR updated_at < now() - make_interval(secs => ${IDLE_SECONDS})`
  await sql`DELETE FROM verification WHERE expires_at < now()`
}

/** Sweeps now and then every hour. Returns what ends it. A database that does not answer is asked again an hour later. */
export function sweepSessionsHourly(sql: Sql): () => void {
  const sweep = () => sweepSessions(sql).catch(() => {})
  const timer = setInterval(sweep, 3_600_000).unref()
  sweep()
  return () => clearInterval(timer)
}
