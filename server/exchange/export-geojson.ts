import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Reach } from '../access/reach.ts'
import type { FeatureFilter } from '../features/feature.filter.ts'
import type { Sql } from '../platform/database.ts'
import { exportPages, exportRights } from './export.store.ts'

/**
 * A layer as one RFC 7946 FeatureCollection, in pieces of text: no crs member, no byte order mark. Further members say
 * what the layer is, whom to name and whether all of it is demo data; import reads whom to name again. Throws `invalid-parameter`
 * for a filter that the layer does not have, before the first piece.
 */
export async function exportGeoJson(
  sql: Sql,
  layer: LayerId,
  filter: FeatureFilter,
  reach: Reach,
  signal?: AbortSignal,
): Promise<AsyncGenerator<{ text: string; rows: number }>> {
  const { attribution, licence, demo } = await exportRights(sql, layer, filter, reach)
  const members = {
    type: 'FeatureCollection',
    layer,
    title: LAYERS[layer].title,
    ...(attribution ? { attribution } : {}),
    ...(licence ? { licence } : {}),
    ...(demo ? { demo } : {}),
  }
  return pieces()

  async function* pieces() {
    yield { text: `${JSON.stringify(members).slice(0, -1)},"features":[\n`, rows: 0 }
    let first = true
    for await (const page of exportPages(sql, layer, filter, reach, signal)) {
      yield { text: (first ? '' : ',\n') + page.text, rows: page.count }
      first = false
    }
    yield { text: '\n]}\n', rows: 0 }
  }
}
