import type { Deps } from '../platform/deps.ts'
import { router } from '../platform/route.ts'
import { alarmRoutes } from './alarm.routes.ts'
import { layoutRoutes } from './layout.routes.ts'
import { openWallRoutes } from './open-wall.routes.ts'
import { pictureRoutes } from './picture.routes.ts'
import { createPictures } from './pictures.ts'
import { sourceRoutes } from './source.routes.ts'

/** Wall screens. */
export function wallRoutes(deps: Deps) {
  const pictures = createPictures(deps)
  return router()
    .route('/', pictureRoutes(deps, pictures))
    .route('/', alarmRoutes(deps, pictures))
    .route('/', layoutRoutes(deps))
    .route('/', openWallRoutes(deps))
    .route('/', sourceRoutes(deps))
}
