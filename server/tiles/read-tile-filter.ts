import { z } from 'zod'
import { LAYERS } from '../../geodata/layers.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { canonicalFilter, type FeatureFilter, featureWhere } from '../features/feature.filter.ts'
import { tileFilterParameters } from '../features/feature.schema.ts'

export interface TileFilter {
  filter: FeatureFilter
  /** The filter as a query in its one form: the cache's key and the tail of tile addresses. Never empty. */
  key: string
}

const SCHEMAS = new Map(
  LAYER_IDS.map((layer) => [layer, z.strictObject(tileFilterParameters(LAYERS[layer]))] as const),
)

/**
 * The filter that the query of a tile address asks for (values by name); undefined without one. Throws unknown-parameter, or invalid-parameter for a
 * value that the layer does not have.
 */
export function readTileFilter(layer: LayerId, query: Record<string, string[]>): TileFilter | undefined {
  const entries = Object.entries(query)
  if (entries.length === 0) return undefined
  const given = Object.fromEntries(
    entries.map(([name, values]) => [name, values.length === 1 ? values[0] : values]),
  )
  const parsed = SCHEMAS.get(layer)!.safeParse(given)
  if (!parsed.success) {
    const issues = parsed.error.issues.map(({ path, message }) => ({ at: path.join('.'), message }))
    const unknown = parsed.error.issues.every(({ code }) => code === 'unrecognized_keys')
    throw new Problem(
      unknown ? 'unknown-parameter' : 'invalid-parameter',
      `Tiles of ${layer} cannot be filtered so: ${issues.map(({ at, message }) => `${at} ${message}`.trim()).join('; ')}`,
      { issues },
    )
  }
  const filter = parsed.data as FeatureFilter
  // What the query itself would refuse is refused before any tile is looked up.
  featureWhere(layer, filter, 'everywhere')
  const key = canonicalFilter(filter).toString()
  return key === '' ? undefined : { filter, key }
}
