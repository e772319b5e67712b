import { isWalkable, WALL } from './mesh.ts'
import type { Town } from './town.ts'

/** Takes away roads that run out into the water where no bridge carries them on to the other bank. */
export function pruneQuays(town: Town): void {
  const { mesh } = town
  const beside = new Map<number, Set<number>>()
  const inWater = new Set<number>()
  for (const [a, b, edge] of mesh.edges()) {
    if (edge.kind === 'canal') inWater.add(a).add(b)
    if (!isWalkable(edge)) continue
    beside.set(a, (beside.get(a) ?? new Set()).add(b))
    beside.set(b, (beside.get(b) ?? new Set()).add(a))
  }
  for (const start of inWater) {
    let at = start
    while (beside.get(at)?.size === 1) {
      const [next] = beside.get(at)!
      mesh.setEdge(at, next!, { ...WALL })
      beside.delete(at)
      beside.get(next!)!.delete(at)
      at = next!
    }
  }
}
