import type { Facets, IdList } from '../../geodata/lists/list.schema.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox, LngLat } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { writeArea } from '../../geodata/shared/read-area.ts'
import { requestJson, withQuery } from './request.ts'
import type { FeaturePage } from './types.ts'

const API = '/api/v1'

/** What narrows a layer; client/app/filters.ts reads it from a link. */
export interface FilterQuery {
  parent?: string | undefined
  kind?: string[] | undefined
  state?: string[] | undefined
  severity?: string[] | undefined
  from?: string | undefined
  to?: string | undefined
  q?: string | undefined
  area?: LngLat[] | undefined
  unassigned?: true | undefined
}

/** Most ids that one question may name. */
export const MAX_IDS = 500

/** A filter as the parameters that lists, ids, facets, exports and tiles take. */
export function filterParameters(filter: FilterQuery, bbox?: Bbox) {
  const { area, kind, state, severity } = filter
  return {
    ...filter,
    kind: kind?.join(','),
    state: state?.join(','),
    severity: severity?.join(','),
    area: area && writeArea(area),
    bbox: bbox?.map((degrees) => degrees.toFixed(6)).join(','),
  }
}

/** The ids of all that the filter leaves, in order; at most 200,000. */
export const getIds = (
  layer: LayerId,
  filter: FilterQuery,
  sort: string | undefined,
  bbox: Bbox | undefined,
  signal: AbortSignal,
) =>
  requestJson<IdList>(withQuery(`${API}/${layer}/ids`, { ...filterParameters(filter, bbox), sort }), {
    signal,
  })

/** Features by id, at most MAX_IDS, in the order given; those that are gone are absent. */
export async function getRows(
  layer: LayerId,
  ids: readonly number[],
  geometry: boolean,
  signal?: AbortSignal,
): Promise<StoredFeature[]> {
  if (ids.length === 0) return []
  const page = await requestJson<FeaturePage>(
    withQuery(`${API}/${layer}`, { ids: ids.join(','), geometry, limit: ids.length }),
    signal ? { signal } : {},
  )
  return page.features
}

export const getFacets = (layer: LayerId, filter: FilterQuery, signal: AbortSignal) =>
  requestJson<Facets>(withQuery(`${API}/${layer}/facets`, filterParameters(filter)), { signal })

/** Address of a layer's TileJSON; its tiles hold only what the filter leaves. */
export const filteredTileJsonUrl = (layer: LayerId, filter: FilterQuery | undefined) =>
  withQuery(`/tiles/${layer}.json`, filter ? filterParameters(filter) : {})

/** What a layer's TileJSON says of the whole layer; no bounds while it is empty. */
export const getTileJson = (layer: LayerId) =>
  requestJson<{ bounds?: Bbox; attribution?: string }>(filteredTileJsonUrl(layer, undefined))

/** Address of a download of what the filter leaves, or of at most MAX_IDS features by their ids. */
export const filteredExportUrl = (
  layer: LayerId,
  filter: FilterQuery,
  { bbox, ids }: { bbox?: Bbox | undefined; ids?: readonly number[] | undefined } = {},
) =>
  withQuery(`${API}/exports/${layer}`, {
    format: 'geojson',
    ...filterParameters(filter, bbox),
    ids: ids?.join(','),
  })
