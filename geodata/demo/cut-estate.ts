import { cutInsideLoop } from './cut-face.ts'
import { type Cell, type Estate, type EstateStyle, type Extent, SECTION_METRES } from './estate.ts'
import { type Edge, isWalkable } from './mesh.ts'
import { lerp, toWorld, type Vec } from './plane.ts'
import type { Town } from './town.ts'
import { createYard } from './yard.ts'

const DRIVE: Edge = { kind: 'service', name: null, halfWidth: 3 }
const FOOTPATH: Edge = { kind: 'path', name: null, halfWidth: 1.2 }

/** The axes from south to north, with gates where they meet a street; faces from west to east. */
export function cutColumns(estate: Estate): number[] {
  const { town, block, frame, bounds, loop, loopNodes } = estate
  const width = bounds.east - bounds.west
  const least = isNarrow(estate) ? 1 : 2
  const count = Math.max(least, Math.round(width / (block.kind === 'towers' ? 100 : 135)))
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
    addGates(estate, cut.chain, i, ['南', '北'])
  }
  return columns
}

/** An axis would leave no room for buildings on its sides: the estate is entered across instead. */
const isNarrow = ({ bounds, style }: Estate) =>
  bounds.east - bounds.west < 84 && rowPositions(bounds, style).length > 1

function addGates(
  { town, community, block, wall }: Estate,
  chain: readonly number[],
  which: number,
  sides: readonly [behind: string, ahead: string],
) {
  const { mesh } = town
  const ends = [
    [chain[0]!, chain[1]!, sides[0]],
    [chain.at(-1)!, chain.at(-2)!, sides[1]],
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
      name: `${block.name}${side}${which > 1 ? which : ''}门`,
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

/** Footpaths from west to east behind the rows; cells from south to north, the next column back again. */
export function cutRows(estate: Estate, columns: readonly number[]): Cell[] {
  const { town, style, frame, bounds, loop, loopNodes } = estate
  const rows = rowPositions(bounds, style)
  const width = (bounds.east - bounds.west) / columns.length - 14
  const homesPerRow =
    style.sections === 0
      ? Math.max(1, Math.floor((width + style.gap) / (26 + style.gap))) * style.unitsPerFloor * style.floors
      : Math.max(1, Math.floor((width - style.gap) / SECTION_METRES)) * style.unitsPerFloor * style.floors
  const isEnteredAcross = columns.length === 1
  const most = isEnteredAcross ? Math.max(1, Math.floor(rows.length / 2)) : rows.length
  const rowsPerCell = Math.max(1, Math.min(most, Math.round(105 / homesPerRow)))
  const middle = Math.max(1, Math.round(rows.length / 2 / rowsPerCell)) * rowsPerCell
  const east = toWorld({ origin: [0, 0], angle: frame.angle }, [1, 0])
  return columns.flatMap((column, index) => {
    const u = bounds.west + ((bounds.east - bounds.west) * (index + 0.5)) / columns.length
    const cells: Cell[] = []
    let rest = column
    let from = 0
    for (let i = rowsPerCell; i < rows.length; i += rowsPerCell) {
      const v = rows[i - 1]! + style.depth / 2 + Math.min(6, (rows[i]! - rows[i - 1]! - style.depth) / 3)
      const p = toWorld(frame, [u, v])
      const isDrive = isEnteredAcross && i === middle
      const entries = isDrive ? { behind: DRIVE, ahead: DRIVE } : {}
      const road = isDrive ? DRIVE : FOOTPATH
      const cut = cutInsideLoop(town.mesh, rest, p, east, loop, loopNodes, road, entries)
      if (!cut) continue
      if (isDrive) addGates(estate, cut.chain, 1, ['西', '东'])
      cells.push({ face: cut.right, rows: rows.slice(from, i), hasGreen: false })
      rest = cut.left
      from = i
    }
    cells.push({ face: rest, rows: rows.slice(from), hasGreen: false })
    if (index === Math.floor((columns.length - 1) / 2)) cells[Math.floor(cells.length / 2)]!.hasGreen = true
    return index % 2 === 0 ? cells : cells.reverse()
  })
}

/** The loop drive itself, through the nodes where axes and footpaths meet it. */
export function linkLoop({ town, loop, loopNodes }: Estate): void {
  const { mesh } = town
  loop.forEach((p, i) => {
    if (!loopNodes.some(({ at }) => Math.abs(at - i) < 1e-3)) loopNodes.push({ node: mesh.addNode(p), at: i })
  })
  loopNodes.sort((a, b) => a.at - b.at)
  loopNodes.forEach(({ node }, i) => {
    mesh.setEdge(node, loopNodes[(i + 1) % loopNodes.length]!.node, DRIVE)
  })
}

/** Middles of the rows from south to north; what is left over widens the gaps. */
function rowPositions(bounds: Extent, style: EstateStyle): number[] {
  const room = bounds.north - bounds.south - style.depth - 14
  const count = Math.max(1, Math.floor(room / style.pitch) + 1)
  const pitch = count > 1 ? Math.min(room / (count - 1), style.pitch * 1.14) : 0
  const first = bounds.south + 6 + style.depth / 2 + (room - pitch * (count - 1)) / 2
  return Array.from({ length: count }, (_, i) => first + pitch * i)
}
