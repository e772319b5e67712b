import { LAYERS } from '../../geodata/layers.ts'
import { LAYER_IDS } from '../../geodata/shared/layer.ts'
import { ANALYSIS_ROUTES } from './access-analyses.ts'
import { CAMPAIGN_ROUTES } from './access-campaigns.ts'
import { CASE_ROUTES } from './access-cases.ts'
import { DISPATCH_ROUTES } from './access-dispatch.ts'
import { DUTY_ROUTES } from './access-duties.ts'
import { any, body, box, type Entry, type Got, get, json, read } from './access-entry.ts'
import { FIGURE_ROUTES } from './access-figures.ts'
import { LAYER_ROUTES, OGC_ITEMS } from './access-layers.ts'
import { NOTE_ROUTES } from './access-notes.ts'
import { PATROL_ROUTES } from './access-patrols.ts'
import { PEOPLE_ROUTES } from './access-people.ts'
import { REPLAY_ROUTES } from './access-replay.ts'
import { WALL_ROUTES } from './access-walls.ts'

/** The answer of a change set to an edit of something that is not there: in conflict with nothing. */
const isGone = (got: Got) =>
  json(got).conflicts.every(({ current }: { current: unknown }) => current === null)

/** Every route of the product, by method and described path. A route that is not here fails the matrix test. */
export const ROUTES: Record<string, Entry> = {
  ...FIGURE_ROUTES,
  ...ANALYSIS_ROUTES,
  ...CAMPAIGN_ROUTES,
  ...CASE_ROUTES,
  ...DUTY_ROUTES,
  ...WALL_ROUTES,
  ...DISPATCH_ROUTES,
  ...REPLAY_ROUTES,

  'GET /healthz': any('public', () => get('/healthz')),
  'GET /readyz': any('public', () => get('/readyz')),
  'GET /metrics': any('operate', () => get('/metrics')),
  'GET /api/openapi.json': any('read', () => get('/api/openapi.json')),
  'GET /api/docs': any('read', () => get('/api/docs')),
  'GET /basemap.pmtiles': any('read', () => get('/basemap.pmtiles'), { allowed: [404] }),

  'GET /api/v1/workspace': read(
    () => get('/api/v1/workspace'),
    (got, { inside: [lng] }) => {
      const { bbox } = json(got)
      return bbox !== null && bbox[0] <= lng && bbox[2] >= lng
    },
  ),
  'GET /api/v1/counts': read(
    (place) => get(`/api/v1/counts?${box(place)}`),
    (got) => LAYER_IDS.some((layer) => json(got).counts[layer] > 0),
  ),
  'GET /api/v1/search': read(({ mark }) => get(`/api/v1/search?q=${encodeURIComponent(mark)}&limit=50`)),
  'GET /api/v1/places/{code}': read(({ code }) => get(`/api/v1/places/${code}`)),
  'GET /api/v1/cells': read(({ inside: [lng, lat] }) => get(`/api/v1/cells?lng=${lng}&lat=${lat}`)),
  'GET /api/v1/communities/{id}/topology': read(
    ({ ids }) => get(`/api/v1/communities/${ids.communities}/topology`),
    ({ status }) => status === 200,
  ),
  'GET /api/v1/zone-layers': any('read', () => get('/api/v1/zone-layers')),
  'GET /api/v1/figures/hazards': read(() => get('/api/v1/figures/hazards?cells=communities')),
  'GET /api/v1/figures/patrols': read(() => get('/api/v1/figures/patrols?cells=communities')),
  'GET /api/v1/figures/coverage': read(() => get('/api/v1/figures/coverage?cells=communities&kind=aed')),
  'GET /api/v1/events': read(
    () => get('/api/v1/events?after=0'),
    (got, { ids }) => got.text.includes(`"layer":"hazards","featureId":${ids.hazards},`),
  ),
  'GET /api/v1/history': read((place) => get(`/api/v1/history?limit=500&${box(place)}`)),
  'POST /api/v1/changes': {
    permission: 'edit',
    concern: 'write',
    ask: async (place) => body('POST', '/api/v1/changes', await place.changeSet()),
    refused: (got) => got.status === 412 && isGone(got),
  },
  'POST /api/v1/changes/check': {
    permission: 'edit',
    concern: 'write',
    ask: async (place) => {
      const { puts, deletes } = await place.changeSet()
      return body('POST', '/api/v1/changes/check', { puts, deletes })
    },
    refused: (got) => got.status === 200 && isGone(got),
  },
  'GET /api/v1/views': any('read', () => get('/api/v1/views')),
  'POST /api/v1/views': any('view', ({ unique }) =>
    body('POST', '/api/v1/views', { name: `视图 ${unique()}`, query: '?z=12' }),
  ),
  'PUT /api/v1/views/{id}': any('view', async ({ view, unique }) => {
    const { id, etag } = await view()
    return {
      ...body('PUT', `/api/v1/views/${id}`, { name: `视图 ${unique()}`, query: '' }),
      headers: { 'if-match': etag },
    }
  }),
  'DELETE /api/v1/views/{id}': any('view', async ({ view }) => {
    const { id, etag } = await view()
    return { method: 'DELETE', path: `/api/v1/views/${id}`, headers: { 'if-match': etag } }
  }),
  'GET /api/v1/settings': any('read', () => get('/api/v1/settings')),
  'PATCH /api/v1/settings': {
    permission: 'configure',
    concern: 'everywhere',
    ask: async ({ etagOf, unique }) => ({
      ...body('PATCH', '/api/v1/settings', { areaName: `街道 ${unique()}` }),
      headers: { 'if-match': await etagOf('/api/v1/settings') },
    }),
  },

  'POST /api/v1/demo': {
    permission: 'import',
    concern: 'everywhere',
    ask: () => ({ method: 'POST', path: '/api/v1/demo' }),
    // The database holds something else.
    allowed: [400],
  },
  'POST /api/v1/imports': {
    permission: 'import',
    concern: 'everywhere',
    ask: ({ file }) => ({ method: 'POST', path: '/api/v1/imports?dryRun=true', body: file() }),
  },
  'GET /api/v1/imports': { permission: 'import', concern: 'everywhere', ask: () => get('/api/v1/imports') },
  'GET /api/v1/imports/{id}': {
    permission: 'import',
    concern: 'everywhere',
    ask: ({ batchId }) => get(`/api/v1/imports/${batchId}`),
  },

  'GET /api/v1/patrol-routes': read(({ planId }) => get(`/api/v1/patrol-routes?plan=${planId}`)),
  'GET /tiles/patrol-routes.json': any('read', () => get('/tiles/patrol-routes.json')),
  'GET /tiles/patrol-routes/{z}/{x}/{y}.mvt': read(
    ({ tile }) => get(`/tiles/patrol-routes/${tile(15)}.mvt`),
    ({ bytes }, { mark }) => Buffer.from(bytes).includes(mark),
  ),
  'GET /ogc': any('read', () => get('/ogc')),
  'GET /ogc/api': any('read', () => get('/ogc/api')),
  'GET /ogc/conformance': any('read', () => get('/ogc/conformance')),
  'GET /ogc/collections': any('read', () => get('/ogc/collections')),
  'GET /ogc/collections/{collectionId}': any('read', () => get('/ogc/collections/buildings')),
  'GET /ogc/collections/{collectionId} part': read(({ analysisId }) =>
    get(`/ogc/collections/analysis-${analysisId}-gap`),
  ),
  [`${OGC_ITEMS} part`]: read(({ analysisId }) => get(`/ogc/collections/analysis-${analysisId}-gap/items`)),
  [`${OGC_ITEMS} patrol-routes`]: read((place) => get(`/ogc/collections/patrol-routes/items?${box(place)}`)),
  'GET /tiles/{layer}.json': any('read', () => get('/tiles/buildings.json')),
  ...Object.fromEntries(
    LAYER_IDS.map((layer) => [
      `GET /tiles/{layer}/{z}/{x}/{y}.mvt ${layer}`,
      read(
        ({ tile }) => get(`/tiles/${layer}/${tile(Math.max(15, LAYERS[layer].minZoom))}.mvt`),
        (got, place) => place.isInTile(got.bytes, layer),
      ),
    ]),
  ),
  ...LAYER_ROUTES,
  ...NOTE_ROUTES,
  ...PATROL_ROUTES,
  ...PEOPLE_ROUTES,
}

/** The route that an entry is of: tiles have an entry for each layer. */
export const routeOf = (key: string): string => key.split(' ').slice(0, 2).join(' ')
