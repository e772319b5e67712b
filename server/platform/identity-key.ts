import type { Context } from 'hono'
import type { AppEnv } from '../access/app-env.ts'
import { networkOf } from './client-address.ts'

/** Whose quota a request is taken from: a person's with all their sessions and tokens, a token's, else a network's. */
export function identityKey({ var: { identity, clientAddress } }: Context<AppEnv>): string {
  if (identity.personId !== undefined) return `person ${identity.personId}`
  if (identity.credentialId !== undefined) return `${identity.kind} ${identity.credentialId}`
  return `network ${networkOf(clientAddress ?? '')}`
}
