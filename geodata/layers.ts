import { facilities } from './facilities/facility.schema.ts'
import { hazards } from './hazards/hazard.schema.ts'
import { checkpoints } from './patrols/checkpoint.schema.ts'
import { buildings } from './places/building.schema.ts'
import { communities, grids, microGrids } from './places/cells.schema.ts'
import { landcover } from './places/landcover.schema.ts'
import { roads } from './places/road.schema.ts'
import { zones } from './places/zone.schema.ts'
import type { LayerDefinition, LayerId } from './shared/layer.ts'

/** Every layer, in an order in which parents come before children. */
export const LAYERS: Record<LayerId, LayerDefinition> = {
  communities,
  grids,
  'micro-grids': microGrids,
  buildings,
  zones,
  landcover,
  roads,
  facilities,
  checkpoints,
  hazards,
}

export const isLayerId = (text: string): text is LayerId => Object.hasOwn(LAYERS, text)
