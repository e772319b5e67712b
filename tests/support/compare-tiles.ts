import { decodeStrictly, type StrictTile } from './strict-mvt.ts'
import { outlineDistance } from './tile-distance.ts'

/** Shapes within a quarter of a tile around are not clipped; two units more for the rounding of boxes and points. */
const RANGE: [number, number] = [-1026, 5122]

export interface TileComparison {
  features: number
  /** Empty when both hold the same features with the same attributes within `tolerance` units. */
  differences: string[]
  /** The largest distance between the outlines of a feature in both, in tile units. */
  farthest: number
}

/** Compares two encodings of one tile, having decoded both strictly. */
export function compareTiles(a: Uint8Array, b: Uint8Array, tolerance = 1): TileComparison {
  const [left, right] = [decodeStrictly(a, RANGE), decodeStrictly(b, RANGE)]
  const result: TileComparison = { features: 0, differences: [], farthest: 0 }
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    compareLayer(name, left, right, tolerance, result)
  }
  return result
}

function compareLayer(
  name: string,
  left: StrictTile,
  right: StrictTile,
  tolerance: number,
  result: TileComparison,
) {
  const others = new Map((right.get(name) ?? []).map((feature) => [feature.id, feature]))
  for (const feature of left.get(name) ?? []) {
    const other = others.get(feature.id)
    others.delete(feature.id)
    if (!other) {
      result.differences.push(`${name} ${feature.id} is in the first alone`)
      continue
    }
    result.features++
    if (stable(feature.attributes) !== stable(other.attributes)) {
      result.differences.push(
        `${name} ${feature.id}: ${stable(feature.attributes)} ≠ ${stable(other.attributes)}`,
      )
    }
    const distance = outlineDistance(feature.parts, other.parts, feature.type === 'polygon')
    result.farthest = Math.max(result.farthest, distance)
    if (feature.type !== other.type || distance > tolerance) {
      result.differences.push(`${name} ${feature.id}: outlines ${distance.toFixed(2)} units apart`)
    }
  }
  for (const id of others.keys()) result.differences.push(`${name} ${id} is in the second alone`)
}

const stable = (attributes: Record<string, unknown>): string =>
  JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)))
