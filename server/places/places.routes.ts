import { z } from '@hono/zod-openapi'
import { cellsAtSchema, placeSchema } from '../../geodata/places/place.schema.ts'
import { topologyFindingSchema } from '../../geodata/places/topology.schema.ts'
import { countsSchema, workspaceSchema } from '../../geodata/places/workspace.schema.ts'
import { searchResultSchema } from '../../geodata/search/search.schema.ts'
import { text } from '../../geodata/shared/fields.ts'
import { countsParameters, idParameter } from '../features/feature.schema.ts'
import { timeParameter } from '../history/time-parameter.ts'
import { basemapOf } from '../platform/basemap.routes.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers } from '../platform/json.ts'
import { signalOf } from '../platform/limits.ts'
import { route, router } from '../platform/route.ts'
import { readSettings } from '../settings/settings.store.ts'
import { readCellsAt, readPlace } from './place.store.ts'
import { searchFeatures } from './search.store.ts'
import { readTopology } from './topology.store.ts'
import { countFeatures, readWorkspace } from './workspace.store.ts'

/** What the dashboard asks beyond single layers: the whole, counts in view, search, places by code, topology. */
export function placeRoutes({ database, env }: Deps) {
  const tags = ['Places']
  return router()
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/workspace',
        tags,
        permission: 'read',
        summary: 'What the database holds, where, whose it is and how fresh',
        responses: jsonAnswers('The workspace', workspaceSchema),
      }),
      async (context) => {
        const { values } = await readSettings(database.read, env)
        return context.json({
          ...(await readWorkspace(database.read, context.var.identity.reach)),
          name: values.areaName,
          engine: database.engine,
          basemap: env.basemap ? basemapOf(env.basemap) : null,
          reviewNumber: values.reviewNumber,
        })
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/counts',
        tags,
        permission: 'read',
        summary: 'Features of each layer, all or those that a filter leaves',
        request: { query: countsParameters },
        responses: jsonAnswers(
          'The counts. A layer that cannot be asked what the filter asks, such as communities in a grid, has none',
          countsSchema,
        ),
      }),
      async (context) =>
        context.json(
          await countFeatures(database.read, context.req.valid('query'), context.var.identity.reach),
        ),
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/search',
        tags,
        permission: 'read',
        summary: 'Search names, codes and addresses, by pinyin and initials too',
        request: {
          query: z.strictObject({
            q: text(100).min(1),
            limit: z.coerce.number().int().min(1).max(100).default(20),
          }),
        },
        responses: jsonAnswers(
          'The best matches first',
          z.object({
            results: z.array(searchResultSchema),
          }),
        ),
      }),
      async (context) => {
        const { q, limit } = context.req.valid('query')
        return context.json({
          results: await searchFeatures(database.read, q, limit, context.var.identity.reach),
        })
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/places/{code}',
        tags,
        permission: 'read',
        summary: 'A cell or building by its code: what holds it and what it holds',
        request: { params: z.object({ code: text(40) }) },
        responses: jsonAnswers('The place', placeSchema),
      }),
      async (context) => {
        const { reach } = context.var.identity
        return context.json(await readPlace(database.read, context.req.valid('param').code, reach))
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/cells',
        tags,
        permission: 'read',
        summary: 'The community, grid and micro-grid at a point',
        request: {
          query: z.strictObject({
            lng: z.coerce.number().min(-180).max(180),
            lat: z.coerce.number().min(-90).max(90),
            time: timeParameter.optional().describe('The cells in force then; left out: now'),
          }),
        },
        responses: jsonAnswers('The cells; null where none covers the point', cellsAtSchema),
      }),
      async (context) => {
        const { lng, lat, time } = context.req.valid('query')
        return context.json(await readCellsAt(database.read, [lng, lat], context.var.identity.reach, time))
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/communities/{id}/topology',
        heavy: true,
        seconds: 60,
        tags,
        permission: 'read',
        summary: 'Gaps, overlaps, strays and invalid shapes of a community',
        request: {
          params: idParameter,
          query: z.strictObject({
            toleranceSquareMetres: z.coerce.number().min(0).max(1_000_000).default(1),
          }),
        },
        responses: jsonAnswers(
          'The findings, worst first within each kind',
          z.object({
            toleranceSquareMetres: z.number(),
            findings: z.array(topologyFindingSchema),
          }),
        ),
      }),
      async (context) => {
        const { toleranceSquareMetres } = context.req.valid('query')
        const findings = await readTopology(
          database.read,
          context.req.valid('param').id,
          toleranceSquareMetres,
          context.var.identity.reach,
          signalOf(context),
        )
        return context.json({ toleranceSquareMetres, findings })
      },
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/zone-layers',
        tags,
        permission: 'read',
        summary: 'The divisions that zones belong to',
        responses: jsonAnswers(
          'The zone layers',
          z.object({ zoneLayers: z.array(z.object({ code: z.string(), zh: z.string(), en: z.string() })) }),
        ),
      }),
      async (context) => {
        const rows = await database.read<{ code: string; zh: string; en: string }[]>`
          SELECT code, title_zh AS zh, title_en AS en FROM zone_layer ORDER BY code`
        return context.json({ zoneLayers: [...rows] })
      },
    )
}
