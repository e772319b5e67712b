import { cutColumns, cutRows, linkLoop } from './cut-estate.ts'
import { type Estate, extent, type Plot, styleOf } from './estate.ts'
import { groupMicros } from './group-micros.ts'
import type { Edge } from './mesh.ts'
import { placeGreen, placeKindergarten, placeLawns, placePlanting, placeSheds } from './place-grounds.ts'
import { placeRow } from './place-row.ts'
import { placeShops } from './place-shops.ts'
import { type Frame, insetRing, ringArea, ringCentroid, toLocal, type Vec } from './plane.ts'
import type { Random } from './random.ts'
import { nameBuildings, settleFloors } from './settle-estate.ts'
import type { Block, Community, MicroDraft, Town } from './town.ts'
import { createYard, type Obstacle } from './yard.ts'

const SHOP_DEPTH = 12

/**
 * A gated estate: a wall behind the street's shops, gates, a loop drive inside the wall, an axis from south to north,
 * footpaths in front of the rows, and rows of slabs or towers that face south. Micro-grids end at the footpaths.
 */
export function fillEstate(town: Town, community: Community, block: Block, random: Random): void {
  const { mesh } = town
  const style = styleOf(block, random)
  const ring = mesh.points(block.face)
  const edges = mesh.ringEdges(block.face)
  const shopStreets = chooseShopStreets(edges, random)
  const inset = (base: number, behindShops: number) =>
    insetRing(
      ring,
      edges.map((e) => e.halfWidth + (shopStreets.has(e.name) ? behindShops : base)),
    )
  const wall = inset(2.5, SHOP_DEPTH + 4)
  const loop = inset(7.5, SHOP_DEPTH + 8)
  if (!wall || !loop) throw new Error(`estate ${block.name} is too narrow for its loop drive`)
  town.landcover.push({ kind: 'estate', name: block.name, rings: [wall] })

  const tilt = Math.max(-0.16, Math.min(0.16, block.angle * 0.7 + random.between(-0.04, 0.04)))
  const frame: Frame = { origin: ringCentroid(loop), angle: tilt }
  const bounds = extent(loop.map((p) => toLocal(frame, p)))
  const estate: Estate = { town, community, block, random, style, frame, bounds, wall, loop, loopNodes: [] }
  const cells = cutRows(estate, cutColumns(estate))
  linkLoop(estate)

  const hasKindergarten = ringArea(loop) > 24_000 && random.chance(0.3)
  const kindergarten = hasKindergarten ? cells.find((cell) => !cell.hasGreen) : undefined
  const micros = cells.map((cell) => {
    const micro: MicroDraft = { faces: [cell.face], buildings: [] }
    const cellRing = mesh.points(cell.face)
    const cellEdges = mesh.ringEdges(cell.face)
    const beyondLoop = createYard([cellRing], [...borders(cellEdges, cellRing, 1), ...sides(loop, 4.2)])
    placeShops(beyondLoop, cellRing, cellEdges, shopStreets, SHOP_DEPTH, micro, random)
    const yard = createYard([cellRing, loop], [...borders(cellEdges, cellRing, 2.2), ...sides(loop, 5.5)])
    const plot: Plot = { yard, ring: cellRing, micro }
    if (cell === kindergarten) placeKindergarten(estate, plot)
    if (cell.hasGreen) placeGreen(estate, plot)
    for (const row of cell.rows) placeRow(estate, plot, row)
    placeLawns(estate, plot)
    placeSheds(estate, plot)
    placePlanting(estate, plot)
    return micro
  })
  settleFloors(micros, style)
  nameBuildings(micros, block)
  block.grids = groupMicros(micros, block.name)
}

function chooseShopStreets(edges: readonly Edge[], random: Random): Set<string | null> {
  const names = [...new Set(edges.filter((e) => e.kind === 'main' || e.kind === 'minor').map((e) => e.name))]
  return new Set(names.filter(() => random.chance(0.45)))
}

const borders = (edges: readonly Edge[], ring: readonly Vec[], margin: number): Obstacle[] =>
  edges.map((e, i) => [ring[i]!, ring[(i + 1) % ring.length]!, e.halfWidth + margin])

const sides = (ring: readonly Vec[], clear: number): Obstacle[] =>
  ring.map((a, i) => [a, ring[(i + 1) % ring.length]!, clear])
