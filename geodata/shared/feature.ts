import type { z } from 'zod'
import type { Geometry } from './geojson.ts'
import type { storedFeatureSchema } from './wire.schema.ts'

/** How the source ids of invented features begin: nothing else makes a row demo data. */
export const DEMO_ID = 'demo:'

/** A feature on its way in: from a file, the demo generator or the API. Properties satisfy the layer's input schema. */
export interface IncomingFeature {
  /** Stable identity at its source, e.g. `osm:way/123`, `demo:building/7`; the key by which an import finds it again. */
  sourceId: string
  geometry: Geometry
  properties: Record<string, unknown>
  /** The version that the file was made from, where it says so (exports do): a row that has moved on is kept. */
  basedOn?: number
}

export type StoredFeature = z.infer<typeof storedFeatureSchema>
