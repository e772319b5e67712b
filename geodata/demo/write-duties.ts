import type { DutyLayer, DutyRole } from '../duties/duty.schema.ts'
import type { IncomingFeature } from '../shared/feature.ts'
import type { DemoLayers } from './generate-demo.ts'
import { createRandom, type Random } from './random.ts'

/** Who looks after what in the demo area. Holders are places with a number: no people. */
export interface DemoDuty {
  role: DutyRole
  layer: DutyLayer
  /** Of what it is held for. */
  sourceId: string
  holder: string
}

/** Micro-grids of one member of staff: a few more than others. */
const STAFF_AREAS = [7, 7, 8, 8, 8, 9]
/** One post of staff in so many is vacant. */
const VACANT_POST = 11

/**
 * Heads, staff and leaders of a demo area, with some gaps as there are everywhere. Posts are nobody's yet, so that there is
 * something to hand out. Same layers and seed: identical output.
 */
export function writeDuties(layers: DemoLayers, seed = 1): DemoDuty[] {
  const random = createRandom(seed, 9)
  const out: DemoDuty[] = []
  const add = (role: DutyRole, layer: DutyLayer, feature: IncomingFeature, holder: string) =>
    out.push({ role, layer, sourceId: feature.sourceId, holder })
  const byParent = (layer: DutyLayer, digits: number) => {
    const groups = new Map<string, IncomingFeature[]>()
    for (const feature of layers[layer]) {
      const parent = codeOf(feature).slice(0, digits)
      const group = groups.get(parent)
      if (group) group.push(feature)
      else groups.set(parent, [feature])
    }
    return groups
  }
  const gridsOf = byParent('grids', 12)
  const microsOf = byParent('micro-grids', 12)
  const buildingsOf = byParent('buildings', 17)

  let posts = 0
  for (const community of layers.communities) {
    const [code, place] = [codeOf(community), String(community.properties.name)]
    const label = (title: string, number: number, digits = 2) =>
      `${place}${title} ${String(number).padStart(digits, '0')}`
    for (const [at, grid] of (gridsOf.get(code) ?? []).entries())
      if (random.chance(0.96)) add('grid-head', 'grids', grid, label('网格长', at + 1))
    const micros = microsOf.get(code) ?? []
    let staff = 0
    for (let from = 0; from < micros.length; staff++, posts++) {
      const size = random.pick(STAFF_AREAS)
      for (const micro of micros.slice(from, from + size))
        if (posts % VACANT_POST !== 4) add('area-staff', 'micro-grids', micro, label('专职网格员', staff + 1))
      from += size
    }
    for (const [at, micro] of micros.entries()) {
      if (random.chance(0.95)) add('micro-grid-head', 'micro-grids', micro, label('微网格长', at + 1, 3))
      writeLeaders(buildingsOf.get(codeOf(micro)) ?? [], `${micro.properties.name}`, random, add)
    }
  }
  return out
}

/** A leader for one building with many homes, or for some neighbours with few; seconds are fewer. */
function writeLeaders(
  buildings: readonly IncomingFeature[],
  place: string,
  random: Random,
  add: (role: DutyRole, layer: DutyLayer, feature: IncomingFeature, holder: string) => void,
): void {
  const ENOUGH_HOMES = 60
  let [leader, homes, isVacant, hasSecond] = [0, ENOUGH_HOMES, false, false]
  for (const building of buildings) {
    const households = Number(building.properties.households ?? 0)
    if (households === 0) continue
    if (homes + households > ENOUGH_HOMES) {
      leader += 1
      homes = 0
      isVacant = random.chance(0.06)
      hasSecond = random.chance(0.8)
    }
    homes += households
    const number = String(leader).padStart(2, '0')
    if (!isVacant) add('building-leader', 'buildings', building, `${place}楼栋长 ${number}`)
    if (hasSecond) add('second-leader', 'buildings', building, `${place}第二楼长 ${number}`)
  }
}

const codeOf = ({ properties }: IncomingFeature): string => String(properties.code)
