import { z } from 'zod'
import { bbox, layerId, lngLat } from '../shared/wire.schema.ts'

/** A step of the hierarchy. */
export const placeNameSchema = z
  .object({ layer: layerId, id: z.int(), code: z.string(), name: z.string() })
  .meta({ id: 'PlaceName' })
export type PlaceName = z.infer<typeof placeNameSchema>

/** A cell or building: where it is, what holds it and what it holds. */
export const placeSchema = z.object({
  layer: layerId,
  id: z.int(),
  code: z.string(),
  name: z.string().nullable(),
  center: lngLat,
  bbox,
  ancestors: z.array(placeNameSchema).describe('Community first'),
  children: z
    .array(z.object({ layer: layerId, count: z.int() }))
    .describe('Direct children by layer; empty ones are left out'),
  counts: z.object({
    buildings: z.int(),
    households: z
      .int()
      .nullable()
      .describe('Sum over buildings with a figure; null: there are buildings, none has one'),
    population: z.int().nullable(),
    householdsUnknown: z.int().describe('Buildings without a figure of households'),
    facilities: z.int(),
    checkpoints: z.int(),
    hazardsOpen: z.int(),
  }),
})
export type Place = z.infer<typeof placeSchema>

/** The cells that cover a point. */
export const cellsAtSchema = z.object({
  community: placeNameSchema.nullable(),
  grid: placeNameSchema.nullable(),
  microGrid: placeNameSchema.nullable(),
})
export type CellsAt = z.infer<typeof cellsAtSchema>
