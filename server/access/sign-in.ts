import type { Context } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import { usernameSchema } from '../../geodata/access/credentials.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { recordAudit } from '../audit/record-audit.store.ts'
import { actorFor } from './actor.ts'
import type { AppEnv } from './app-env.ts'
import { ADDRESS_HEADER, REQUEST_HEADER, SESSION_SECONDS } from './library/open-library.ts'
import { verifyNothing } from './library/password.ts'
import type { Access } from './open-access.ts'
import { findSignIn } from './person.store.ts'
import { endSessionOf } from './session.store.ts'

type AppContext = Context<AppEnv>

/**
 * Checks a user name and a password; gives the token of a new session. Throws wrong-credentials, in one text and after
 * the same work for people who are not there, are disabled or have no password, and too-many-requests.
 */
export async function signInByPassword(
  access: Access,
  context: AppContext,
  given: { username: string; password: string },
): Promise<string> {
  const { sql } = access.database
  const username = usernameSchema.safeParse(given.username).data ?? demoName(given.username)
  const address = context.var.clientAddress ?? 'unknown'
  await access.attempts.begin(address, username)
  const person = username === undefined ? undefined : await findSignIn(sql, username)
  const token = person?.hasPassword
    ? await tryPassword(access, context, username!, given.password)
    : await verifyNothing(given.password)
  if (!token) {
    // What was typed may be a password in the wrong field: only names of people who exist are written down.
    await recordAudit(
      sql,
      actorFor(context, person ? { name: username!, personId: person.id } : { name: 'anonymous' }),
      { kind: 'sign-in-refused', detail: { how: 'password' } },
    )
    throw new Problem(
      'wrong-credentials',
      'The user name or the password is not right. Check both; an administrator can set a new password.',
    )
  }
  await access.attempts.succeed(address, username!)
  await begin(access, context, { token, personId: person!.id, username: username!, how: 'password' })
  return token
}

/** A session for somebody who proved who they are in another way. Gives its token. */
export async function signInAs(
  access: Access,
  context: AppContext,
  person: { id: number; username: string },
  how: 'demo' | 'set-up',
): Promise<string> {
  const library = await (await access.library()).$context
  const { token } = await library.internalAdapter.createSession(String(person.id), false, {
    ipAddress: context.var.clientAddress ?? '',
    userAgent: context.req.header('user-agent')?.slice(0, 300) ?? '',
  })
  await begin(access, context, { token, personId: person.id, username: person.username, how })
  return token
}

/** What the library may know of a request: where it comes from and its cookies. */
export function libraryHeaders(context: AppContext): Headers {
  const headers = new Headers({ 'user-agent': context.req.header('user-agent')?.slice(0, 300) ?? '' })
  if (context.var.clientAddress) headers.set(ADDRESS_HEADER, context.var.clientAddress)
  if (context.var.requestId) headers.set(REQUEST_HEADER, context.var.requestId)
  const cookie = context.req.header('cookie')
  if (cookie) headers.set('cookie', cookie)
  return headers
}

export async function setSessionCookie(access: Access, context: AppContext, token: string): Promise<void> {
  const { session, secure } = access.cookies
  await setSignedCookie(context, session, token, await access.secret(), {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    secure,
    maxAge: SESSION_SECONDS,
  })
}

/** Takes the cookies of sessions and kiosks back. */
export function clearCookies({ cookies }: Access, context: AppContext): void {
  for (const name of [cookies.session, cookies.kiosk])
    deleteCookie(context, name, { path: '/', secure: cookies.secure, httpOnly: true, sameSite: 'Lax' })
}

/** Ends the session whose cookie came with the request, whoever is behind it. */
export async function endPresentSession(access: Access, context: AppContext): Promise<void> {
  const token = await getSignedCookie(context, await access.secret(), access.cookies.session)
  if (token) await endSessionOf(access.database.sql, token)
  access.forget()
}

async function begin(
  access: Access,
  context: AppContext,
  { token, personId, username, how }: { token: string; personId: number; username: string; how: string },
): Promise<void> {
  await endPresentSession(access, context)
  await setSessionCookie(access, context, token)
  await recordAudit(access.database.sql, actorFor(context, { name: username, personId }), {
    kind: 'sign-in',
    detail: { how },
  })
}

async function tryPassword(
  access: Access,
  context: AppContext,
  username: string,
  password: string,
): Promise<string | undefined> {
  const library = await access.library()
  try {
    const { token } = await library.api.signInUsername({
      body: { username, password },
      headers: libraryHeaders(context),
    })
    return token ?? undefined
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}

/** The library says no by an error with a status. */
export const isRefusal = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'APIError' &&
  Number((error as { statusCode?: unknown }).statusCode) < 500

/** Demo people have no password, which takes as long to find out as that it is wrong. */
const demoName = (text: string): string | undefined => {
  const name = text.trim().toLowerCase()
  return /^demo-[a-z]{1,20}$/.test(name) ? name : undefined
}
