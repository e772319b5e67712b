import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { requestJson, withQuery } from './request.ts'
import type { FeaturePage } from './types.ts'

const PAGE = 1000

/**
 * Every feature of a layer that meets the box, with its whole geometry, read page by page; undefined when there are
 * more than `most`.
 */
export async function loadFeaturesInBox(
  layer: LayerId,
  bbox: Bbox,
  most: number,
  signal: AbortSignal,
): Promise<StoredFeature[] | undefined> {
  const features: StoredFeature[] = []
  let cursor: string | undefined
  do {
    const page: FeaturePage = await requestJson<FeaturePage>(
      withQuery(`/api/v1/${layer}`, {
        bbox: bbox.map((degrees) => degrees.toFixed(7)).join(','),
        limit: Math.min(PAGE, most + 1),
        cursor,
      }),
      { signal },
    )
    features.push(...page.features)
    if (features.length > most) return undefined
    cursor = page.next ?? undefined
  } while (cursor)
  return features
}
