import type { Network } from '../network/network.ts'
import { redrawRoutes } from '../partition/redraw.routes.ts'
import type { Deps } from '../platform/deps.ts'
import type { JobRunner } from '../platform/jobs.ts'
import { router } from '../platform/route.ts'
import { analysisRoutes } from './analysis.routes.ts'
import type { AnyAnalysisKind } from './analysis-kind.ts'
import { partRoutes } from './part.routes.ts'
import { createAnalysisRunner } from './run-analysis.ts'

/** Analyses: asking, following, and what was found. */
export function coverageRoutes(
  deps: Deps,
  network: Network,
  jobs: JobRunner,
  kinds: readonly AnyAnalysisKind[],
) {
  const runner = createAnalysisRunner(deps.database.sql, network, jobs, kinds)
  return router()
    .route('/', analysisRoutes(deps, runner))
    .route('/', partRoutes(deps))
    .route('/', redrawRoutes(deps))
}
