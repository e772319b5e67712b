import type { Context } from 'hono'
import { type Actor, actorOf } from '../access/actor.ts'
import type { AppEnv } from '../access/app-env.ts'
import type { Reach } from '../access/reach.ts'

/** Who acts, and how far they reach. */
export interface ByWhom {
  actor: Actor
  reach: Reach
}

export const byWhom = (context: Context<AppEnv>): ByWhom => ({
  actor: actorOf(context),
  reach: context.var.identity.reach,
})
