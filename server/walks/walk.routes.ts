import type { Network } from '../network/network.ts'
import type { Deps } from '../platform/deps.ts'
import { router } from '../platform/route.ts'
import { fieldRoutes } from './field.routes.ts'
import { reviewRoutes } from './review.routes.ts'
import { uploadRoutes } from './upload.routes.ts'

/** Walking the rounds that were handed out, and what was walked. */
export function walkRoutes(deps: Deps, network: Network) {
  return router()
    .route('/', fieldRoutes(deps, network))
    .route('/', uploadRoutes(deps, network))
    .route('/', reviewRoutes(deps, network))
}
