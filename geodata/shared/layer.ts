import type { z } from 'zod'
import type { GeometryType } from './geojson.ts'

export const LAYER_IDS = [
  'communities',
  'grids',
  'micro-grids',
  'buildings',
  'zones',
  'landcover',
  'roads',
  'facilities',
  'checkpoints',
  'hazards',
] as const
export type LayerId = (typeof LAYER_IDS)[number]

/** One layer of the model. The server's API, import, export and tiles and the client's lists are driven by these. */
export interface LayerDefinition {
  id: LayerId
  /** Name for people. */
  title: { zh: string; en: string }
  /** What one feature of it is called. */
  noun: { zh: string; en: string }
  geometry: GeometryType
  /** Properties a client may write. A strict object; keys are the wire names (camelCase), also used in GeoJSON files. */
  input: z.ZodObject
  /** Further properties that the server derives; never written by a client. */
  derived: z.ZodObject
  /** Which property the list filters `kind` and `state` look at. */
  kindProperty?: string
  stateProperty?: string
  /** Properties that only the history of a feature sets: an edit leaves them out, or gives them as they are. */
  historyProperties?: string[]
  /** The time that a period (`from`, `to`) looks at. */
  timeProperty: string
  /** Properties joined into the text that search looks through (pinyin and initials are added). */
  searchProperties: string[]
  /** Properties carried in vector tiles, besides the feature id. */
  tileProperties: string[]
  /** Lowest zoom at which the layer has tiles. */
  minZoom: number
}
