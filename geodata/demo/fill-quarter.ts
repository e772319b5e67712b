import { type CutStyle, cutAcross } from './cut-across.ts'
import { householdsOf } from './group-micros.ts'
import { insetRing, type Vec } from './plane.ts'
import type { Random } from './random.ts'
import type { Block, BuildingDraft, GridDraft, MicroDraft, Town } from './town.ts'
import { createYard, type Obstacle } from './yard.ts'

export interface QuarterStyle {
  /** Square metres of a grid, a micro-grid, and the ground between alleys. */
  gridArea: number
  microArea: number
  plotArea: number
  lane: CutStyle
  alley: CutStyle
  /** Puts houses on the ground between alleys; the ring is clear of the alleys already. */
  build(ring: Vec[], micro: MicroDraft, random: Random): void
}

/**
 * An old quarter or village: lanes and alleys cut the block again and again, so that they meet at T-junctions and run
 * crooked. Grids and micro-grids are the larger pieces on the way down.
 */
export function fillQuarter(town: Town, block: Block, style: QuarterStyle, random: Random): void {
  const { mesh } = town
  const cut = (face: number, largest: number, how: CutStyle): number[] => {
    if (mesh.area(face) < largest * 1.35) return [face]
    const parts = cutAcross(town, face, block.angle, random.between(0.38, 0.62), random, how)
    return parts ? parts.flatMap((part) => cut(part, largest, how)) : [face]
  }
  const grids = cut(block.face, style.gridArea, style.lane)
  const plots = grids.map((grid) =>
    cut(grid, style.microArea, style.alley).map((micro) => cut(micro, style.plotArea, style.alley)),
  )
  plots.forEach((micros, i) => {
    const grid: GridDraft = {
      kind: 'general',
      name: plots.length > 1 ? `${block.name}第${'一二三四五六七八九'[i] ?? i + 1}网格` : `${block.name}网格`,
      micros: [],
    }
    for (const faces of micros) {
      const micro: MicroDraft = { faces, buildings: [] }
      for (const face of faces) {
        micro.buildings.push(...buildOn(town, face, style, random))
      }
      grid.micros.push(micro)
    }
    settleHouseholds(grid, random)
    block.grids.push(grid)
  })
  nameHouses(town, block)
}

function buildOn(town: Town, face: number, style: QuarterStyle, random: Random): BuildingDraft[] {
  const points = town.mesh.points(face)
  const edges = town.mesh.ringEdges(face)
  const ring = insetRing(
    points,
    edges.map((edge) => edge.halfWidth + 0.3),
  )
  if (!ring) return []
  const plot: MicroDraft = { faces: [], buildings: [] }
  style.build(ring, plot, random)
  // At flat corners between a wide and a narrow road the inset may cut the corner.
  const clear = edges.map(
    (edge, i): Obstacle => [points[i]!, points[(i + 1) % points.length]!, edge.halfWidth],
  )
  const yard = createYard([points], clear)
  return plot.buildings.filter(({ rings }) => yard.fits(rings[0]!, 0))
}

/** Homes are let and shared in such quarters: households are scaled so that a grid has about 400. */
function settleHouseholds(grid: GridDraft, random: Random) {
  const total = grid.micros.reduce((sum, micro) => sum + householdsOf(micro), 0)
  const factor = random.between(350, 450) / Math.max(1, total)
  let owed = 0
  for (const building of grid.micros.flatMap((micro) => micro.buildings)) {
    if (building.households === 0) continue
    owed += building.households * Math.min(4, factor)
    building.households = Math.max(1, Math.floor(owed))
    owed -= building.households
  }
}

/** Houses are numbered along the alley that bounds their ground. */
function nameHouses(town: Town, block: Block) {
  for (const micro of block.grids.flatMap((grid) => grid.micros)) {
    const alley = micro.faces
      .flatMap((face) => town.mesh.ringEdges(face))
      .find((edge) => edge.name?.endsWith('巷'))?.name
    micro.buildings.forEach((building, i) => {
      building.address ??= `${alley ?? block.name}${i + 1}号`
    })
  }
}
