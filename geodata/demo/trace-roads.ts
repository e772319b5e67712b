import type { Edge, Mesh } from './mesh.ts'
import { isWalkable } from './mesh.ts'

export interface RoadDraft {
  nodes: number[]
  edge: Edge
}

/** Joins edges of one road between junctions into lines, so that lines meet only at their ends. */
export function traceRoads(mesh: Mesh): RoadDraft[] {
  const beside = new Map<number, { to: number; edge: Edge }[]>()
  const add = (from: number, to: number, edge: Edge) => {
    const list = beside.get(from)
    if (list) list.push({ to, edge })
    else beside.set(from, [{ to, edge }])
  }
  for (const [a, b, edge] of mesh.edges()) {
    if (!isWalkable(edge)) continue
    add(a, b, edge)
    add(b, a, edge)
  }
  const isSame = (one: Edge, other: Edge) => one.kind === other.kind && one.name === other.name
  const isJunction = (node: number) => {
    const list = beside.get(node)!
    return list.length !== 2 || !isSame(list[0]!.edge, list[1]!.edge)
  }
  const used = new Set<string>()
  const key = (a: number, b: number) => (a < b ? `${a},${b}` : `${b},${a}`)
  const roads: RoadDraft[] = []
  const follow = (start: number, first: { to: number; edge: Edge }) => {
    const nodes = [start]
    let at = start
    let next: { to: number; edge: Edge } | undefined = first
    while (next && !used.has(key(at, next.to))) {
      used.add(key(at, next.to))
      nodes.push(next.to)
      const previous = at
      at = next.to
      next = isJunction(at) ? undefined : beside.get(at)!.find(({ to }) => to !== previous)
    }
    if (nodes.length > 1) roads.push({ nodes, edge: first.edge })
  }
  for (const [node, list] of beside) if (isJunction(node)) for (const step of list) follow(node, step)
  // What is left are rings without a junction.
  for (const [node, list] of beside) for (const step of list) follow(node, step)
  return roads
}
