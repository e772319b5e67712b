import type { CellsAt, Place } from '../../geodata/places/place.schema.ts'
import type { ViewCounts, Workspace } from '../../geodata/places/workspace.schema.ts'
import type { SearchResult } from '../../geodata/search/search.schema.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { Bbox, LngLat } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { requestJson, withQuery } from './request.ts'
import type { FeaturePage } from './types.ts'

const API = '/api/v1'
const box = (bbox: Bbox) => bbox.map((degrees) => degrees.toFixed(6)).join(',')

export const getWorkspace = () => requestJson<Workspace>(`${API}/workspace`)

export const getCounts = (bbox: Bbox, signal?: AbortSignal) =>
  requestJson<ViewCounts>(withQuery(`${API}/counts`, { bbox: box(bbox) }), signal ? { signal } : {})

export const search = (q: string, signal?: AbortSignal) =>
  requestJson<{ results: SearchResult[] }>(
    withQuery(`${API}/search`, { q, limit: 20 }),
    signal ? { signal } : {},
  ).then((answer) => answer.results)

export const getPlace = (code: string) => requestJson<Place>(`${API}/places/${encodeURIComponent(code)}`)

export const getFeature = (layer: LayerId, id: number) => requestJson<StoredFeature>(`${API}/${layer}/${id}`)

export const getCellsAt = ([lng, lat]: LngLat) =>
  requestJson<CellsAt>(withQuery(`${API}/cells`, { lng, lat }))

export interface ListQuery {
  parent?: string | undefined
  kind?: string | undefined
  state?: string | undefined
  q?: string | undefined
  limit?: number
  cursor?: string | undefined
  geometry?: boolean
}

export const listFeatures = (layer: LayerId, query: ListQuery) =>
  requestJson<FeaturePage>(withQuery(`${API}/${layer}`, { ...query }))

/** Address of a download; the browser saves it as a file. */
export const exportUrl = (layer: LayerId, filter: { parent?: string | undefined; bbox?: Bbox | undefined }) =>
  withQuery(`${API}/exports/${layer}`, {
    format: 'geojson',
    parent: filter.parent,
    bbox: filter.bbox && box(filter.bbox),
  })
