import { z } from 'zod'
import { ROAD_KINDS } from '../places/road.schema.ts'
import { lngLat } from '../shared/wire.schema.ts'

/** So far from the way of a round streets and buildings are told. */
export const AROUND_METRES = 200
export const MAX_AROUND_FEATURES = 3000
export const MAX_AROUND_BYTES = 1_000_000

const feature = z.literal('Feature')
const name = z.string().optional()

const streetSchema = z.object({
  type: feature,
  properties: z.object({ layer: z.literal('roads'), kind: z.enum(ROAD_KINDS), name }),
  geometry: z.object({ type: z.literal('LineString'), coordinates: z.array(lngLat) }),
})
const buildingSchema = z.object({
  type: feature,
  properties: z.object({ layer: z.literal('buildings'), name }),
  geometry: z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(lngLat))) }),
})

/** What a phone draws beneath a round without a network: a GeoJSON FeatureCollection, coordinates with 6 decimals. */
export const aroundSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z
    .array(z.union([streetSchema, buildingSchema]))
    .describe('Streets, then buildings, the nearest first'),
  isCut: z.boolean().describe('There is more than fits: 3,000 features, 1 MB'),
})
export type Around = z.infer<typeof aroundSchema>
export type AroundFeature = Around['features'][number]
