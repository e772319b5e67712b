import type { IncomingFeature } from '../shared/feature.ts'
import type { LayerId } from '../shared/layer.ts'
import { distance, isInside, lerp, ringCentroid, unit, type Vec } from './plane.ts'
import { toLngLat } from './to-lng-lat.ts'
import type { BuildingDraft, Town } from './town.ts'

/** A spot inside a building, near the middle of its longest side: where its door would be. */
export function doorOf({ rings }: Pick<BuildingDraft, 'rings'>): Vec {
  const ring = rings[0]!
  const lengths = ring.map((p, i) => distance(p, ring[(i + 1) % ring.length]!))
  const longest = lengths.indexOf(Math.max(...lengths))
  const [a, b] = [ring[longest]!, ring[(longest + 1) % ring.length]!]
  const [ux, uy] = unit(a, b)
  const middle = lerp(a, b, 0.5)
  const door: Vec = [middle[0] - uy * 1.2, middle[1] + ux * 1.2]
  return isInside(door, ring) ? door : ringCentroid(ring)
}

/** Spots on the pavement of a face's streets, every `spacing` metres, on the side of the face. */
export function pavementSpots(
  town: Town,
  face: number,
  kinds: readonly string[],
  spacing: number,
): { at: Vec; street: string }[] {
  const ring = town.mesh.points(face)
  const out: { at: Vec; street: string }[] = []
  let since = spacing * 0.6
  town.mesh.ringEdges(face).forEach((edge, i) => {
    if (!kinds.includes(edge.kind)) return
    const [a, b] = [ring[i]!, ring[(i + 1) % ring.length]!]
    const length = distance(a, b)
    const [ux, uy] = unit(a, b)
    let along = spacing - since
    for (; along < length; along += spacing) {
      const off = Math.max(0.6, edge.halfWidth - 1.2)
      out.push({
        at: [a[0] + ux * along - uy * off, a[1] + uy * along + ux * off],
        street: edge.name ?? '',
      })
    }
    since = spacing - (along - length)
  })
  return out
}

/** Collects the point features of a layer. */
export function collectPoints(layer: LayerId) {
  const features: IncomingFeature[] = []
  return {
    features,
    add(at: Vec, properties: Record<string, unknown>): void {
      features.push({
        sourceId: `demo:${layer}/${features.length + 1}`,
        geometry: { type: 'Point', coordinates: toLngLat(at) },
        properties,
      })
    },
  }
}
