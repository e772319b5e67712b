import { distance } from './plane.ts'
import type { Town } from './town.ts'

const LONGEST_BRIDGE = 66

/** Footbridges: where a street ends at the walk on one bank, and one not far off on the other bank, they are joined. */
export function linkBridges(town: Town): void {
  const { mesh } = town
  const ends: { node: number; community: number; canal: string }[] = []
  town.communities.forEach((community, index) => {
    for (const block of community.blocks.filter(({ kind }) => kind === 'bank')) {
      const ring = mesh.faces[block.face]!
      const edges = mesh.ringEdges(block.face)
      const canal = edges.find((edge) => edge.kind === 'canal')!.name!
      ring.forEach((node, i) => {
        const onWalk =
          edges[i]!.kind === 'path' && edges[(i + ring.length - 1) % ring.length]!.kind === 'path'
        const beyond = mesh.faceBeside(ring[(i + 1) % ring.length]!, node)
        const turns = onWalk && beyond !== undefined && hasStreet(town, beyond, node)
        if (turns) ends.push({ node, community: index, canal })
      })
    }
  })
  const used = new Set<number>()
  for (const end of ends) {
    const others = ends.filter(
      (other) => other.canal === end.canal && other.community !== end.community && !used.has(other.node),
    )
    const reach = (other: { node: number }) => distance(mesh.nodes[end.node]!, mesh.nodes[other.node]!)
    const nearest = others.toSorted((a, b) => reach(a) - reach(b))[0]
    if (!nearest || used.has(end.node) || reach(nearest) > LONGEST_BRIDGE) continue
    used.add(end.node)
    used.add(nearest.node)
    mesh.setEdge(end.node, nearest.node, { kind: 'path', name: `${town.nextName()}桥`, halfWidth: 2 })
  }
}

/** Does a street leave the walk here, along the border of the face behind the walk? */
function hasStreet(town: Town, face: number, node: number): boolean {
  const ring = town.mesh.faces[face]!
  const i = ring.indexOf(node)
  return [ring[(i + 1) % ring.length]!, ring[(i + ring.length - 1) % ring.length]!].some(
    (other) => town.mesh.edge(node, other)?.kind === 'minor',
  )
}
