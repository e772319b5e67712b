import type { Context } from 'hono'
import type { AppEnv } from './app-env.ts'

/** Who writes, and from where: what history and the audit trail keep beside each change. */
export interface Actor {
  /** A user name, or a token's name behind “token:”. */
  name: string
  personId?: number | undefined
  /** Address of the client. */
  from?: string | undefined
  requestId?: string | undefined
}

/** Commands run on the server itself. */
export const CLI: Actor = { name: 'cli' }

/** Whoever the request came with. */
export const actorOf = (context: Context<AppEnv>): Actor => actorFor(context, context.var.identity)

/** Somebody whom the request has just let in, or has not. */
export const actorFor = (
  { var: { clientAddress, requestId } }: Context<AppEnv>,
  { name, personId }: Pick<Actor, 'name' | 'personId'>,
): Actor => ({ name, personId, from: clientAddress, requestId })
