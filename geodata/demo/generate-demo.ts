import type { CaseRules } from '../hazards/limits.ts'
import { workingCalendar } from '../hazards/working-calendar.ts'
import type { IncomingFeature } from '../shared/feature.ts'
import type { LayerId } from '../shared/layer.ts'
import { buildTown } from './build-town.ts'
import { findHazards } from './find-hazards.ts'
import { type DemoCase, writeCases } from './write-cases.ts'
import { writeCells } from './write-cells.ts'
import { writeCheckpoints } from './write-checkpoints.ts'
import { type DemoDepartment, writeDepartments } from './write-departments.ts'
import { writeFacilities } from './write-facilities.ts'
import { writeLandcover, writeRoads } from './write-ground.ts'
import { type DemoWhistle, writeWhistle } from './write-whistle.ts'
import { writeZones } from './write-zones.ts'

export interface DemoOptions {
  /** Same seed, size and time: identical output. */
  seed?: number
  /** About how many buildings; 250 to 300,000. A sub-district has about 3,000; more of them stand side by side. */
  buildings?: number
  /** ISO date-time that hazards' times are counted back from. */
  nowIso?: string
  /** What the clocks of cases go by; left out: no limits but the one that holds where none is, and no holidays. */
  rules?: CaseRules
}

export type DemoLayers = Record<LayerId, IncomingFeature[]>

export interface Demo {
  layers: DemoLayers
  /** Who handles cases. */
  departments: DemoDepartment[]
  /** What became of each hazard, in the order of the layer. */
  cases: DemoCase[]
  /** Departments called to one of them, where one waits long enough. */
  whistle: DemoWhistle | undefined
}

/**
 * A fictional Chinese sub-district, division code 990101001 (there is no province 99), and three months of its cases. WGS 84
 * longitude and latitude, degrees with 7 decimals; source ids are `demo:<layer>/<number>`. Pure and deterministic.
 */
export function generateDemoWithCases(options: DemoOptions = {}): Demo {
  const { seed = 1, buildings = 3000, nowIso = '2026-01-01T00:00:00Z' } = options
  const { rules = { calendar: workingCalendar([]), limits: [] } } = options
  const town = buildTown(seed, buildings)
  const { layers: cells, placed } = writeCells(town)
  const now = Date.parse(nowIso)
  const departments = writeDepartments(cells)
  const found = findHazards(town.seed, placed, cells, now)
  const { hazards, cases } = writeCases(found, departments, rules, { seed: town.seed, now })
  const layers = {
    ...cells,
    zones: writeZones(town),
    landcover: writeLandcover(town),
    roads: writeRoads(town),
    facilities: writeFacilities(town, placed, nowIso),
    checkpoints: writeCheckpoints(town, placed),
    hazards,
  }
  return { layers, departments, cases, whistle: writeWhistle(cases, departments, { seed: town.seed, now }) }
}

/** The features of the area alone. */
export const generateDemo = (options: DemoOptions = {}): DemoLayers => generateDemoWithCases(options).layers
