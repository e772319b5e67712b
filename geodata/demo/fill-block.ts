import { buildLaneHouses } from './build-lane-houses.ts'
import { buildVillageHouses } from './build-village-houses.ts'
import { fillCampus } from './fill-campus.ts'
import { fillEstate } from './fill-estate.ts'
import { fillQuarter } from './fill-quarter.ts'
import { distance, insetRing, unit, type Vec } from './plane.ts'
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
      if (isNarrow(town, block)) {
        block.kind = 'park'
        fillCampus(town, community, block, random)
        break
      }
      block.name += random.pick(['新村', '花园', '苑', '里', '小区', '雅苑', '佳园', '公寓'])
      fillEstate(town, community, block, random)
      break
    case 'lanes': {
      block.name += random.pick(['坊', '弄', '里'])
      const build = buildLaneHouses(random.between(72, 96) * town.lanePlots)
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
    case 'bank':
      fillBank(town, community, block)
      break
    default:
      fillCampus(town, community, block, random)
  }
}

/** The strip along the water: nobody lives there, but somebody looks after it. */
function fillBank(town: Town, community: Community, block: Block) {
  const { mesh } = town
  const edges = mesh.ringEdges(block.face)
  const ring = mesh.points(block.face)
  block.name = edges.find((edge) => edge.kind === 'canal')!.name!
  let sinceMetres = 60
  let number = 0
  edges.forEach((edge, i) => {
    if (edge.kind !== 'path') return
    const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!]
    sinceMetres += distance(a, b)
    if (sinceMetres < 140) return
    sinceMetres = 0
    number += 1
    const [ux, uy] = unit(a, b)
    const at: Vec = [a[0] - uy * 1.5, a[1] + ux * 1.5]
    const name = `${block.name}${community.name}段${number}号`
    town.sites.push({ kind: 'waterside', at, name, address: edge.name ?? '', community })
  })
  block.grids.push({
    kind: 'special',
    name: `${block.name}滨水网格`,
    micros: [{ faces: [block.face], buildings: [] }],
  })
}

/** Is there no room for a row of houses between the drives along both sides? */
function isNarrow(town: Town, block: Block): boolean {
  const distances = town.mesh.ringEdges(block.face).map((edge) => edge.halfWidth + 34)
  return insetRing(town.mesh.points(block.face), distances) === undefined
}
