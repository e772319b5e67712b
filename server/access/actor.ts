import type { Context } from 'hono'
import type { AppEnv } from './app-env.ts'

/** Who writes, and from where: what history and the audit trail keep beside each change. */
export interface Actor {
  /** A user name, or a token's name behind “token:”. */
  name: string
  personId?: number
  /** Address of the client. */
  from?: string
  requestId?: string
}

/** Commands run on the server itself. */
export const CLI: Actor = { name: 'cli' }

export function actorOf({ var: { identity, clientAddress, requestId } }: Context<AppEnv>): Actor {
  return {
    name: identity.name,
    ...(identity.personId === undefined ? {} : { personId: identity.personId }),
    ...(clientAddress === undefined ? {} : { from: clientAddress }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}
