import { randomBytes } from 'node:crypto'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Sql, TransactionSql } from '../platform/database.ts'
import { hashToken } from './library/library-adapter.store.ts'
import { hasAdministrator } from './person.store.ts'

const HOURS = 24

/** A new secret for the link that makes the first administrator; those before it are good no longer. undefined: there is one. */
export async function makeSetUpSecret(sql: Sql): Promise<string | undefined> {
  const secret = randomBytes(32).toString('base64url')
  const isMade = await sql.begin(async (tx) => {
    if (await hasAdministrator(tx)) return false
    await tx`DELETE FROM set_up_link WHERE used_at IS NULL`
    await tx`INSERT INTO set_up_link (secret_hash) VALUES (${hashToken(secret)})`
    return true
  })
  return isMade ? secret : undefined
}

/** Whether a link is good; the work of hashing a password is done for none that is not. Throws not-permitted. */
export async function requireSetUpSecret(sql: Sql, secret: string): Promise<void> {
  const [row] = await sql<{ isGood: boolean }[]>`
    SELECT used_at IS NULL AND created_at > now() - make_interval(hours => ${HOURS}) AS "isGood"
    FROM set_up_link WHERE secret_hash = ${hashToken(secret)}`
  if (!row?.isGood || (await hasAdministrator(sql))) throw refused()
}

/** Uses the link up, within the transaction that makes the administrator. Throws not-permitted, also for the second of two at once. */
export async function useSetUpSecret(tx: TransactionSql, secret: string): Promise<void> {
  const { count } = await tx`
    UPDATE set_up_link SET used_at = now()
    WHERE secret_hash = ${hashToken(secret)} AND used_at IS NULL AND created_at > now() - make_interval(hours => ${HOURS})`
  if (count === 0 || (await hasAdministrator(tx))) throw refused()
}

const refused = () =>
  new Problem(
    'not-permitted',
    `This set-up link was used, is older than ${HOURS} hours or was replaced by a newer one. Start the server again: it prints another as long as there is no administrator.`,
  )
