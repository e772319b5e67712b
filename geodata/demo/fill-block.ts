import { buildLaneHouses } from './build-lane-houses.ts'
import { buildVillageHouses } from './build-village-houses.ts'
import { fillCampus } from './fill-campus.ts'
import { fillEstate } from './fill-estate.ts'
import { fillQuarter } from './fill-quarter.ts'
import { ringCentroid } from './plane.ts'
import type { Random } from './random.ts'
import type { Block, Community, Town } from './town.ts'

const LANE = { kind: 'service', halfWidth: 3, snap: 6, step: 30, turn: 0.09, bend: 0.04 } as const
const ALLEY = { kind: 'path', halfWidth: 1.7, snap: 4, step: 16, turn: 0.12, bend: 0.03 } as const

/** Fills a block with what stands there and divides it into grids and micro-grids. */
export function fillBlock(town: Town, community: Community, block: Block, random: Random): void {
  switch (block.kind) {
    case 'slabs':
    case 'mid-rise':
    case 'towers':
      block.name += random.pick(['新村', '花园', '苑', '里', '小区', '雅苑', '佳园', '公寓'])
      fillEstate(town, community, block, random)
      break
    case 'lanes': {
      block.name += random.pick(['坊', '弄', '里'])
      const build = buildLaneHouses(random.between(72, 96))
      fillQuarter(
        town,
        block,
        { gridArea: 17_000, microArea: 5200, plotArea: 1150, lane: LANE, alley: ALLEY, build },
        random,
      )
      break
    }
    case 'village': {
      block.name += random.pick(['浜', '家浜', '家巷', '家桥'])
      const alley = { ...ALLEY, halfWidth: 2.1, turn: 0.16, bend: 0.05 }
      fillQuarter(
        town,
        block,
        { gridArea: 24_000, microArea: 7200, plotArea: 2300, lane: LANE, alley, build: buildVillageHouses },
        random,
      )
      break
    }
    case 'bank': {
      const ring = town.mesh.points(block.face)
      const canal = town.mesh.ringEdges(block.face).find((edge) => edge.kind === 'canal')!
      block.name = canal.name!
      town.sites.push({
        kind: 'waterside',
        at: ringCentroid(ring),
        name: canal.name!,
        address: '',
        community,
      })
      block.grids.push({
        kind: 'special',
        name: `${canal.name}滨水网格`,
        micros: [{ faces: [block.face], buildings: [] }],
      })
      break
    }
    default:
      fillCampus(town, community, block, random)
  }
}
