import type { LatestEvent, PastFeature, VersionEntry } from '../../geodata/history/history.schema.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { requestJson, withQuery } from './request.ts'

/** Newest first; deleted features too. `next` goes into the next question as `cursor`. */
export const listVersions = (layer: LayerId, id: number, cursor: string | undefined, signal: AbortSignal) =>
  requestJson<{ versions: VersionEntry[]; next: string | null }>(
    withQuery(`/api/v1/${layer}/${id}/versions`, { cursor }),
    { signal },
  )

export const getVersion = (layer: LayerId, id: number, version: number, signal: AbortSignal) =>
  requestJson<PastFeature>(`/api/v1/${layer}/${id}/versions/${version}`, { signal })

export interface FeaturesAsOf {
  features: StoredFeature[]
  /** More are in force in the box than were loaded. They come in id order. */
  truncated: boolean
}

const PAGE = 1000
export const degrees = (bbox: Bbox) => bbox.map((side) => side.toFixed(7)).join(',')

/** The features of a layer that were in force at a moment and meet the box, page by page, up to `most`. */
export async function loadFeaturesAsOf(
  layer: LayerId,
  time: string,
  bbox: Bbox,
  most: number,
  signal: AbortSignal,
): Promise<FeaturesAsOf> {
  const features: StoredFeature[] = []
  let cursor: string | undefined
  do {
    const page: { features: StoredFeature[]; next: string | null } = await requestJson(
      withQuery(`/api/v1/${layer}/as-of`, {
        time,
        bbox: degrees(bbox),
        limit: Math.min(PAGE, most - features.length),
        cursor,
      }),
      { signal },
    )
    features.push(...page.features)
    cursor = page.next ?? undefined
  } while (cursor && features.length < most)
  return { features, truncated: cursor !== undefined }
}

/** Who changed what lately in a box, newest first. */
export const listLatest = (bbox: Bbox, limit: number, signal: AbortSignal) =>
  requestJson<{ events: LatestEvent[]; next: string | null }>(
    withQuery('/api/v1/history', { bbox: degrees(bbox), limit }),
    { signal },
  )
