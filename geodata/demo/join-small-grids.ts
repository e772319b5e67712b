import { householdsOf } from './group-micros.ts'
import type { Block, Community, GridDraft, Town } from './town.ts'

const LEAST = 300
const MOST = 500

const homesOf = (grid: GridDraft) => grid.micros.reduce((sum, micro) => sum + householdsOf(micro), 0)

/** A general grid with fewer than 300 households is joined to a neighbour in its community, if 500 are not exceeded. */
export function joinSmallGrids(town: Town, community: Community): void {
  const left = new Set<GridDraft>()
  for (;;) {
    const all = community.blocks.flatMap((block) => block.grids.map((grid) => ({ grid, block })))
    const general = all.filter(({ grid }) => grid.kind === 'general')
    const small = general
      .filter(({ grid }) => homesOf(grid) < LEAST && !left.has(grid))
      .toSorted((a, b) => homesOf(a.grid) - homesOf(b.grid))[0]
    if (!small) return
    const beside = neighbours(town, small.grid)
    const partner = general
      .filter(
        ({ grid }) =>
          grid !== small.grid && grid.micros.some((micro) => micro.faces.some((f) => beside.has(f))),
      )
      .filter(({ grid }) => homesOf(grid) + homesOf(small.grid) <= MOST)
      .toSorted((a, b) => homesOf(a.grid) - homesOf(b.grid))[0]
    if (!partner) {
      left.add(small.grid)
      continue
    }
    join(partner, small)
  }
}

function join(into: { grid: GridDraft }, from: { grid: GridDraft; block: Block }) {
  into.grid.micros.push(...from.grid.micros)
  from.block.grids.splice(from.block.grids.indexOf(from.grid), 1)
}

function neighbours(town: Town, grid: GridDraft): Set<number> {
  const out = new Set<number>()
  for (const face of grid.micros.flatMap((micro) => micro.faces)) {
    const ring = town.mesh.faces[face]!
    ring.forEach((node, i) => {
      const other = town.mesh.faceBeside(ring[(i + 1) % ring.length]!, node)
      if (other !== undefined) out.add(other)
    })
  }
  return out
}
