import { type Edge, type Mesh, WALL } from './mesh.ts'
import { crossing, distance, distanceToSegment, isInside, lerp, unit, type Vec } from './plane.ts'

export interface Cut {
  left: number
  right: number
  /** All nodes of the cut, from behind `p` to ahead of it. */
  chain: number[]
}

/** Cuts a face by a road through `p` in direction `d`, bent by `bend` × its length when there is room for that. */
export function cutByRoad(
  mesh: Mesh,
  face: number,
  p: Vec,
  d: Vec,
  road: Edge,
  options: { snap: number; bend: number; step: number },
): Cut | undefined {
  const ends = mesh.endsOfLine(face, p, d, options.snap)
  if (!ends) return undefined
  const ring = mesh.points(face)
  const [a, b] = [mesh.nodes[ends[0]]!, mesh.nodes[ends[1]]!]
  const length = distance(a, b)
  const pieces = Math.max(1, Math.round(length / options.step))
  const [ux, uy] = unit(a, b)
  const along = (bend: number) =>
    Array.from({ length: pieces - 1 }, (_, i): Vec => {
      const t = (i + 1) / pieces
      const off = bend * length * 4 * t * (1 - t)
      const [x, y] = lerp(a, b, t)
      return [x - uy * off, y + ux * off]
    })
  const points = [options.bend, -options.bend / 2, 0]
    .map(along)
    .find(
      (inner) =>
        inner.every((q) => isInside(q, ring) && clearance(q, ring) > options.step / 7) &&
        staysInside([a, ...inner, b], ring),
    )
  if (!points) return undefined
  const chain = [ends[0], ...points.map((q) => mesh.addNode(q)), ends[1]]
  const [left, right] = mesh.splitFace(face, chain, new Array(chain.length - 1).fill(road))
  return { left, right, chain }
}

/** Does a line between two points of a ring keep to one side of it, touching it at its ends only? */
function staysInside(line: readonly Vec[], ring: readonly Vec[]): boolean {
  for (let k = 0; k + 1 < line.length; k++) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const hit = crossing(line[k]!, line[k + 1]!, ring[j]!, ring[i]!)
      if (hit && hit[0] > 1e-6 && hit[0] < 1 - 1e-6) return false
    }
  }
  return isInside(lerp(line[0]!, line[1]!, 0.5), ring)
}

const clearance = (q: Vec, ring: readonly Vec[]) => {
  let least = Infinity
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    least = Math.min(least, distanceToSegment(q, ring[j]!, ring[i]!))
  }
  return least
}

export interface LoopNode {
  node: number
  /** Place on the loop: number of its edge + fraction along it. */
  at: number
}

/**
 * Cuts a face straight through `p` in direction `d`. Where the cut is inside `loop` it carries `road`; outside, between
 * the loop and the street, it is a wall, or `entry` at an end whose gate is open. Nodes made on the loop are added to
 * `loopNodes`. Returns the cut and, for each end, the node where it meets the loop.
 */
export function cutInsideLoop(
  mesh: Mesh,
  face: number,
  p: Vec,
  d: Vec,
  loop: readonly Vec[],
  loopNodes: LoopNode[],
  road: Edge,
  entries: { behind?: Edge; ahead?: Edge },
): (Cut & { behind: number; ahead: number }) | undefined {
  const ends = mesh.endsOfLine(face, p, d, 1)
  if (!ends) return undefined
  const [a, b] = [mesh.nodes[ends[0]]!, mesh.nodes[ends[1]]!]
  if (!staysInside([a, b], mesh.points(face))) return undefined
  const hits: { t: number; at: number }[] = []
  for (let i = 0; i < loop.length; i++) {
    const hit = crossing(a, b, loop[i]!, loop[(i + 1) % loop.length]!)
    if (hit && hit[0] > 1e-6 && hit[0] < 1 - 1e-6) hits.push({ t: hit[0], at: i + hit[1] })
  }
  hits.sort((one, other) => one.t - other.t)
  const made = hits.map(({ t, at }) => {
    const node = mesh.addNode(lerp(a, b, t))
    loopNodes.push({ node, at })
    return node
  })
  const chain = [ends[0], ...made, ends[1]]
  const edges = chain.slice(1).map((to, i) => {
    const middle = lerp(mesh.nodes[chain[i]!]!, mesh.nodes[to]!, 0.5)
    if (isInside(middle, loop)) return road
    if (i === 0 && entries.behind) return entries.behind
    return i === chain.length - 2 && entries.ahead ? entries.ahead : WALL
  })
  const [left, right] = mesh.splitFace(face, chain, edges)
  return { left, right, chain, behind: made[0] ?? ends[0], ahead: made.at(-1) ?? ends[1] }
}
