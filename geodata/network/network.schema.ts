import { z } from 'zod'
import { bbox, lngLat } from '../shared/wire.schema.ts'

export const MOST_PATH_POINTS = 500
export const MOST_MATRIX_POINTS = 200
export const MOST_PARTS = 200
/** How far from a street a place may be, straight. */
export const MAX_REACH_METRES = 1000

const place = z
  .tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)])
  .meta({ description: 'lng, lat; degrees, EPSG:4326', minItems: 2, maxItems: 2 })
const withinMetres = z
  .number()
  .positive()
  .max(MAX_REACH_METRES)
  .default(100)
  .describe('How far from a street a place may be, straight')

export const legKind = z.enum(['street', 'free'])

/** `legs`: how each place is reached from the one before; left out: all along streets. */
export const pathsRequest = z
  .strictObject({
    points: z.array(place).min(2).max(MOST_PATH_POINTS),
    legs: z.array(legKind).optional(),
    withinMetres,
  })
  .refine(({ points, legs }) => !legs || legs.length === points.length - 1, {
    path: ['legs'],
    message: 'expected one fewer than there are points',
  })

export const matrixRequest = z.strictObject({
  from: z.array(place).min(1).max(MOST_MATRIX_POINTS),
  to: z.array(place).min(1).max(MOST_MATRIX_POINTS).optional().describe('Left out: the same as from'),
  withinMetres,
})

export const snappedPlaceSchema = z
  .object({
    lngLat: lngLat.describe('On the street'),
    distanceMetres: z.number().describe('Straight, from the place to the street'),
    part: z.int().describe('Which connected part of the network, 0 being the largest'),
  })
  .meta({ id: 'SnappedPlace' })
const snapped = z.array(snappedPlaceSchema.nullable()).describe('null: no street near enough')
const networkVersion = z.int().describe('The event of roads up to which the network is known to be true')

export const pathLegSchema = z
  .object({
    metres: z
      .number()
      .nullable()
      .describe('With the straight ways between place and street at both ends; null: there is no way'),
    coordinates: z.array(lngLat).describe('From place to place; a straight line where there is no way'),
    free: z.boolean(),
    way: z.boolean(),
  })
  .meta({ id: 'PathLeg' })
export const pathsSchema = z.object({ legs: z.array(pathLegSchema), snapped, networkVersion })

export const matrixSchema = z.object({
  metres: z
    .array(z.array(z.number().nullable()))
    .describe('By place of from, then of to; with the ways to the streets; null: there is no way'),
  from: snapped,
  to: snapped,
  networkVersion,
})

/** Of all metres: parts up to this are drawn, larger ones are towns of their own. */
export const SMALL_SHARE = 0.1
const streetPart = {
  part: z.int().describe('Its place by size in the whole network, 0 being the largest'),
  metres: z.number(),
  share: z.number().describe('Of all metres, 0 to 1'),
  bbox,
}
export const networkSchema = z.object({
  version: networkVersion,
  edges: z.int().describe('Stretches of streets between crossings and ends'),
  metres: z.number(),
  partsTotal: z.int(),
  parts: z
    .array(z.object(streetPart))
    .describe(`Parts between which no street leads, the largest first; at most ${MOST_PARTS}`),
})

export const streetPartsSchema = z.object({
  type: z.literal('FeatureCollection'),
  version: networkVersion,
  partsTotal: z.int(),
  features: z
    .array(
      z.object({
        type: z.literal('Feature'),
        id: z.int(),
        geometry: z.object({ type: z.literal('MultiLineString'), coordinates: z.array(z.array(lngLat)) }),
        properties: z.object({ ...streetPart, roadIds: z.array(z.int()) }),
      }),
    )
    .describe(`All but the largest, up to a tenth of all metres each; at most ${MOST_PARTS}`),
})

export type LegKind = z.infer<typeof legKind>
export type SnappedPlace = z.infer<typeof snappedPlaceSchema>
export type PathLeg = z.infer<typeof pathLegSchema>
export type Paths = z.infer<typeof pathsSchema>
export type Matrix = z.infer<typeof matrixSchema>
export type NetworkFigures = z.infer<typeof networkSchema>
export type StreetPartFeatures = z.infer<typeof streetPartsSchema>
