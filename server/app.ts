import type { MiddlewareHandler } from 'hono'
import { Problem } from '../geodata/shared/problem.ts'
import type { AppEnv } from './access/app-env.ts'
import { identify } from './access/identify.ts'
import { oidcRoutes } from './access/oidc.routes.ts'
import { openAccess } from './access/open-access.ts'
import { peopleRoutes } from './access/people.routes.ts'
import { sessionRoutes } from './access/session.routes.ts'
import { tokenRoutes } from './access/token.routes.ts'
import { auditRoutes } from './audit/audit.routes.ts'
import { allCampaignRoutes } from './campaigns/all.routes.ts'
import { caseRoutes } from './cases/case.routes.ts'
import { ANALYSIS_KIND_LIST } from './coverage/analysis-kinds.ts'
import { coverageRoutes } from './coverage/coverage.routes.ts'
import { demoRoutes } from './demo/demo.routes.ts'
import { dispatchRoutes } from './dispatch/dispatch.routes.ts'
import { dutyRoutes } from './duties/duty.routes.ts'
import { changeRoutes } from './editing/change.routes.ts'
import { exportRoutes } from './exchange/export.routes.ts'
import { importRoutes } from './exchange/import.routes.ts'
import { featureRoutes } from './features/feature.routes.ts'
import { figureRoutes } from './figures/figures.routes.ts'
import { historyRoutes } from './history/history.routes.ts'
import { eventRoutes } from './live/event.routes.ts'
import { networkRoutes } from './network/network.routes.ts'
import { createNetwork } from './network/network.ts'
import { noteRoutes } from './notes/note.routes.ts'
import { ogcRoutes } from './ogc/ogc.routes.ts'
import { patrolRoutes } from './patrols/patrol.routes.ts'
import { placeRoutes } from './places/places.routes.ts'
import { basemapRoutes } from './platform/basemap.routes.ts'
import type { Deps } from './platform/deps.ts'
import { addDocs } from './platform/docs.routes.ts'
import { guardOrigin } from './platform/guard.ts'
import { healthRoutes } from './platform/health.routes.ts'
import { createJobs } from './platform/jobs.ts'
import { limits } from './platform/limits.ts'
import { createLog } from './platform/log.ts'
import { metricsRoutes } from './platform/metrics.routes.ts'
import { createMetrics } from './platform/metrics.ts'
import { observe } from './platform/observe.ts'
import { problemResponse } from './platform/problem.ts'
import { router } from './platform/route.ts'
import { settingsRoutes } from './settings/settings.routes.ts'
import { tileRoutes } from './tiles/tile.routes.ts'
import { createTileService } from './tiles/tile-service.ts'
import { viewRoutes } from './views/view.routes.ts'
import { walkRoutes } from './walks/walk.routes.ts'
import { wallRoutes } from './walls/wall.routes.ts'

/** The whole HTTP interface over a set of parts; no state of its own. `who` finds out who asks; tests put someone in its place. */
export function createApp(
  deps: Deps,
  who?: MiddlewareHandler<AppEnv>,
  tiles = createTileService(deps),
  network = createNetwork(deps),
  kinds = ANALYSIS_KIND_LIST,
) {
  const access = openAccess(deps)
  const metrics = createMetrics(deps, tiles.cache)
  const jobs = createJobs(deps.log)
  const app = router()
  app.onError((error, context) => problemResponse(context, error))
  app.notFound((context) =>
    problemResponse(context, new Problem('not-found', `There is nothing at ${context.req.path}.`)),
  )
  app.use(observe(deps.env, deps.log ?? createLog(deps.env.logLevel), metrics.answered))
  app.use(guardOrigin(deps.env))
  const findOut = who ?? identify(access)
  // The parts of the page are for anyone, and many: nobody is looked up for them.
  app.use((context, next) => (context.req.path.startsWith('/assets/') ? next() : findOut(context, next)))
  app.use(limits(deps.env.limits))
  app
    .route('/', healthRoutes(deps))
    .route('/', metricsRoutes(metrics))
    .route('/', sessionRoutes(access))
    .route('/', oidcRoutes(access))
    .route('/', peopleRoutes(access))
    .route('/', tokenRoutes(access))
    .route('/', auditRoutes(deps))
    .route('/', placeRoutes(deps))
    .route('/', figureRoutes(deps))
    .route('/', eventRoutes(deps))
    .route('/', historyRoutes(deps))
    .route('/', featureRoutes(deps))
    .route('/', changeRoutes(deps))
    .route('/', noteRoutes(deps))
    .route('/', caseRoutes(deps))
    .route('/', dutyRoutes(deps))
    .route('/', dispatchRoutes(deps))
    .route('/', allCampaignRoutes(deps))
    .route('/', networkRoutes(deps, network))
    .route('/', coverageRoutes(deps, network, jobs, kinds))
    .route('/', patrolRoutes(deps, network, jobs))
    .route('/', walkRoutes(deps, network))
    .route('/', wallRoutes(deps))
    .route('/', viewRoutes(deps))
    .route('/', settingsRoutes(deps))
    .route('/', tileRoutes(deps, tiles))
    .route('/', ogcRoutes(deps, tiles.extents))
    .route('/', importRoutes(deps))
    .route('/', demoRoutes(deps))
    .route('/', exportRoutes(deps))
    .route('/', basemapRoutes(deps))
  addDocs(app)
  return app
}
