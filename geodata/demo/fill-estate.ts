import { cutInsideLoop, type LoopNode } from './cut-face.ts'
import { box, ell, patch, place, rectangle, slab, tower } from './footprints.ts'
import { groupMicros, householdsOf, partitionRun } from './group-micros.ts'
import { type Edge, isWalkable } from './mesh.ts'
import { placeShops } from './place-shops.ts'
import { type Frame, insetRing, lerp, ringArea, ringCentroid, toLocal, toWorld, type Vec } from './plane.ts'
import type { Random } from './random.ts'
import type { Block, BuildingDraft, Community, MicroDraft, Town } from './town.ts'
import { createYard, type Obstacle, type Yard } from './yard.ts'

interface EstateStyle {
  floors: number
  depth: number
  /** Metres from row to row. */
  pitch: number
  /** Metres between neighbours in a row. */
  gap: number
  /** Sections in the longest slab; 0: point towers. */
  sections: number
  unitsPerFloor: number
}

const DRIVE: Edge = { kind: 'service', name: null, halfWidth: 3 }
const FOOTPATH: Edge = { kind: 'path', name: null, halfWidth: 1.2 }
const SECTION_METRES = 14.5
const SHOP_DEPTH = 12

function styleOf(block: Block, random: Random): EstateStyle {
  if (block.kind === 'towers') {
    const floors = random.pick([18, 24, 26, 28, 32, 33])
    return { floors, depth: 21, pitch: random.between(44, 50), gap: 17, sections: 0, unitsPerFloor: 4 }
  }
  const floors = block.kind === 'mid-rise' ? random.pick([9, 10, 11, 11]) : random.pick([5, 6, 6, 6, 7])
  const depth = random.between(11.5, 13.5)
  const sections = block.kind === 'mid-rise' ? random.pick([2, 3]) : random.pick([3, 3, 4])
  const gap = block.kind === 'mid-rise' ? 14 : random.between(8, 11)
  return {
    floors,
    depth,
    pitch: depth + floors * 3 * (block.kind === 'mid-rise' ? 0.9 : random.between(1, 1.12)),
    gap,
    sections,
    unitsPerFloor: 2,
  }
}

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
  const rows = rowPositions(bounds, style)
  const { columns, loopNodes } = cutColumns(town, block, frame, bounds, loop, wall, community)
  const cells = cutRows(town, columns, rows, style, frame, bounds, loop, loopNodes)
  linkLoop(town, loop, loopNodes)

  const hasKindergarten = ringArea(loop) > 24_000 && random.chance(0.3)
  const kindergarten = hasKindergarten ? cells.find((cell) => !cell.hasGreen) : undefined
  const micros: MicroDraft[] = []
  const yards: Yard[] = []
  for (const cell of cells) {
    const cellRing = mesh.points(cell.face)
    const micro: MicroDraft = { faces: [cell.face], buildings: [] }
    const loopSides = loop.map((a, i): Obstacle => [a, loop[(i + 1) % loop.length]!, 4.2])
    const shopYard = createYard(
      [cellRing],
      [...loopSides, ...borders(mesh.ringEdges(cell.face), cellRing, 1)],
    )
    placeShops(shopYard, cellRing, mesh.ringEdges(cell.face), shopStreets, SHOP_DEPTH, micro, random)
    const yard = createYard(
      [cellRing, loop],
      [
        ...loopSides.map(([a, b]): Obstacle => [a, b, 5.5]),
        ...borders(mesh.ringEdges(cell.face), cellRing, 2.2),
      ],
    )
    if (cell === kindergarten) placeKindergarten(town, community, block, yard, cellRing, frame, micro)
    if (cell.hasGreen) placeGreen(town, community, yard, cellRing, frame, block, random)
    for (const row of cell.rows) placeRow(yard, row, frame, bounds, style, micro)
    placeLawns(town, yard, micro, frame, style)
    placeSheds(town, community, block, yard, cellRing, frame, micro, random)
    placePlanting(town, yard, cellRing, frame, random)
    micros.push(micro)
    yards.push(yard)
  }
  settleFloors(micros, style)
  nameBuildings(micros, block)
  block.grids = groupMicros(micros, block.name)
}

function chooseShopStreets(edges: readonly Edge[], random: Random): Set<string | null> {
  const names = [...new Set(edges.filter((e) => e.kind === 'main' || e.kind === 'minor').map((e) => e.name))]
  return new Set(names.filter(() => random.chance(0.45)))
}

const extent = (points: readonly Vec[]) => {
  const us = points.map((p) => p[0])
  const vs = points.map((p) => p[1])
  return { west: Math.min(...us), east: Math.max(...us), south: Math.min(...vs), north: Math.max(...vs) }
}
type Extent = ReturnType<typeof extent>

/** Middles of the rows from south to north; what is left over widens the gaps. */
function rowPositions(bounds: Extent, style: EstateStyle): number[] {
  const room = bounds.north - bounds.south - style.depth - 14
  const count = Math.max(1, Math.floor(room / style.pitch) + 1)
  const pitch = count > 1 ? Math.min(room / (count - 1), style.pitch * 1.14) : 0
  const first = bounds.south + 6 + style.depth / 2 + (room - pitch * (count - 1)) / 2
  return Array.from({ length: count }, (_, i) => first + pitch * i)
}

/** The axes from south to north, with gates where they meet a street; faces from west to east. */
function cutColumns(
  town: Town,
  block: Block,
  frame: Frame,
  bounds: Extent,
  loop: readonly Vec[],
  wall: readonly Vec[],
  community: Community,
) {
  const width = bounds.east - bounds.west
  const count = Math.max(2, Math.round(width / (block.kind === 'towers' ? 100 : 135)))
  const loopNodes: LoopNode[] = []
  const columns = [block.face]
  const middle = (bounds.south + bounds.north) / 2
  for (let i = 1; i < count; i++) {
    const p = toWorld(frame, [bounds.west + (width * i) / count, middle])
    const north = toWorld({ origin: [0, 0], angle: frame.angle }, [0, 1])
    const cut = cutInsideLoop(town.mesh, columns.at(-1)!, p, north, loop, loopNodes, DRIVE, {
      behind: DRIVE,
      ahead: DRIVE,
    })
    if (!cut) continue
    columns.splice(columns.length - 1, 1, cut.left, cut.right)
    addGates(town, community, block, cut.chain, wall, i)
  }
  return { columns, loopNodes }
}

function addGates(
  town: Town,
  community: Community,
  block: Block,
  chain: readonly number[],
  wall: readonly Vec[],
  which: number,
) {
  const { mesh } = town
  const ends = [
    [chain[0]!, chain[1]!, '南门'],
    [chain.at(-1)!, chain.at(-2)!, '北门'],
  ] as const
  for (const [street, inner, side] of ends) {
    const road = streetAt(town, street, inner)
    if (!road || !isWalkable(road)) continue
    const [a, b] = [mesh.nodes[street]!, mesh.nodes[inner]!]
    const share = nearestShare(a, b, wall)
    if (!block.address && road.name) block.address = `${road.name}${18 + ((street * 37) % 380) * 2}弄`
    town.sites.push({
      kind: 'gate',
      at: lerp(a, b, share),
      name: `${block.name}${which > 1 ? `${side.slice(0, 1)}${which}门` : side}`,
      address: block.address,
      community,
    })
  }
}

/** The street that passes a node of the block's border, other than the way in. */
function streetAt(town: Town, node: number, inner: number): Edge | undefined {
  const { mesh } = town
  const face = mesh.faceBeside(node, inner) ?? mesh.faceBeside(inner, node)!
  const ring = mesh.faces[face]!
  const i = ring.indexOf(node)
  const other = [ring[(i + 1) % ring.length]!, ring[(i + ring.length - 1) % ring.length]!].find(
    (n) => n !== inner,
  )!
  return mesh.edge(node, other)
}

function nearestShare(a: Vec, b: Vec, wall: readonly Vec[]): number {
  for (let share = 0.05; share < 0.95; share += 0.05) {
    const p = lerp(a, b, share)
    if (createYard([wall], []).isFree(p)) return share
  }
  return 0.8
}

interface Cell {
  face: number
  rows: number[]
  hasGreen: boolean
}

/** Footpaths from west to east behind the rows; cells from south to north, the next column back again. */
function cutRows(
  town: Town,
  columns: readonly number[],
  rows: readonly number[],
  style: EstateStyle,
  frame: Frame,
  bounds: Extent,
  loop: readonly Vec[],
  loopNodes: LoopNode[],
): Cell[] {
  const { mesh } = town
  const width = (bounds.east - bounds.west) / columns.length - 14
  const homesPerRow =
    style.sections === 0
      ? Math.max(1, Math.floor((width + style.gap) / (26 + style.gap))) * style.unitsPerFloor * style.floors
      : Math.max(1, Math.floor((width - style.gap) / SECTION_METRES)) * style.unitsPerFloor * style.floors
  const rowsPerCell = Math.max(1, Math.round(105 / homesPerRow))
  const east = toWorld({ origin: [0, 0], angle: frame.angle }, [1, 0])
  return columns.flatMap((column, index) => {
    const u = bounds.west + ((bounds.east - bounds.west) * (index + 0.5)) / columns.length
    const cells: Cell[] = []
    let rest = column
    let from = 0
    for (let i = rowsPerCell; i < rows.length; i += rowsPerCell) {
      const v = rows[i - 1]! + style.depth / 2 + Math.min(6, (rows[i]! - rows[i - 1]! - style.depth) / 3)
      const p = toWorld(frame, [u, v])
      const cut = cutInsideLoop(mesh, rest, p, east, loop, loopNodes, FOOTPATH, {})
      if (!cut) continue
      cells.push({ face: cut.right, rows: rows.slice(from, i), hasGreen: false })
      rest = cut.left
      from = i
    }
    cells.push({ face: rest, rows: rows.slice(from), hasGreen: false })
    if (index === Math.floor((columns.length - 1) / 2)) cells[Math.floor(cells.length / 2)]!.hasGreen = true
    return index % 2 === 0 ? cells : cells.reverse()
  })
}

function linkLoop(town: Town, loop: readonly Vec[], loopNodes: LoopNode[]) {
  const { mesh } = town
  loop.forEach((p, i) => {
    if (!loopNodes.some(({ at }) => Math.abs(at - i) < 1e-3)) loopNodes.push({ node: mesh.addNode(p), at: i })
  })
  loopNodes.sort((a, b) => a.at - b.at)
  loopNodes.forEach(({ node }, i) => {
    mesh.setEdge(node, loopNodes[(i + 1) % loopNodes.length]!.node, DRIVE)
  })
}

const borders = (edges: readonly Edge[], ring: readonly Vec[], margin: number): Obstacle[] =>
  edges.map((e, i) => [ring[i]!, ring[(i + 1) % ring.length]!, e.halfWidth + margin])

/** Slabs or towers along one row, wherever the yard leaves room. */
function placeRow(
  yard: Yard,
  v: number,
  frame: Frame,
  bounds: Extent,
  style: EstateStyle,
  micro: MicroDraft,
) {
  const step = 1.5
  let start: number | undefined
  for (let u = bounds.west; u <= bounds.east + step; u += step) {
    const slice = [-0.5, -0.25, 0, 0.25, 0.5].map((k) => toWorld(frame, [u, v + style.depth * k]))
    const isFree = u <= bounds.east && slice.every(yard.isFree)
    if (isFree && start === undefined) start = u
    if (!isFree && start !== undefined) {
      fillRun(yard, start, u - step, v, frame, style, micro)
      start = undefined
    }
  }
}

function fillRun(
  yard: Yard,
  from: number,
  to: number,
  v: number,
  frame: Frame,
  style: EstateStyle,
  micro: MicroDraft,
) {
  const pieces = divideRun(to - from, style)
  const used = pieces.reduce((sum, { length }) => sum + length, 0)
  const gap = pieces.length > 1 ? Math.min(style.gap * 1.6, (to - from - used) / (pieces.length - 1)) : 0
  let u = from + (to - from - used - gap * (pieces.length - 1)) / 2
  for (const { length, sections } of pieces) {
    const at: Frame = { origin: toWorld(frame, [u + length / 2, v]), angle: frame.angle }
    u += length + gap
    if (!yard.fits(place(rectangle(length, style.depth), at), 4)) continue
    yard.take(place(rectangle(length, style.depth), at))
    const shape = sections === 0 ? tower(length, style.depth) : slab(length, style.depth, sections)
    micro.buildings.push({
      rings: [place(shape, at)],
      use: 'residential',
      floors: style.floors,
      heightMetres: 0,
      households: Math.max(1, sections),
      name: null,
      address: null,
      role: sections === 0 ? 'tower' : 'slab',
    })
  }
}

/** Buildings that fill a run of so many metres; sections are 13 to 17 metres long so that no stump is left over. */
function divideRun(width: number, style: EstateStyle): { length: number; sections: number }[] {
  if (style.sections === 0) {
    return new Array(Math.floor((width + style.gap) / (26 + style.gap))).fill({ length: 26, sections: 0 })
  }
  const longest = style.sections * SECTION_METRES
  const count = Math.max(1, Math.round((width + style.gap) / (longest + style.gap)))
  const room = width - (count - 1) * style.gap
  const sections = Math.min(style.sections * count, Math.round(room / SECTION_METRES))
  if (sections < 2) return room > 17 ? [{ length: Math.min(room, 19), sections: 1 }] : []
  const each = Math.min(17, room / sections)
  return Array.from({ length: count }, (_, i) => {
    const own = Math.floor((sections * (i + 1)) / count) - Math.floor((sections * i) / count)
    return { length: own * each, sections: own }
  }).filter((piece) => piece.sections > 0)
}

/** A kindergarten with its playground, in a corner of a large estate. */
function placeKindergarten(
  town: Town,
  community: Community,
  block: Block,
  yard: Yard,
  ring: readonly Vec[],
  frame: Frame,
  micro: MicroDraft,
) {
  const middle = toLocal(frame, ringCentroid(ring))
  for (const [du, dv] of [
    [0, 0],
    [-16, 0],
    [16, 0],
    [0, -12],
    [0, 12],
  ] as const) {
    const at: Frame = { origin: toWorld(frame, [middle[0] + du, middle[1] + dv]), angle: frame.angle }
    const ground = place(rectangle(48, 34), at)
    if (!yard.fits(ground, 1)) continue
    yard.take(ground)
    const name = `${block.name}幼儿园`
    micro.buildings.push({
      rings: [place(ell(42, 26, 12), at)],
      use: 'school',
      floors: 3,
      heightMetres: 11.4,
      households: 0,
      name,
      address: block.address || null,
      role: 'other',
    })
    town.landcover.push({ kind: 'campus', name, rings: [ground] })
    const playground = place(box(-7, -1, 19, 12), at)
    town.landcover.push({ kind: 'sport', name: null, rings: [playground] })
    town.sites.push({ kind: 'kindergarten', at: at.origin, name, address: block.address, community })
    return
  }
}

/** Lawns on the sunny side of the buildings. */
function placeLawns(town: Town, yard: Yard, micro: MicroDraft, frame: Frame, style: EstateStyle) {
  for (const { rings, role } of micro.buildings) {
    if (role !== 'slab' && role !== 'tower') continue
    const local = rings[0]!.map((p) => toLocal(frame, p))
    const { west, east, south } = extent(local)
    const deep = Math.min(9, (style.pitch - style.depth) * 0.34)
    const at: Frame = {
      origin: toWorld(frame, [(west + east) / 2, south - 2.4 - deep / 2]),
      angle: frame.angle,
    }
    const shape = place(rectangle(east - west - 1, deep), at)
    if (!yard.fits(shape, 1)) continue
    yard.take(shape)
    town.landcover.push({ kind: 'green', name: null, rings: [shape] })
  }
}

/** Trees and shrubs where ground is left. */
function placePlanting(town: Town, yard: Yard, ring: readonly Vec[], frame: Frame, random: Random) {
  const local = extent(ring.map((p) => toLocal(frame, p)))
  let left = 3
  for (let attempt = 0; attempt < 40 && left > 0; attempt++) {
    const size = random.between(9, 22) * (1 - attempt / 80)
    const at: Frame = {
      origin: toWorld(frame, [
        random.between(local.west, local.east),
        random.between(local.south, local.north),
      ]),
      angle: frame.angle + random.between(-0.2, 0.2),
    }
    const waver = Array.from({ length: 10 }, () => random.between(0.8, 1))
    const shape = place(patch(size * random.between(1, 1.7), size, waver), at)
    if (!yard.fits(shape, 1.5)) continue
    yard.take(shape)
    town.landcover.push({ kind: 'green', name: null, rings: [shape] })
    left -= 1
  }
}

function placeGreen(
  town: Town,
  community: Community,
  yard: Yard,
  ring: readonly Vec[],
  frame: Frame,
  block: Block,
  random: Random,
) {
  const middle = ringCentroid(ring)
  for (const [width, depth] of [
    [46, 26],
    [34, 20],
    [24, 15],
  ] as const) {
    const at: Frame = { origin: middle, angle: frame.angle }
    if (!yard.fits(place(rectangle(width, depth), at), 1)) continue
    yard.take(place(rectangle(width, depth), at))
    const waver = Array.from({ length: 14 }, () => random.between(0.86, 1))
    town.landcover.push({ kind: 'green', name: null, rings: [place(patch(width, depth, waver), at)] })
    town.sites.push({
      kind: 'green',
      at: middle,
      name: block.name,
      address: block.address,
      community,
    })
    return
  }
}

/** An e-bike shed and a waste station where there is room for them. */
function placeSheds(
  town: Town,
  community: Community,
  block: Block,
  yard: Yard,
  ring: readonly Vec[],
  frame: Frame,
  micro: MicroDraft,
  random: Random,
) {
  const middle = toLocal(frame, ringCentroid(ring))
  const kinds = [
    { kind: 'ebikes', width: 18, depth: 4.2, name: '电动自行车棚', chance: 0.6 },
    { kind: 'waste', width: 6, depth: 3.6, name: '垃圾分类投放点', chance: 0.62 },
  ] as const
  for (const { kind, width, depth, name, chance } of kinds) {
    if (!random.chance(chance)) continue
    for (let attempt = 0; attempt < 24; attempt++) {
      const origin = toWorld(frame, [
        middle[0] + random.between(-70, 70),
        middle[1] + random.between(-30, 30),
      ])
      const at: Frame = { origin, angle: frame.angle + (attempt % 2) * (Math.PI / 2) }
      const shape = place(rectangle(width, depth), at)
      if (!yard.fits(shape, 2.5)) continue
      yard.take(shape)
      const built: BuildingDraft = {
        rings: [shape],
        use: 'utility',
        floors: 1,
        heightMetres: 3,
        households: 0,
        name,
        address: null,
        role: 'shed',
      }
      micro.buildings.push(built)
      town.sites.push({ kind, at: origin, name: block.name, address: block.address, community })
      break
    }
  }
}

/**
 * Until here households are stairs. One number of floors and of homes to a landing for the whole estate, near what its
 * kind has, such that it parts into grids of about 400 households.
 */
function settleFloors(micros: readonly MicroDraft[], style: EstateStyle) {
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

function nameBuildings(micros: readonly MicroDraft[], block: Block) {
  let number = 0
  for (const building of micros.flatMap((micro) => micro.buildings)) {
    if (building.use !== 'residential') continue
    number += 1
    building.name = `${number}幢`
    building.address = block.address ? `${block.address}${number}号` : null
  }
}
