import { type OgcCrs, toOgc } from '../../geodata/crs/ogc-crs.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { inSlices } from '../network/in-slices.ts'
import type { OgcFeature } from './collection.ts'

/** Features with their positions in another system. Throws invalid-parameter where it does not reach. */
export async function inCrs(
  features: OgcFeature[],
  crs: OgcCrs,
  signal?: AbortSignal,
): Promise<OgcFeature[]> {
  const isStored = crs.crs.unit === 'degree' && !crs.northFirst
  return isStored ? features : inSlices(converted(features, crs), signal)
}

function* converted(features: OgcFeature[], crs: OgcCrs): Generator<void, OgcFeature[]> {
  const done: OgcFeature[] = []
  for (const feature of features) {
    const { geometry } = feature
    done.push({
      ...feature,
      geometry: geometry && { ...geometry, coordinates: convert(geometry.coordinates, crs) },
    })
    yield
  }
  return done
}

function convert(coordinates: unknown, crs: OgcCrs): unknown {
  if (!Array.isArray(coordinates)) return coordinates
  if (typeof coordinates[0] !== 'number') return coordinates.map((inner) => convert(inner, crs))
  const at = toOgc(crs, coordinates as LngLat)
  if (at) return at
  throw new Problem(
    'invalid-parameter',
    `${crs.crs.id} does not reach ${coordinates.slice(0, 2).join(', ')}. Ask for less with bbox, or take another crs.`,
  )
}
