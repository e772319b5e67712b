import type { LngLat } from '../shared/geojson.ts'
import type { DutyCoverage, DutyLoad } from './duty-analysis.schema.ts'

/** Something that a role is to look after, and who does. */
export interface DutyTarget {
  layer: string
  id: number
  code: string | null
  name: string | null
  /** null: no figure */
  households: number | null
  buildings: number
  /** 0 where it has none to look after */
  squareMetres: number
  lngLat: LngLat
  holders: string[]
}

export interface LoadLimits {
  targets: number
  households: number | null
}

/** Loads of whoever holds any of it, the heaviest first; what two hold counts for both. */
export function loadsOf(targets: readonly DutyTarget[], limits: LoadLimits): DutyLoad[] {
  const loads = new Map<string, DutyLoad>()
  for (const { holders, households, buildings, squareMetres } of targets)
    for (const holder of holders) {
      const load = loads.get(holder) ?? {
        holder,
        targets: 0,
        households: 0,
        buildings: 0,
        squareMetres: 0,
        spreadMetres: null,
        isOver: false,
      }
      load.targets += 1
      load.households += households ?? 0
      load.buildings += buildings
      load.squareMetres += squareMetres
      load.isOver =
        load.targets > limits.targets || load.households > (limits.households ?? Number.POSITIVE_INFINITY)
      loads.set(holder, load)
    }
  return [...loads.values()].sort(
    (a, b) => b.households - a.households || b.targets - a.targets || (a.holder < b.holder ? -1 : 1),
  )
}

/** What nobody looks after, and how evenly the rest is shared out. */
export function sumDuties(
  role: DutyCoverage['role'],
  layer: string,
  targets: readonly DutyTarget[],
  limits: LoadLimits,
): DutyCoverage {
  const loads = loadsOf(targets, limits)
  const uncovered = targets.filter(({ holders }) => holders.length === 0)
  const counts = loads.map(({ targets }) => targets)
  const homes = loads.map(({ households }) => households)
  return {
    role,
    layer,
    targets: targets.length,
    covered: targets.length - uncovered.length,
    gaps: uncovered.length,
    several: targets.filter(({ holders }) => holders.length > 1).length,
    households: householdsIn(targets),
    householdsUncovered: householdsIn(uncovered),
    holders: loads.length,
    meanTargets: mean(counts),
    maxTargets: Math.max(0, ...counts),
    meanHouseholds: mean(homes),
    maxHouseholds: Math.max(0, ...homes),
    imbalance: imbalanceOf(loads),
    loads,
  }
}

/** Most ÷ mean by households, or by number where nobody has any; null when there is nobody. */
export function imbalanceOf(loads: readonly Pick<DutyLoad, 'households' | 'targets'>[]): number | null {
  const homes = loads.map(({ households }) => households)
  const of = homes.some((households) => households > 0) ? homes : loads.map(({ targets }) => targets)
  const middle = mean(of)
  return middle === null || middle === 0 ? null : Math.max(...of) / middle
}

const householdsIn = (targets: readonly DutyTarget[]): number =>
  targets.reduce((sum, { households }) => sum + (households ?? 0), 0)

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
