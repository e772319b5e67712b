import { pointInside } from '../../geodata/editing/point-inside.ts'
import { LAYERS } from '../../geodata/layers.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'

/** Features with the properties that the layer's tiles carry; what is unknown is left out, as in tiles. */
export function toTileFeatures(
  layer: LayerId,
  features: readonly StoredFeature[],
): GeoJSON.FeatureCollection<GeoJSON.Geometry> {
  return {
    type: 'FeatureCollection',
    features: features.flatMap(({ id, geometry, properties }) => {
      if (!geometry) return []
      return [{ type: 'Feature' as const, id, geometry, properties: tileProperties(layer, properties) }]
    }),
  }
}

/** A point inside the largest part of each area, for its name. */
export function toLabelPoints(
  layer: LayerId,
  features: readonly StoredFeature[],
): GeoJSON.FeatureCollection<GeoJSON.Geometry> {
  return {
    type: 'FeatureCollection',
    features: features.flatMap(({ id, geometry, properties }) => {
      if (geometry?.type !== 'MultiPolygon') return []
      const largest = geometry.coordinates.reduce((one, other) =>
        boxSize(other) > boxSize(one) ? other : one,
      )
      const coordinates = pointInside(largest)
      return [
        {
          type: 'Feature' as const,
          id,
          geometry: { type: 'Point' as const, coordinates: [...coordinates] },
          properties: tileProperties(layer, properties),
        },
      ]
    }),
  }
}

function tileProperties(layer: LayerId, properties: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    LAYERS[layer].tileProperties
      .map((name) => [name, properties[name]] as const)
      .filter(([, value]) => value !== null && value !== undefined),
  )
}

function boxSize([ring = []]: readonly (readonly (readonly [number, number])[])[]): number {
  const lngs = ring.map(([lng]) => lng)
  const lats = ring.map(([, lat]) => lat)
  return (Math.max(...lngs) - Math.min(...lngs)) * (Math.max(...lats) - Math.min(...lats))
}
