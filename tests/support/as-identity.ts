import { type Router, router } from '../../server/platform/route.ts'
import { ADMINISTRATOR, askedBy } from './administrator.ts'

/** Routes on their own, without the app around them, asked by someone who may do everything. */
export function asAdministrator(routes: Router): Router {
  const app = router()
  app.use(askedBy(ADMINISTRATOR))
  app.route('/', routes)
  return app
}
