import { z } from 'zod'
import type { Geometry } from './geojson.ts'
import { LAYER_IDS } from './layer.ts'

/** Parts that the answers of several routes share; `meta` gives a part its name in the API's document. */
export const layerId = z.enum(LAYER_IDS)
export const lngLat = z.tuple([z.number(), z.number()]).meta({ minItems: 2, maxItems: 2 })
export const bbox = z
  .tuple([z.number(), z.number(), z.number(), z.number()])
  .meta({ description: 'west, south, east, north; degrees', minItems: 4, maxItems: 4 })

/** A feature as the API and exports give it, whatever its layer. `version` is what If-Match expects, as a quoted string. */
export const storedFeatureSchema = z
  .object({
    type: z.literal('Feature'),
    id: z.int(),
    version: z.int(),
    geometry: z.custom<Geometry | null>().meta({ type: 'object' }),
    properties: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'StoredFeature' })
