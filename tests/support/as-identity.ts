import { type Identity, OPEN } from '../../server/access/identity.ts'
import { type Router, router } from '../../server/platform/route.ts'

/** Routes on their own, without the app around them, asked by someone who may do everything. */
export const asAdministrator = (routes: Router): Router => asIdentity(OPEN, routes)

function asIdentity(identity: Identity, routes: Router): Router {
  const app = router()
  app.use(async (context, next) => {
    context.set('identity', identity)
    await next()
  })
  app.route('/', routes)
  return app
}
