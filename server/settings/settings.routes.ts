import type { Deps } from '../platform/deps.ts'
import { router } from '../platform/route.ts'

export function settingsRoutes(_deps: Deps) {
  return router()
}
