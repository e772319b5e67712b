import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'

/**
 * Where each layer is stored. Wire names are camelCase, columns their snake_case. Every name that reaches SQL text
 * comes from these tables and the layer schemas, never from a request.
 */
const TABLES: Record<LayerId, string> = {
  communities: 'community',
  grids: 'grid',
  'micro-grids': 'micro_grid',
  buildings: 'building',
  zones: 'zone',
  landcover: 'landcover',
  roads: 'road',
  facilities: 'facility',
  checkpoints: 'checkpoint',
  hazards: 'hazard',
}

/** Column types other than text. */
const TYPES: Record<string, string> = {
  floors: 'integer',
  height_metres: 'float8',
  households: 'integer',
  population: 'integer',
  walkable: 'boolean',
  capacity: 'integer',
  works: 'jsonb',
  interval_minutes: 'integer',
  grace_minutes: 'integer',
  service_minutes: 'integer',
  time_windows: 'jsonb',
  reported_at: 'timestamptz',
  due_at: 'timestamptz',
}

export const tableOf = (layer: LayerId): string => TABLES[layer]

export const columnOf = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

export interface Column {
  /** wire name */
  property: string
  column: string
  type: string
}

/** Writable columns of a layer, in schema order. */
export const inputColumns = (layer: LayerId): Column[] =>
  Object.keys(LAYERS[layer].input.shape).map((property) => {
    const column = columnOf(property)
    return { property, column, type: TYPES[column] ?? 'text' }
  })

/** Layers whose rows carry community_id, grid_id and micro_grid_id, found by location. */
export const LOCATED_LAYERS = [
  'buildings',
  'facilities',
  'checkpoints',
  'hazards',
] as const satisfies LayerId[]
export const isLocated = (layer: LayerId): boolean => (LOCATED_LAYERS as readonly LayerId[]).includes(layer)

/** The point by which a feature's cell is found. */
export const anchorOf = (layer: LayerId): string =>
  LAYERS[layer].geometry === 'MultiPolygon' ? 'anchor' : 'geom'
