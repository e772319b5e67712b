import type { Deps } from '../platform/deps.ts'
import { router } from '../platform/route.ts'
import { campaignRoutes } from './campaign.routes.ts'
import { checklistRoutes } from './checklist.routes.ts'
import { fireWatchRoutes } from './fire-watch.routes.ts'
import { premisesRoutes } from './premises.routes.ts'
import { safetyNormRoutes } from './safety-norm.routes.ts'
import { smokeAlarmRoutes } from './smoke-alarm.routes.ts'
import { visitRoutes } from './visit.routes.ts'

/** Campaigns and the registers that go with them. */
export function allCampaignRoutes(deps: Deps) {
  return router()
    .route('/', checklistRoutes(deps))
    .route('/', safetyNormRoutes(deps))
    .route('/', campaignRoutes(deps))
    .route('/', visitRoutes(deps))
    .route('/', premisesRoutes(deps))
    .route('/', fireWatchRoutes(deps))
    .route('/', smokeAlarmRoutes(deps))
}
