import { place, rectangle } from './footprints.ts'
import type { Edge } from './mesh.ts'
import { distance, lerp, unit, type Vec } from './plane.ts'
import type { Random } from './random.ts'
import type { MicroDraft } from './town.ts'
import type { Yard } from './yard.ts'

/** Rows of shops with one or two floors along the streets of a yard, facing them, between pavement and wall. */
export function placeShops(
  yard: Yard,
  ring: readonly Vec[],
  edges: readonly Edge[],
  streets: ReadonlySet<string | null>,
  depth: number,
  micro: MicroDraft,
  random: Random,
): void {
  edges.forEach((edge, i) => {
    if (edge.kind === 'canal' || edge.kind === 'wall' || !streets.has(edge.name)) return
    const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!]
    const length = distance(a, b)
    const [ux, uy] = unit(a, b)
    let at = random.between(1.5, 4)
    while (at + 12 < length) {
      const width = Math.min(random.between(16, 40), length - at - 1.5)
      const deep = depth - random.between(0, 2.5)
      const off = edge.halfWidth + 1.4 + deep / 2
      const [x, y] = lerp(a, b, (at + width / 2) / length)
      const angle = Math.atan2(uy, ux)
      const shape = place(rectangle(width, deep), { origin: [x - uy * off, y + ux * off], angle })
      if (width > 9 && yard.fits(shape, 0.8)) {
        yard.take(shape)
        const floors = random.pick([1, 2, 2, 2, 3])
        micro.buildings.push({
          rings: [shape],
          use: floors === 3 ? 'mixed' : 'commercial',
          floors,
          heightMetres: floors * 3.6,
          households: floors === 3 ? random.int(2, 6) : 0,
          name: null,
          address: edge.name ? `${edge.name}${random.int(6, 480)}号` : null,
          role: 'shop',
        })
      }
      at += width + random.pick([0.9, 0.9, 1.5, 7])
    }
  })
}
