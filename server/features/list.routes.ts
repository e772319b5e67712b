import { z } from '@hono/zod-openapi'
import { facetsSchema, idListSchema } from '../../geodata/lists/list.schema.ts'
import { text } from '../../geodata/shared/fields.ts'
import type { LayerDefinition } from '../../geodata/shared/layer.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswer } from '../platform/json.ts'
import { type Router, route } from '../platform/route.ts'
import { readFacets } from './facets.store.ts'
import type { FeatureFilter } from './feature.filter.ts'
import { collectionSchema, filterParameters, listParameters } from './feature.schema.ts'
import { listIds, MAX_LISTED_IDS } from './ids.store.ts'
import { listFeatures } from './read.store.ts'
import { listByIds } from './rows.store.ts'
import { sortKeys } from './sort.sql.ts'

const DEFAULT_LIMIT = 100

/** What reads many features of a layer: pages, ids in order, facets. To be added before the routes by id. */
export function addListRoutes(app: Router, definition: LayerDefinition, { database }: Deps): void {
  const { id: layer } = definition
  const path = `/api/v1/${layer}`
  const tags = [definition.title.en]
  const plural = definition.title.en.toLowerCase()

  app.openapi(
    route({
      method: 'get',
      path,
      tags,
      permission: 'read',
      published: layer,
      summary: `List ${plural}`,
      request: { query: listParameters(definition) },
      responses: {
        200: jsonAnswer(
          'One page in id order, or in the order of ids, as a GeoJSON FeatureCollection',
          collectionSchema(definition),
        ),
      },
    }),
    async (context) => {
      const { limit, cursor = 0, geometry, ...rest } = context.req.valid('query')
      const filter = rest as FeatureFilter
      const page = { after: cursor, withGeometry: geometry }
      const { ids } = filter
      const { reach } = context.var.identity
      const { features, next } = ids
        ? await listByIds(database.read, layer, { ...filter, ids }, reach, {
            limit: limit ?? ids.length,
            ...page,
          })
        : await listFeatures(database.read, layer, filter, reach, { limit: limit ?? DEFAULT_LIMIT, ...page })
      return context.json({
        type: 'FeatureCollection',
        features,
        numberReturned: features.length,
        next: next === undefined ? null : String(next),
      } as never)
    },
  )

  app.openapi(
    route({
      method: 'get',
      path: `${path}/ids`,
      tags,
      permission: 'read',
      published: layer,
      summary: `Ids of ${plural} in order, for lists that fetch rows as they scroll`,
      request: {
        query: z.strictObject({
          ...filterParameters(definition),
          sort: text(60)
            .default('id')
            .describe(`${[...sortKeys(layer).keys()].join(', ')}; with - before it: descending`),
        }),
      },
      responses: {
        200: jsonAnswer(`Up to ${MAX_LISTED_IDS} ids; rows come from the list with ids=…`, idListSchema),
      },
    }),
    async (context) => {
      const { sort, ...filter } = context.req.valid('query')
      return context.json(
        await listIds(
          database.read,
          layer,
          filter as FeatureFilter,
          context.var.identity.reach,
          sort as string,
        ),
      ) as never
    },
  )

  app.openapi(
    route({
      method: 'get',
      path: `${path}/facets`,
      tags,
      permission: 'read',
      published: layer,
      summary: `How many ${plural} match, by kind, state and severity`,
      request: { query: z.strictObject(filterParameters(definition)) },
      responses: {
        200: jsonAnswer('Each facet leaves its own selection out of account', facetsSchema),
      },
    }),
    async (context) =>
      context.json(
        await readFacets(
          database.read,
          layer,
          context.req.valid('query') as FeatureFilter,
          context.var.identity.reach,
        ),
      ) as never,
  )
}
