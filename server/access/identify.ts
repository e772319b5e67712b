import { isDeepStrictEqual } from 'node:util'
import type { Context, MiddlewareHandler } from 'hono'
import { getCookie, getSignedCookie, setCookie } from 'hono/cookie'
import { LAYER_IDS } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AppEnv } from './app-env.ts'
import {
  findSession,
  findToken,
  KIOSK_DAYS,
  readPublishedLayers,
  type StoredCells,
  type StoredPerson,
} from './credentials.store.ts'
import type { Identity } from './identity.ts'
import { hashToken } from './library/library-adapter.store.ts'
import { IDLE_SECONDS } from './library/open-library.ts'
import type { Access } from './open-access.ts'
import { type Reach, within } from './reach.ts'

const SECRET = /^gw_[\w-]{43}$/
const KIOSK_SECONDS = KIOSK_DAYS * 86_400

/**
 * Finds out who asks, before any route: a token in the header Authorization, else the cookie of a session, else the
 * cookie of a kiosk, else nobody. A token that is not good any more is refused at once (not-signed-in); a cookie that
 * is not is refused by the first route that is not public (`Identity.refused`).
 */
export const identify =
  (access: Access): MiddlewareHandler<AppEnv> =>
  async (context, next) => {
    const { identity, renewedKiosk } = await find(access, context, true)
    context.set('identity', identity)
    context.set('isStillGood', async () =>
      find(access, context, false).then(
        (now) => isDeepStrictEqual(now.identity, identity),
        (error) => {
          if (error instanceof Problem) return false
          throw error
        },
      ),
    )
    await next()
    if (renewedKiosk !== undefined) setKioskCookie(access, context, renewedKiosk)
  }

/** `isUse`: somebody does something, which keeps a session from becoming idle. */
async function find(
  access: Access,
  context: Context<AppEnv>,
  isUse: boolean,
): Promise<{ identity: Identity; renewedKiosk?: string }> {
  const authorization = context.req.header('authorization')
  if (authorization !== undefined) return { identity: await bearer(access, authorization) }
  const session = await bySession(access, context, isUse)
  if (session) return { identity: session }
  const secret = getCookie(context, access.cookies.kiosk)
  const kiosk = secret === undefined ? undefined : await byToken(access, secret)
  if (kiosk?.identity.kind === 'kiosk')
    return { identity: kiosk.identity, ...(kiosk.isRenewed ? { renewedKiosk: secret! } : {}) }
  const wasSent = secret !== undefined || getCookie(context, access.cookies.session) !== undefined
  return { identity: await anonymous(access, wasSent) }
}

export function setKioskCookie({ cookies }: Access, context: Context, secret: string): void {
  const { kiosk, secure } = cookies
  setCookie(context, kiosk, secret, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure,
    maxAge: KIOSK_SECONDS,
  })
}

async function bearer(access: Access, authorization: string): Promise<Identity> {
  const secret = secretOf(authorization)
  if (secret === undefined)
    throw new Problem(
      'not-signed-in',
      'The header Authorization holds no token of Gridward. Send “Bearer gw_…”, or Basic with any user name and the token as password.',
    )
  const found = await byToken(access, secret)
  if (found) return found.identity
  throw new Problem(
    'not-signed-in',
    'This token is not known, was revoked or is over. Ask whoever gave it to you for another.',
  )
}

function secretOf(authorization: string): string | undefined {
  const [, scheme, value] = /^(bearer|basic) +(\S{1,1000})$/i.exec(authorization.trim()) ?? []
  if (scheme?.toLowerCase() === 'bearer') return value
  if (scheme === undefined) return undefined
  const pair = Buffer.from(value!, 'base64').toString('utf8')
  const colon = pair.indexOf(':')
  return colon < 0 ? undefined : pair.slice(colon + 1)
}

/** The identity behind a token's secret; `isRenewed` when this use of it was written down. */
export async function byToken(
  access: Access,
  secret: string,
): Promise<{ identity: Identity; isRenewed: boolean } | undefined> {
  if (!SECRET.test(secret)) return undefined
  let isRenewed = false
  const hash = hashToken(secret)
  const identity = await access.remember(`token ${hash}`, async () => {
    const token = await findToken(access.database.sql, hash)
    if (!token || (token.owner?.demo && !(await access.isDemo()))) return undefined
    isRenewed = token.stale
    const { owner } = token
    return {
      kind: token.kind,
      name: `token:${token.name}`,
      personId: owner?.personId,
      credentialId: String(token.tokenId),
      role: token.kind === 'kiosk' ? 'kiosk' : (owner?.role ?? token.role ?? undefined),
      scopes: token.scopes ?? undefined,
      reach: within(reachOf(token.everywhere, token.cells), owner ? reachOfPerson(owner) : 'everywhere'),
      layers: undefined,
      mustChangePassword: false,
    }
  })
  return identity && { identity, isRenewed }
}

/** The cookie is looked up as it was sent: its signature is checked once. */
function bySession(access: Access, context: Context<AppEnv>, isUse: boolean): Promise<Identity | undefined> {
  const cookie = getCookie(context, access.cookies.session)
  if (!cookie) return Promise.resolve(undefined)
  return access.remember(`session ${hashToken(cookie)}`, async () => {
    const token = await getSignedCookie(context, await access.secret(), access.cookies.session)
    return token ? identityOfSession(access, token, isUse) : undefined
  })
}

/** undefined: the session is over, idle for too long, or of somebody who may not sign in any more. */
export async function identityOfSession(
  access: Access,
  token: string,
  isUse = true,
): Promise<Identity | undefined> {
  const session = await findSession(access.database.sql, hashToken(token), IDLE_SECONDS, isUse)
  if (!session || (session.demo && !(await access.isDemo()))) return undefined
  return {
    kind: 'person',
    name: session.username,
    personId: session.personId,
    credentialId: String(session.sessionId),
    role: session.role,
    scopes: undefined,
    reach: reachOfPerson(session),
    layers: undefined,
    mustChangePassword: session.mustChangePassword,
  }
}

async function anonymous({ database }: Access, wasSent: boolean): Promise<Identity> {
  const published = await readPublishedLayers(database.sql)
  return {
    kind: 'anonymous',
    name: 'anonymous',
    personId: undefined,
    credentialId: undefined,
    role: undefined,
    scopes: undefined,
    reach: 'everywhere',
    layers: new Set(LAYER_IDS.filter((layer) => Array.isArray(published) && published.includes(layer))),
    mustChangePassword: false,
    refused: wasSent ? 'Your session is over. Sign in again.' : undefined,
  }
}

/** An area never holds an administrator back: nobody could give it another. */
export const reachOfPerson = ({ role, everywhere, cells }: StoredPerson): Reach =>
  role === 'administrator' ? 'everywhere' : reachOf(everywhere, cells)

const reachOf = (everywhere: boolean, cells: StoredCells): Reach =>
  everywhere
    ? 'everywhere'
    : [
        {
          communities: cells.communities ?? [],
          grids: cells.grids ?? [],
          'micro-grids': cells['micro-grids'] ?? [],
        },
      ]
