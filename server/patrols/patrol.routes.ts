import type { Deps } from '../platform/deps.ts'
import { router } from '../platform/route.ts'
import { dueRoutes } from './due.routes.ts'
import { normRoutes } from './norm.routes.ts'
import { planRoutes } from './plan.routes.ts'
import { versionRoutes } from './version.routes.ts'

/** Norms, what is due, and plans of patrols. */
export function patrolRoutes(deps: Deps) {
  return router()
    .route('/', normRoutes(deps))
    .route('/', dueRoutes(deps))
    .route('/', planRoutes(deps))
    .route('/', versionRoutes(deps))
}
