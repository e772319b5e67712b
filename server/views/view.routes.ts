import type { Deps } from '../platform/deps.ts'
import { router } from '../platform/route.ts'

export function viewRoutes(_deps: Deps) {
  return router()
}
