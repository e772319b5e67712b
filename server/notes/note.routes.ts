import type { Deps } from '../platform/deps.ts'
import { router } from '../platform/route.ts'

export function noteRoutes(_deps: Deps) {
  return router()
}
