import type { Context } from 'hono'
import { actorOf } from '../access/actor.ts'
import type { AppEnv } from '../access/app-env.ts'
import type { CampaignWriter } from './campaign.store.ts'

/** Whoever asks, as one who writes. */
export const writerOf = (context: Context<AppEnv>): CampaignWriter => ({
  actor: actorOf(context),
  reach: context.var.identity.reach,
})
