import { distance } from './plane.ts'
import type { Town } from './town.ts'

const LONGEST_BRIDGE = 66

interface End {
  node: number
  community: number
}

/** Footbridges: where a street ends at the walk on one bank, and one not far off on the other bank, they are joined. */
export function linkBridges(town: Town): void {
  const { mesh } = town
  const byCanal = new Map<string, End[]>()
  town.communities.forEach((community, index) => {
    for (const block of community.blocks.filter(({ kind }) => kind === 'bank')) {
      const canal = mesh.ringEdges(block.face).find((edge) => edge.kind === 'canal')!.name!
      const ends = streetEnds(town, block.face).map((node) => ({ node, community: index }))
      byCanal.set(canal, [...(byCanal.get(canal) ?? []), ...ends])
    }
  })
  for (const ends of byCanal.values()) {
    const used = new Set<number>()
    for (const end of ends) {
      const reach = (other: End) => distance(mesh.nodes[end.node]!, mesh.nodes[other.node]!)
      const nearest = ends
        .filter(
          (other) =>
            other.community !== end.community && !used.has(other.node) && reach(other) < LONGEST_BRIDGE,
        )
        .toSorted((a, b) => reach(a) - reach(b))[0]
      if (!nearest || used.has(end.node)) continue
      used.add(end.node).add(nearest.node)
      mesh.setEdge(end.node, nearest.node, { kind: 'path', name: `${town.nextName()}桥`, halfWidth: 2 })
    }
  }
}

/** Nodes of the walk on this bank at which a street ends. */
function streetEnds(town: Town, bank: number): number[] {
  const { mesh } = town
  const ring = mesh.faces[bank]!
  const edges = mesh.ringEdges(bank)
  return ring.filter((node, i) => {
    const before = (i + ring.length - 1) % ring.length
    if (edges[i]!.kind !== 'path' || edges[before]!.kind !== 'path') return false
    const beyond = mesh.faceBeside(ring[(i + 1) % ring.length]!, node)
    return beyond !== undefined && hasStreet(town, beyond, node)
  })
}

/** Does a street leave the walk here, along the border of the face behind the walk? */
function hasStreet(town: Town, face: number, node: number): boolean {
  const ring = town.mesh.faces[face]!
  const i = ring.indexOf(node)
  return [ring[(i + 1) % ring.length]!, ring[(i + ring.length - 1) % ring.length]!].some(
    (other) => town.mesh.edge(node, other)?.kind === 'minor',
  )
}
