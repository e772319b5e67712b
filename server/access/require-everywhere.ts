import type { Context } from 'hono'
import { Problem } from '../../geodata/shared/problem.ts'
import type { AppEnv } from './app-env.ts'

/** For what cannot be told apart by place. Throws outside-area; `what` begins the sentence. */
export function requireEverywhere(context: Context<AppEnv>, what: string): void {
  if (context.var.identity.reach === 'everywhere') return
  throw new Problem(
    'outside-area',
    `${what}, so this needs an area that is everywhere. Nothing was done; an administrator can widen yours.`,
  )
}
