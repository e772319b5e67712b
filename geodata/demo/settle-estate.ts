import type { EstateStyle } from './estate.ts'
import { householdsOf, partitionRun } from './group-micros.ts'
import type { Block, MicroDraft } from './town.ts'

/**
 * Until here households are stairs. One number of floors and of homes to a landing for the whole estate, near what its
 * kind has, such that it parts into grids of about 400 households.
 */
export function settleFloors(micros: readonly MicroDraft[], style: EstateStyle): void {
  const homes = micros.flatMap((micro) => micro.buildings.filter((b) => b.use === 'residential'))
  const stairs = micros.map((micro) => {
    const own = micro.buildings.filter((b) => b.use === 'residential')
    return own.reduce((sum, b) => sum + b.households, 0)
  })
  const overShops = micros.map((micro, i) => householdsOf(micro) - stairs[i]!)
  const misfit = ([floors, landing]: readonly [number, number]) => {
    const strange = Math.abs(floors - style.floors) * 8 + Math.abs(landing - style.unitsPerFloor) * 25
    return partitionRun(stairs.map((count, i) => overShops[i]! + count * floors * landing)).cost + strange
  }
  const reach = style.sections === 0 ? 6 : style.floors > 8 ? 2 : 1
  const options = Array.from({ length: 2 * reach + 1 }, (_, i) => style.floors - reach + i).flatMap(
    (floors) => [0, 1, 2].map((more) => [floors, style.unitsPerFloor + more] as const),
  )
  const [floors, landing] = options.reduce((best, option) => (misfit(option) < misfit(best) ? option : best))
  for (const home of homes) {
    home.floors = floors
    home.heightMetres = Math.round(floors * 29) / 10 + 1
    home.households *= floors * landing
  }
}

/** Numbers the residential buildings in the order of the micro-grids. */
export function nameBuildings(micros: readonly MicroDraft[], block: Block): void {
  let number = 0
  for (const building of micros.flatMap((micro) => micro.buildings)) {
    if (building.use !== 'residential') continue
    number += 1
    building.name = `${number}幢`
    building.address = block.address ? `${block.address}${number}号` : null
  }
}
