import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { genericOAuth, username } from 'better-auth/plugins'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../../geodata/access/credentials.schema.ts'
import type { Sql } from '../../platform/database.ts'
import type { OidcEnv } from '../access-env.ts'
import { libraryAdapter } from './library-adapter.store.ts'
import { hashPassword, verifyPassword } from './password.ts'
import { OIDC_PROVIDER, profileToPerson } from './profile-to-person.ts'

/** A session ends a week after it began, or once it was not used for twelve hours. */
export const SESSION_SECONDS = 7 * 86_400
export const IDLE_SECONDS = 12 * 3600

/** Headers of the calls to the library, set by this server alone. */
export const ADDRESS_HEADER = 'x-gridward-address'
export const REQUEST_HEADER = 'x-gridward-request'

export interface LibraryOptions {
  sql: Sql
  secret: string
  /** The origin under which people reach this server. */
  origin: string
  cookie: { name: string; secure: boolean }
  oidc: OidcEnv | undefined
  /** Whether somebody may be signed in, asked before each session. */
  mayBegin(personId: number): Promise<boolean>
  /** Whether the provider knows somebody by another subject, asked before each that is new to them. */
  isLinked(personId: number): Promise<boolean>
  /** Called with the headers of the request in which a provider brought somebody whom nobody added. */
  brought(personId: number, headers: Headers | undefined): Promise<void>
}

/**
 * better-auth as a library: passwords, sessions and OpenID Connect. Its HTTP handler is not mounted: the product's own
 * routes call `api`, so that each is described and has a permission. Nothing leaves this machine but calls to the provider.
 */
export function openLibrary({ sql, secret, origin, cookie, oidc, ...hooks }: LibraryOptions) {
  return betterAuth({
    appName: 'Gridward',
    baseURL: origin,
    basePath: '/api/v1/session',
    secret,
    database: libraryAdapter(sql),
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      // Composed before it is hashed: the count that matters was made by the schema.
      maxPasswordLength: MAX_PASSWORD_LENGTH * 2,
      password: { hash: hashPassword, verify: verifyPassword },
    },
    user: {
      modelName: 'person',
      additionalFields: {
        role: { type: 'string', input: false, defaultValue: oidc?.role ?? 'viewer' },
      },
    },
    session: {
      expiresIn: SESSION_SECONDS,
      disableSessionRefresh: true,
      // Age in which a password may be changed without signing in again: the current password is asked for anyway.
      freshAge: 0,
    },
    account: {
      updateAccountOnSignIn: false,
      accountLinking: { enabled: true, trustedProviders: [OIDC_PROVIDER] },
    },
    advanced: {
      database: { generateId: 'serial' },
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/', secure: cookie.secure },
      cookies: {
        session_token: { name: cookie.name },
        state: { name: `${cookie.name}.state` },
      },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            if (!(await hooks.mayBegin(Number(session.userId))))
              throw new APIError('UNAUTHORIZED', { message: 'This person may not sign in.' })
          },
        },
      },
      account: {
        create: {
          before: async (account) => {
            if (account.providerId === OIDC_PROVIDER && (await hooks.isLinked(Number(account.userId))))
              throw new APIError('UNAUTHORIZED', { message: 'The provider knows this person already.' })
          },
        },
      },
      user: {
        create: {
          after: async (person, context) => hooks.brought(Number(person.id), context?.headers),
        },
      },
    },
    plugins: [
      username({
        minUsernameLength: 2,
        maxUsernameLength: 32,
        displayUsername: false,
        usernameValidator: () => true,
      }),
      ...(oidc
        ? [
            genericOAuth({
              config: [
                {
                  providerId: OIDC_PROVIDER,
                  discoveryUrl: `${oidc.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
                  requireIdTokenVerification: true,
                  clientId: oidc.clientId,
                  clientSecret: oidc.clientSecret,
                  scopes: ['openid', 'profile'],
                  pkce: true,
                  redirectURI: `${origin}/api/v1/session/oidc/callback`,
                  disableSignUp: oidc.role === undefined,
                  mapProfileToUser: profileToPerson,
                },
              ],
            }),
          ]
        : []),
    ],
  })
}

export type Library = ReturnType<typeof openLibrary>
