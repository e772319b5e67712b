import type { IncomingFeature } from '../shared/feature.ts'
import type { LayerId } from '../shared/layer.ts'
import { buildTown } from './build-town.ts'
import { writeCells } from './write-cells.ts'
import { writeCheckpoints } from './write-checkpoints.ts'
import { writeFacilities } from './write-facilities.ts'
import { writeLandcover, writeRoads } from './write-ground.ts'
import { writeHazards } from './write-hazards.ts'
import { writeZones } from './write-zones.ts'

export interface DemoOptions {
  /** Same seed, size and time: identical output. */
  seed?: number
  /** About how many buildings; 250 to 300,000. A sub-district has about 3,000; more of them stand side by side. */
  buildings?: number
  /** ISO date-time that hazards' times are counted back from. */
  nowIso?: string
}

export type DemoLayers = Record<LayerId, IncomingFeature[]>

/**
 * A fictional Chinese sub-district, division code 990101001 (there is no province 99). WGS 84 longitude and latitude,
 * degrees with 7 decimals; source ids are `demo:<layer>/<number>`. Pure and deterministic.
 */
export function generateDemo(options: DemoOptions = {}): DemoLayers {
  const { seed = 1, buildings = 3000, nowIso = '2026-01-01T00:00:00Z' } = options
  const town = buildTown(seed, buildings)
  const { layers, placed } = writeCells(town)
  return {
    ...layers,
    zones: writeZones(town),
    landcover: writeLandcover(town),
    roads: writeRoads(town),
    facilities: writeFacilities(town, placed, nowIso),
    checkpoints: writeCheckpoints(town, placed),
    hazards: writeHazards(town, placed, nowIso),
  }
}
