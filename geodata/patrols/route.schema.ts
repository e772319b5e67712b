import { z } from 'zod'
import { PLAN_STATE_NAMES } from './plan.schema.ts'

export const patrolRouteSchema = z.object({
  planId: z.int(),
  planVersion: z.int().describe('The one that was published'),
  name: z.string().describe('Of the plan'),
  state: z.enum(PLAN_STATE_NAMES).exclude(['draft']),
  round: z.string(),
  teamId: z.string(),
  team: z.string(),
  from: z.string(),
  to: z.string(),
  metres: z.number(),
  stops: z.int().describe('Sites to visit'),
})
export type PatrolRoute = z.infer<typeof patrolRouteSchema>

export const patrolRoutesSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(
    z.object({
      type: z.literal('Feature'),
      id: z.int(),
      geometry: z.object({ type: z.literal('LineString'), coordinates: z.array(z.array(z.number())) }),
      properties: patrolRouteSchema,
    }),
  ),
  numberReturned: z.int(),
  next: z.string().nullable(),
})
export type PatrolRoutes = z.infer<typeof patrolRoutesSchema>
