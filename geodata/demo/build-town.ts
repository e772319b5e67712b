import { fillBlock } from './fill-block.ts'
import { joinSmallGrids } from './join-small-grids.ts'
import { layOutBlocks } from './lay-out-blocks.ts'
import { layOutLattice } from './lay-out-lattice.ts'
import { linkBridges } from './link-bridges.ts'
import { Mesh } from './mesh.ts'
import { nameServiceCentres } from './name-service-centres.ts'
import { createNames } from './names.ts'
import { pruneQuays } from './prune-quays.ts'
import { createRandom } from './random.ts'
import type { BlockKind, Town } from './town.ts'

/** The whole town in local metres: roads, blocks, and what stands in them. */
export function buildTown(seed: number, buildings: number): Town {
  const town: Town = {
    seed,
    random: createRandom(seed, 1),
    mesh: new Mesh(),
    lanePlots: 1,
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
  town.lanePlots = choosePlots(town, buildings)
  pruneQuays(town)
  linkBridges(town)
  town.communities.forEach((community, i) => {
    for (const block of community.blocks) fillBlock(town, community, block, streams[i]!)
    joinSmallGrids(town, community)
  })
  nameServiceCentres(town)
  return town
}

/** Square metres of a block's ground to a building, on average over many seeds. */
const GROUND: Record<BlockKind, number> = {
  lanes: 139,
  village: 352,
  market: 1700,
  'mid-rise': 2030,
  slabs: 2080,
  towers: 2250,
  park: 6100,
  offices: 6600,
  hospital: 6600,
  industry: 7700,
  school: 8600,
  bank: Infinity,
}

/** Blocks differ from seed to seed; lane houses a little larger or smaller make up for it. */
function choosePlots(town: Town, buildings: number): number {
  let lanes = 0
  let others = 0
  for (const { kind, face } of town.communities.flatMap((community) => community.blocks)) {
    const count = town.mesh.area(face) / GROUND[kind]
    if (kind === 'lanes') lanes += count
    else others += count
  }
  return Math.max(0.75, Math.min(1.35, lanes / Math.max(1, buildings - others)))
}
