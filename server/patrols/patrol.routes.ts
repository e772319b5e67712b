import type { Network } from '../network/network.ts'
import type { Deps } from '../platform/deps.ts'
import type { JobRunner } from '../platform/jobs.ts'
import { router } from '../platform/route.ts'
import { dueRoutes } from './due.routes.ts'
import { planExportRoutes } from './export.routes.ts'
import { createGenerator } from './generate.ts'
import { jobRoutes } from './job.routes.ts'
import { normRoutes } from './norm.routes.ts'
import { planRoutes } from './plan.routes.ts'
import { planJobRoutes } from './plan-job.routes.ts'
import { routeRoutes } from './route.routes.ts'
import { versionRoutes } from './version.routes.ts'
import { weekRoutes } from './week.routes.ts'

/** Norms, what is due, and plans of patrols. */
export function patrolRoutes(deps: Deps, network: Network, jobs: JobRunner) {
  const generator = createGenerator(deps.database.sql, network, jobs)
  return router()
    .route('/', normRoutes(deps))
    .route('/', dueRoutes(deps))
    .route('/', planRoutes(deps, network))
    .route('/', versionRoutes(deps))
    .route('/', jobRoutes(deps, generator))
    .route('/', weekRoutes(deps, network, generator))
    .route('/', planJobRoutes(deps))
    .route('/', planExportRoutes(deps, network))
    .route('/', routeRoutes(deps))
}
