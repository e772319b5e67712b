import type { Deps } from '../platform/deps.ts'
import { router } from '../platform/route.ts'
import { departmentRoutes } from './department.routes.ts'
import { hotlineRoutes } from './hotline/hotline.routes.ts'
import { owedRoutes } from './owed.routes.ts'
import { whistleRoutes } from './whistle.routes.ts'

/** Departments, whistles and hotline orders. */
export const dispatchRoutes = (deps: Deps) =>
  router()
    .route('/', departmentRoutes(deps))
    .route('/', whistleRoutes(deps))
    .route('/', hotlineRoutes(deps))
    .route('/', owedRoutes(deps))
