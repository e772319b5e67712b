import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Identity } from '../access/identity.ts'
import type { FeatureFilter } from '../features/feature.filter.ts'
import { featureSchema, filterParameters } from '../features/feature.schema.ts'
import { countMatches } from '../features/ids.store.ts'
import { getFeature, listFeatures } from '../features/read.store.ts'
import type { Database } from '../platform/database.ts'
import type { Extents } from '../tiles/extent.store.ts'
import { tileScope } from '../tiles/tile-scope.ts'
import { toDegrees } from '../tiles/tilejson.ts'
import type { ItemsFilter, OgcCollection } from './collection.ts'

/** A layer, with the filters of its list; those of place and time go by the names that OGC has for them. */
export function layerCollection(
  layer: LayerId,
  { reach }: Pick<Identity, 'reach'>,
  { database, extents }: { database: Database; extents: Extents },
): OgcCollection {
  const definition = LAYERS[layer]
  const { title, timeProperty } = definition
  const { bbox: _bbox, from: _from, to: _to, ...parameters } = filterParameters(definition)
  return {
    id: layer,
    title: `${title.zh} · ${title.en}`,
    description: `${title.zh}，datetime 按 ${timeProperty} 筛选 · ${title.en}; datetime filters by ${timeProperty}`,
    parameters,
    feature: featureSchema(definition),
    async extent() {
      const box = await extents.get(layer, tileScope(reach))
      return box && toDegrees(box)
    },
    list: (filter, page) =>
      listFeatures(database.read, layer, toFilter(filter), reach, { ...page, withGeometry: true }),
    count: (filter) => countMatches(database.read, layer, toFilter(filter), reach),
    get: (id) => getFeature(database.sql, layer, id, reach),
  }
}

const toFilter = ({ own, ...rest }: ItemsFilter): FeatureFilter => ({ ...own, ...rest })
