import type { LayerId } from '../../geodata/shared/layer.ts'
import { facilityFacts } from '../facilities/facility.facts.ts'
import { facilityLayer } from '../facilities/facility.layer.ts'
import { facilityLegend } from '../facilities/facility.legend.ts'
import { hazardFacts } from '../hazards/hazard.facts.ts'
import { hazardLayer } from '../hazards/hazard.layer.ts'
import { hazardLegend } from '../hazards/hazard.legend.ts'
import type { LayerModule } from '../map/layer-module.ts'
import { checkpointFacts } from '../patrols/checkpoint.facts.ts'
import { checkpointLayer } from '../patrols/checkpoint.layer.ts'
import { checkpointLegend } from '../patrols/checkpoint.legend.ts'
import { buildingLayer } from '../places/building.layer.ts'
import { cellLayers } from '../places/cell.layers.ts'
import { landcoverLayer } from '../places/ground.layer.ts'
import { buildingFacts, cellFacts, landcoverFacts, roadFacts, zoneFacts } from '../places/place.facts.ts'
import {
  buildingLegend,
  communityLegend,
  gridLegend,
  landcoverLegend,
  microGridLegend,
  roadLegend,
  zoneLegend,
} from '../places/place.legends.ts'
import { roadLayer } from '../places/road.layer.ts'
import type { Facts } from '../ui/facts.ts'
import type { Legend } from '../ui/legend.tsx'

/** In drawing order: the last one is on top and answers a click first. */
export const MODULES: LayerModule[] = [
  landcoverLayer,
  roadLayer,
  ...cellLayers,
  buildingLayer,
  facilityLayer,
  checkpointLayer,
  hazardLayer,
]

export const LEGENDS: Record<LayerId, Legend> = {
  communities: communityLegend,
  grids: gridLegend,
  'micro-grids': microGridLegend,
  zones: zoneLegend,
  buildings: buildingLegend,
  landcover: landcoverLegend,
  roads: roadLegend,
  facilities: facilityLegend,
  checkpoints: checkpointLegend,
  hazards: hazardLegend,
}

export const FACTS: Record<LayerId, Facts> = {
  communities: cellFacts,
  grids: cellFacts,
  'micro-grids': cellFacts,
  zones: zoneFacts,
  buildings: buildingFacts,
  landcover: landcoverFacts,
  roads: roadFacts,
  facilities: facilityFacts,
  checkpoints: checkpointFacts,
  hazards: hazardFacts,
}

/** How the layer list is grouped, top to bottom. */
export const LAYER_GROUPS = [
  { title: 'panel.points', layers: ['hazards', 'checkpoints', 'facilities'] },
  { title: 'panel.cells', layers: ['communities', 'grids', 'micro-grids', 'zones'] },
  { title: 'panel.base', layers: ['buildings', 'roads', 'landcover'] },
] as const satisfies { title: string; layers: LayerId[] }[]
