import { type Edge, isWalkable, WALL } from './mesh.ts'
import { distance, isInside, lerp, unit, type Vec } from './plane.ts'
import type { Community, Town } from './town.ts'

/** Green strip between the water's edge and the bank walk, metres. */
const BANK_METRES = 11
const MOUTH_METRES = 15

/** Cuts off the water side of a face. The bank walk keeps its distance from the water and meets the roads' bridges. */
export function cutBanks(town: Town, community: Community): number[] {
  const { mesh } = town
  const strips: number[] = []
  for (;;) {
    const run = canalRun(town, community.face)
    if (!run) break
    strips.push(cutBank(town, community.face, run.nodes, run.canal))
  }
  for (const strip of strips) {
    const ring = mesh.faces[strip]!
    ring.forEach((node, i) => {
      const next = ring[(i + 1) % ring.length]!
      const edge = mesh.edge(node, next)
      const touchesWater = [ring[(i + ring.length - 1) % ring.length]!, ring[(i + 2) % ring.length]!].some(
        (other, k) => mesh.edge(k === 0 ? node : next, other)?.kind === 'canal',
      )
      if (edge?.kind === 'path' && isWalkable(edge) && touchesWater) mesh.setEdge(node, next, WALL)
    })
  }
  return strips
}

function canalRun(town: Town, face: number): { nodes: number[]; canal: Edge } | undefined {
  const ring = town.mesh.faces[face]!
  const edges = town.mesh.ringEdges(face)
  const n = ring.length
  const start = edges.findIndex((e, i) => e.kind === 'canal' && edges[(i + n - 1) % n]!.name !== e.name)
  if (start === -1) return undefined
  const canal = edges[start]!
  const nodes = [ring[start]!]
  for (let i = start; edges[i % n]!.name === canal.name; i++) nodes.push(ring[(i + 1) % n]!)
  return { nodes, canal }
}

function cutBank(town: Town, face: number, run: number[], canal: Edge): number {
  const { mesh } = town
  const away = canal.halfWidth + BANK_METRES
  const ring = mesh.faces[face]!
  const n = ring.length
  const before = ring[(ring.indexOf(run[0]!) + n - 1) % n]!
  const after = ring[(ring.indexOf(run.at(-1)!) + 1) % n]!
  const first = endOfWalk(town, face, run[0]!, run[1]!, away, -1)
  const last = endOfWalk(town, face, run.at(-1)!, run.at(-2)!, away, 1)
  const outline = mesh.points(face)
  const inner = run
    .slice(1, -1)
    .map((node, i): Vec => {
      const [ux, uy] = unit(mesh.nodes[run[i]!]!, mesh.nodes[run[i + 2]!]!)
      const [x, y] = mesh.nodes[node]!
      return [x - uy * away, y + ux * away]
    })
    // Where two canals meet, the walk turns the corner on land that the other's walk has not taken.
    .filter((p) => isInside(p, outline) && [first, last].every((end) => distance(p, mesh.nodes[end]!) > 6))
    .map((p) => mesh.addNode(p))
  const walk: Edge = { kind: 'path', name: `${canal.name}步道`, halfWidth: 2 }
  const chain = [first, ...inner, last]
  const [, strip] = mesh.splitFace(face, chain, new Array(chain.length - 1).fill(walk))
  addSteps(town, first, chain[1]!, walk)
  addSteps(town, last, chain.at(-2)!, walk)
  addWater(town, run, canal, [before, after])
  return strip
}

/**
 * Where the walk beside the canal's last stretch (from `next` to `corner`) meets the border of the face: going along the
 * ring, backwards (-1) or onwards (1), the first place `away` metres from the stretch.
 */
function endOfWalk(
  town: Town,
  face: number,
  corner: number,
  next: number,
  away: number,
  step: 1 | -1,
): number {
  const { mesh } = town
  const ring = mesh.faces[face]!
  const n = ring.length
  const [ux, uy] = unit(mesh.nodes[corner]!, mesh.nodes[next]!)
  const [x, y] = mesh.nodes[corner]!
  // The face is left of the canal's run, whichever end this is.
  const off = (node: number) => {
    const [px, py] = mesh.nodes[node]!
    return -step * (ux * (py - y) - uy * (px - x)) - away
  }
  let from = corner
  for (let k = 1; k < n / 2; k++) {
    const to = ring[(ring.indexOf(corner) + step * k + n) % n]!
    if (off(to) >= -3) {
      if (off(to) <= 3) return to
      const share = off(from) / (off(from) - off(to))
      return mesh.splitEdge(from, to, lerp(mesh.nodes[from]!, mesh.nodes[to]!, share))
    }
    from = to
  }
  throw new Error('a canal runs along a whole community')
}

/** The walk climbs to the bridge by a few steps. */
function addSteps(town: Town, bridge: number, onward: number, walk: Edge) {
  const { mesh } = town
  const [from, to] = [mesh.nodes[bridge]!, mesh.nodes[onward]!]
  const length = distance(from, to)
  if (length < 30 || mesh.edge(bridge, onward)?.kind !== 'path') return
  const landing = mesh.splitEdge(bridge, onward, lerp(from, to, 22 / length))
  const top = mesh.splitEdge(bridge, landing, lerp(from, to, 16 / length))
  mesh.setEdge(top, landing, { ...walk, kind: 'steps' })
}

/** Half of the canal and the green bank on this side, as ground cover. */
function addWater(town: Town, run: readonly number[], canal: Edge, sides: readonly [number, number]) {
  const { mesh } = town
  const at = (node: number) => mesh.nodes[node]!
  const offset = (metres: number): Vec[] =>
    run.map((node, i) => {
      if (i === 0 || i === run.length - 1) {
        const side = at(sides[i === 0 ? 0 : 1])
        return lerp(at(node), side, metres / distance(at(node), side))
      }
      const [ux, uy] = unit(at(run[i - 1]!), at(run[i + 1]!))
      return [at(node)[0] - uy * metres, at(node)[1] + ux * metres]
    })
  // A little beyond the centre line, so that no seam shows between the two halves.
  const [middle, edge] = [offset(-0.8), offset(canal.halfWidth)]
  for (const [end, next] of [
    [0, 1],
    [run.length - 1, run.length - 2],
  ] as const) {
    // The other canal's bank was cut off first: this water crosses it to reach that water.
    if (mesh.edge(run[end]!, sides[end === 0 ? 0 : 1])?.kind !== 'path') continue
    for (const line of [middle, edge]) {
      const [ux, uy] = unit(line[next]!, line[end]!)
      line[end] = [line[end]![0] + ux * MOUTH_METRES, line[end]![1] + uy * MOUTH_METRES]
    }
  }
  town.landcover.push({ kind: 'water', name: canal.name, rings: [[...middle, ...edge.toReversed()]] })
  const [inner, outer] = [offset(canal.halfWidth + 0.4), offset(canal.halfWidth + BANK_METRES - 2.4)]
  for (const [end, next] of [
    [0, 1],
    [run.length - 1, run.length - 2],
  ] as const) {
    // Where another canal joins, the bank stops at its water.
    const meetsWater = mesh.edge(run[end]!, sides[end === 0 ? 0 : 1])?.kind === 'canal'
    for (const line of [inner, outer]) {
      if (meetsWater) line[end] = lerp(line[end]!, line[next]!, 10 / distance(line[end]!, line[next]!))
    }
  }
  town.landcover.push({ kind: 'green', name: null, rings: [[...inner, ...outer.toReversed()]] })
}
