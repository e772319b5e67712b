import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'

/** Where each layer is stored. Wire names are camelCase, columns their snake_case. */
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

export const tableOf = (layer: LayerId): string => TABLES[layer]

export const columnOf = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

/** Writable columns of a layer, in schema order: [wire name, column]. */
export const inputColumns = (layer: LayerId): [property: string, column: string][] =>
  Object.keys(LAYERS[layer].input.shape).map((property) => [property, columnOf(property)])
