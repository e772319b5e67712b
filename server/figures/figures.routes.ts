import { z } from '@hono/zod-openapi'
import { FACILITY_KINDS, type FacilityKind } from '../../geodata/facilities/facility.schema.ts'
import {
  coverageRowSchema,
  hazardFiguresSchema,
  patrolFiguresSchema,
} from '../../geodata/figures/figures.schema.ts'
import { CELL_LAYERS } from '../../geodata/shared/codes.ts'
import type { Deps } from '../platform/deps.ts'
import { jsonAnswers } from '../platform/json.ts'
import { route, router } from '../platform/route.ts'
import { readCoverage, readHazardFigures, readPatrolFigures } from './figures.store.ts'
import { indicatorRoutes } from './indicator.routes.ts'
import { rankingRoutes } from './ranking.routes.ts'

const cells = z.enum(CELL_LAYERS).default('grids').describe('Cells to break the figures down by')

/** Figures over the whole area and by cell, each with what it is to be divided by. */
export function figureRoutes(deps: Deps) {
  const { database } = deps
  const tags = ['Figures']
  return router()
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/figures/hazards',
        tags,
        permission: 'read',
        summary: 'Hazards against their deadlines',
        request: { query: z.strictObject({ cells }) },
        responses: jsonAnswers(
          'The figures; cells without an open hazard are left out, the worst come first',
          hazardFiguresSchema,
        ),
      }),
      async (context) =>
        context.json(
          await readHazardFigures(
            database.read,
            context.req.valid('query').cells,
            context.var.identity.reach,
          ),
        ),
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/figures/patrols',
        tags,
        permission: 'read',
        summary: 'What the norms of the checkpoints ask for in a day',
        request: { query: z.strictObject({ cells }) },
        responses: jsonAnswers(
          'The figures; cells without a checkpoint are left out, the most visits come first',
          patrolFiguresSchema,
        ),
      }),
      async (context) =>
        context.json(
          await readPatrolFigures(
            database.read,
            context.req.valid('query').cells,
            context.var.identity.reach,
          ),
        ),
    )
    .openapi(
      route({
        method: 'get',
        path: '/api/v1/figures/coverage',
        tags,
        permission: 'read',
        summary: 'Facilities of a kind by cell, beside the households',
        request: {
          query: z.strictObject({
            kind: z.enum(Object.keys(FACILITY_KINDS) as [FacilityKind, ...FacilityKind[]]),
            cells,
          }),
        },
        responses: jsonAnswers(
          'Every cell (at most 5,000), those with the fewest for their households first',
          z.object({ cells: z.array(coverageRowSchema) }),
        ),
      }),
      async (context) => {
        const { kind, cells } = context.req.valid('query')
        return context.json({
          cells: [...(await readCoverage(database.read, kind, cells, context.var.identity.reach))],
        })
      },
    )
    .route('/', indicatorRoutes(deps))
    .route('/', rankingRoutes(deps))
}
