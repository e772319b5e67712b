import { fillBlock } from './fill-block.ts'
import { joinSmallGrids } from './join-small-grids.ts'
import { layOutBlocks } from './lay-out-blocks.ts'
import { layOutLattice } from './lay-out-lattice.ts'
import { linkBridges } from './link-bridges.ts'
import { Mesh } from './mesh.ts'
import { nameServiceCentres } from './name-service-centres.ts'
import { createNames } from './names.ts'
import { createRandom } from './random.ts'
import type { Town } from './town.ts'

/** The whole town in local metres: roads, blocks, and what stands in them. */
export function buildTown(seed: number, buildings: number): Town {
  const town: Town = {
    seed,
    random: createRandom(seed, 1),
    mesh: new Mesh(),
    communities: [],
    landcover: [],
    sites: [],
    nextName: createNames(seed),
  }
  layOutLattice(town, buildings)
  const streams = town.communities.map((_, i) => createRandom(seed, 2, i))
  town.communities.forEach((community, i) => {
    community.name = town.nextName()
    layOutBlocks(town, community, streams[i]!)
  })
  linkBridges(town)
  town.communities.forEach((community, i) => {
    for (const block of community.blocks) fillBlock(town, community, block, streams[i]!)
    joinSmallGrids(town, community)
  })
  nameServiceCentres(town)
  return town
}
