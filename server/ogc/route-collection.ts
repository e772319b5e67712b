import { PATROL_ROUTES } from '../../geodata/patrols/patrol-routes.ts'
import { patrolRoutesSchema } from '../../geodata/patrols/route.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Identity } from '../access/identity.ts'
import { countRoutes, listRoutes, type RouteFilter } from '../patrols/route.store.ts'
import { routeExtent } from '../patrols/route-tile.store.ts'
import type { Database } from '../platform/database.ts'
import { toDegrees } from '../tiles/tilejson.ts'
import { type ItemsFilter, MOST_SHAPES, type OgcCollection } from './collection.ts'

/** The ways of rounds that were handed out. */
export function routeCollection(
  { reach }: Pick<Identity, 'reach'>,
  { database: { sql, read } }: { database: Database },
): OgcCollection {
  const { id, title, noun } = PATROL_ROUTES
  return {
    id,
    title: `${title.zh} · ${title.en}`,
    description:
      '已发布巡查的路线，datetime 按 from 至 to 筛选 · Ways of patrols that were handed out; datetime filters by from and to',
    parameters: {},
    feature: patrolRoutesSchema.shape.features.element,
    async extent() {
      const box = await routeExtent(sql, reach)
      return box && toDegrees(box)
    },
    async list(filter, { limit, after }) {
      const page = { limit: Math.min(limit, MOST_SHAPES), after }
      const { features, next } = await listRoutes(read, reach, { ...toFilter(filter), ...page })
      return { features, next: next === null ? undefined : Number(next) }
    },
    count: (filter) => countRoutes(read, reach, toFilter(filter)),
    async get(routeId) {
      const [found] = (await listRoutes(sql, reach, { id: routeId, limit: 1, after: 0 })).features
      if (found) return found
      throw new Problem(
        'not-found',
        `There is no ${noun.en.toLowerCase()} ${routeId}. It may have been deleted.`,
      )
    },
  }
}

const toFilter = ({ bbox, from, to }: ItemsFilter): RouteFilter => ({ bbox, from, to })
