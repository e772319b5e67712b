import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { box, type Entry, type Got, get, json, read } from './access-entry.ts'
import type { Territory } from './territory.ts'

const ofLayer = (place: Territory, layer: LayerId) => place.ids[layer]

/** Has an entry for each layer, the routes of patrols and what analyses found. */
export const OGC_ITEMS = 'GET /ogc/collections/{collectionId}/items'

function layerRoutes(layer: LayerId): Record<string, Entry> {
  const path = `/api/v1/${layer}`
  const one = `${path}/{id}`
  const write = (ask: Entry['ask'], more: Partial<Entry> = {}): Entry => ({
    permission: 'edit',
    concern: 'write',
    ask,
    ...more,
  })
  const holdsOthers = layer === 'communities' || layer === 'grids' || layer === 'micro-grids'
  const inIds = (got: Got, place: Territory) =>
    got.status === 200 && json(got).ids.includes(ofLayer(place, layer))
  return {
    [`GET ${path}`]: read((place) => get(`${path}?${box(place)}`)),
    [`GET ${path}/ids`]: read((place) => get(`${path}/ids?${box(place)}`), inIds),
    [`GET ${path}/facets`]: read(
      (place) => get(`${path}/facets?${box(place)}`),
      (got) => got.status === 200 && json(got).total > 0,
    ),
    [`GET ${path}/as-of`]: read(({ bbox, now }) => get(`${path}/as-of?time=${now()}&bbox=${bbox.join(',')}`)),
    [`GET ${one}`]: read((place) => get(`${path}/${ofLayer(place, layer)}`)),
    [`GET ${one}/versions`]: read(
      (place) => get(`${path}/${ofLayer(place, layer)}/versions`),
      (got) => got.status === 200 && json(got).versions.length > 0,
    ),
    [`GET ${one}/versions/{version}`]: read((place) => get(`${path}/${ofLayer(place, layer)}/versions/1`)),
    [`GET /api/v1/exports/${layer}`]: {
      ...read((place) => get(`/api/v1/exports/${layer}?${box(place)}`)),
      permission: 'export',
    },
    [`${OGC_ITEMS} ${layer}`]: read((place) => get(`/ogc/collections/${layer}/items?${box(place)}`)),
    [`${OGC_ITEMS}/{featureId} ${layer}`]: read((place) =>
      get(`/ogc/collections/${layer}/items/${ofLayer(place, layer)}`),
    ),
    [`POST ${path}`]: write((place) => ({ method: 'POST', path, body: place.another(layer) }), {
      // A new community lies in no cell that anyone could have been given.
      ...(layer === 'communities' ? { allowedInArea: [403] } : {}),
    }),
    [`PUT ${one}`]: write(async (place) => {
      const { feature, etag } = await place.stored(layer)
      return {
        method: 'PUT',
        path: `${path}/${feature.id}`,
        headers: { 'if-match': etag },
        body: { type: 'Feature', geometry: feature.geometry, properties: feature.properties },
      }
    }),
    [`PATCH ${one}`]: write(async (place) => {
      const { feature, etag } = await place.stored(layer)
      return {
        method: 'PATCH',
        path: `${path}/${feature.id}`,
        headers: { 'if-match': etag },
        body: { properties: place.renamed(layer) },
      }
    }),
    [`DELETE ${one}`]: write(
      async (place) => {
        const { feature, etag } = holdsOthers ? await place.stored(layer) : await place.fresh(layer)
        return { method: 'DELETE', path: `${path}/${feature.id}`, headers: { 'if-match': etag } }
      },
      holdsOthers ? { allowed: [409] } : {},
    ),
  }
}

/** What each layer has. */
export const LAYER_ROUTES: Record<string, Entry> = Object.assign({}, ...LAYER_IDS.map(layerRoutes))
