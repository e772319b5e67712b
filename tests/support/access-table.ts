import type { Permission } from '../../geodata/access/permissions.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { RISKS, SITE_TYPES } from '../../geodata/patrols/checkpoint.schema.ts'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { ANALYSIS_ROUTES } from './access-analyses.ts'
import { DUTY_ROUTES } from './access-duties.ts'
import { TOMORROW } from './evening.ts'
import type { Territory } from './territory.ts'

export interface Ask {
  method: string
  path: string
  /** JSON, or a form. */
  body?: unknown
  headers?: Record<string, string>
}
export interface Got {
  status: number
  text: string
  bytes: Uint8Array
}

/**
 * What a route does with an area. `read`: shows what is in it, and elsewhere answers as if nothing were there. `write`:
 * is refused elsewhere, and nothing changes. `everywhere`: is refused to all whose area is not everywhere. `any`: has
 * nothing to do with places.
 */
type Concern = 'read' | 'write' | 'everywhere' | 'any'

export interface Entry {
  permission: Permission
  concern: Concern
  /** A request about something that stands in the territory. */
  ask(place: Territory): Ask | Promise<Ask>
  /** Whether an answer lets something of the territory be seen; by default its mark or its ids. */
  shows?(got: Got, place: Territory): boolean
  /** Answers of those who may, where they may; by default any 2xx. */
  allowed?: number[]
  /** Of the scoped who may, where they may, when it is not as for those who reach everything. */
  allowedInArea?: number[]
  /** How a write elsewhere is refused when neither with 403 nor with 404. */
  refused?(got: Got): boolean
  /** The end of a session: asked by someone who signs in for it alone. */
  endsSession?: boolean
}

const get = (path: string): Ask => ({ method: 'GET', path })
const box = ({ bbox }: Territory) => `bbox=${bbox.join(',')}`
const json = (got: Got) => JSON.parse(got.text)
/** The answer of a change set to an edit of something that is not there: in conflict with nothing. */
const isGone = (got: Got) =>
  json(got).conflicts.every(({ current }: { current: unknown }) => current === null)
const ofLayer = (place: Territory, layer: LayerId) => place.ids[layer]

/** Has an entry for each layer, the routes of patrols and what analyses found. */
const OGC_ITEMS = 'GET /ogc/collections/{collectionId}/items'

function layerRoutes(layer: LayerId): Record<string, Entry> {
  const path = `/api/v1/${layer}`
  const one = `${path}/{id}`
  const read = (ask: Entry['ask'], shows?: Entry['shows']): Entry => ({
    permission: 'read',
    concern: 'read',
    ask,
    ...(shows ? { shows } : {}),
  })
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

const body = (method: string, path: string, content: unknown): Ask => ({ method, path, body: content })
const any = (permission: Permission, ask: Entry['ask'], more: Partial<Entry> = {}): Entry => ({
  permission,
  concern: 'any',
  ask,
  ...more,
})
const NOBODYS = '00000000-0000-4000-8000-000000000000'
const ofNobody = (ask: Ask): Entry => any('plan', () => ask, { allowed: [404] })
const WEEK = {
  name: '一周',
  days: [TOMORROW],
  from: '18:00',
  to: '22:00',
  teams: [{ id: 'A', name: 'A组', from: '18:00', to: '22:00' }],
  seconds: 0,
}
const read = (ask: Entry['ask'], shows?: Entry['shows']): Entry => ({
  permission: 'read',
  concern: 'read',
  ask,
  ...(shows ? { shows } : {}),
})
const track = (ask: Entry['ask']): Entry => ({ permission: 'track', concern: 'read', ask })
const note = (ask: Entry['ask']): Entry => ({ permission: 'note', concern: 'write', ask })

const isOk = ({ status }: Got) => status === 200
/** A request that names the version of a plan made for it. */
const changePlan = (ask: (id: number, place: Territory) => Ask): Entry => ({
  permission: 'plan',
  concern: 'write',
  ask: async (place) => {
    const { id, etag } = await place.freshPlan()
    return { ...ask(id, place), headers: { 'if-match': etag } }
  },
})
const NORMS = Object.keys(SITE_TYPES).flatMap((siteType) =>
  RISKS.map((risk) => ({ siteType, risk, intervalMinutes: 1440, graceMinutes: 60, serviceMinutes: 5 })),
)

const ENTRY = {
  id: '00000000-0000-4000-8000-00000000e001',
  at: `${TOMORROW}T18:10:00+08:00`,
  roundId: '00000000-0000-4000-8000-00000000f001',
  kind: 'begin',
}

const GPX = new TextEncoder().encode(
  `<gpx><trk><trkseg><trkpt lat="31" lon="120"><time>${TOMORROW}T10:10:00Z</time></trkpt></trkseg></trk></gpx>`,
)

/** Every route of the product, by method and described path. A route that is not here fails the matrix test. */
export const ROUTES: Record<string, Entry> = {
  ...ANALYSIS_ROUTES,
  ...DUTY_ROUTES,

  'GET /healthz': any('public', () => get('/healthz')),
  'GET /readyz': any('public', () => get('/readyz')),
  'GET /metrics': any('operate', () => get('/metrics')),
  'GET /api/openapi.json': any('read', () => get('/api/openapi.json')),
  'GET /api/docs': any('read', () => get('/api/docs')),
  'GET /basemap.pmtiles': any('read', () => get('/basemap.pmtiles'), { allowed: [404] }),

  'GET /api/v1/session': any('public', () => get('/api/v1/session')),
  'POST /api/v1/session': any(
    'public',
    ({ name }) => body('POST', '/api/v1/session', { username: `nobody-${name}`, password: 'not a password' }),
    { allowed: [401, 429] },
  ),
  'DELETE /api/v1/session': any('public', () => ({ method: 'DELETE', path: '/api/v1/session' }), {
    endsSession: true,
  }),
  'POST /api/v1/session/demo': any('public', () => body('POST', '/api/v1/session/demo', { role: 'viewer' }), {
    allowed: [404],
  }),
  'POST /api/v1/session/kiosk': any(
    'public',
    () => body('POST', '/api/v1/session/kiosk', { token: 'gw_none' }),
    { allowed: [401, 429] },
  ),
  'GET /api/v1/session/oidc': any('public', () => get('/api/v1/session/oidc'), { allowed: [404] }),
  'GET /api/v1/session/oidc/callback': any('public', () => get('/api/v1/session/oidc/callback'), {
    allowed: [302, 400, 404],
  }),
  'PUT /api/v1/session/password': any(
    'self',
    () => body('PUT', '/api/v1/session/password', { current: 'not the password', next: 'and another one' }),
    { allowed: [401, 429] },
  ),
  'POST /api/v1/set-up': any(
    'public',
    () =>
      body('POST', '/api/v1/set-up', {
        secret: 'guessed',
        username: 'intruder',
        name: 'x',
        password: 'let me in please',
      }),
    { allowed: [401, 403, 404, 409, 429] },
  ),
  'GET /api/v1/sessions': any('self', () => get('/api/v1/sessions')),
  'DELETE /api/v1/sessions/{id}': any(
    'self',
    () => ({ method: 'DELETE', path: '/api/v1/sessions/999999999' }),
    {
      allowed: [404],
    },
  ),
  'GET /api/v1/people': any('people', () => get('/api/v1/people')),
  'POST /api/v1/people': any('people', ({ unique }) =>
    body('POST', '/api/v1/people', { username: `p-${unique()}`, name: '新人', role: 'viewer' }),
  ),
  'GET /api/v1/people/{id}': any('people', ({ personId }) => get(`/api/v1/people/${personId}`)),
  'PATCH /api/v1/people/{id}': any('people', async ({ personId, etagOf }) => ({
    ...body('PATCH', `/api/v1/people/${personId}`, { name: '改名' }),
    headers: { 'if-match': await etagOf(`/api/v1/people/${personId}`) },
  })),
  'POST /api/v1/people/{id}/password-reset': any('people', ({ personId }) => ({
    method: 'POST',
    path: `/api/v1/people/${personId}/password-reset`,
  })),
  'GET /api/v1/tokens': any('self', () => get('/api/v1/tokens')),
  'POST /api/v1/tokens': any('self', () =>
    body('POST', '/api/v1/tokens', { name: '脚本', everywhere: true }),
  ),
  'DELETE /api/v1/tokens/{id}': any('self', () => ({ method: 'DELETE', path: '/api/v1/tokens/999999999' }), {
    allowed: [404],
  }),
  'GET /api/v1/audit': {
    permission: 'audit',
    concern: 'everywhere',
    ask: () => get('/api/v1/audit?limit=5'),
  },
  'GET /api/v1/audit.csv': {
    permission: 'audit',
    concern: 'everywhere',
    ask: () => get('/api/v1/audit.csv?kind=sign-out'),
  },

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
  'GET /api/v1/notes': read(({ ids }) => get(`/api/v1/notes?layer=buildings&feature=${ids.buildings}`)),
  'GET /api/v1/notes/{id}': read(({ noteId }) => get(`/api/v1/notes/${noteId}`)),
  'POST /api/v1/notes': note(({ ids }) =>
    body('POST', '/api/v1/notes', { layer: 'buildings', feature: ids.buildings, text: '又一条' }),
  ),
  'PATCH /api/v1/notes/{id}': note(async ({ noteId, mark, etagOf }) => ({
    ...body('PATCH', `/api/v1/notes/${noteId}`, { text: `${mark}改过` }),
    headers: { 'if-match': await etagOf(`/api/v1/notes/${noteId}`) },
  })),
  'DELETE /api/v1/notes/{id}': note(async ({ freshNote, etagOf }) => {
    const path = `/api/v1/notes/${await freshNote()}`
    return { method: 'DELETE', path, headers: { 'if-match': await etagOf(path) } }
  }),
  'POST /api/v1/notes/{id}/restore': note(async ({ deletedNote }) => {
    const { id, etag } = await deletedNote()
    return { method: 'POST', path: `/api/v1/notes/${id}/restore`, headers: { 'if-match': etag } }
  }),
  'POST /api/v1/photos': note(({ ids, picture }) => ({
    method: 'POST',
    path: `/api/v1/photos?layer=buildings&feature=${ids.buildings}`,
    body: picture,
    headers: { 'content-type': 'image/png' },
  })),
  'GET /api/v1/photos': read(
    ({ ids }) => get(`/api/v1/photos?layer=buildings&feature=${ids.buildings}`),
    ({ text }, { photoId }) => text.includes(photoId),
  ),
  'GET /api/v1/photos/{id}/{size}': read(
    ({ photoId }) => get(`/api/v1/photos/${photoId}/thumb`),
    ({ status, bytes }) => status === 200 && bytes.length > 0,
  ),
  'DELETE /api/v1/photos/{id}': note(async ({ freshPhoto }) => ({
    method: 'DELETE',
    path: `/api/v1/photos/${await freshPhoto()}`,
  })),

  ...Object.fromEntries(
    ['geojson', 'gpx', 'kml', 'ics'].map((format) => [
      `GET /api/v1/patrols/plans/{id}/export.${format}`,
      {
        ...read(({ planId }) => get(`/api/v1/patrols/plans/${planId}/export.${format}`)),
        permission: 'export' as const,
      },
    ]),
  ),
  'POST /api/v1/patrols/plans/{id}/generate': {
    permission: 'plan',
    concern: 'write',
    ask: ({ planId }) => body('POST', `/api/v1/patrols/plans/${planId}/generate`, { iterations: 1 }),
    // Enough wait already, of those that this test asks for.
    allowed: [202, 429],
  },
  'GET /api/v1/patrols/plans/{id}/jobs': {
    ...read(({ planId }) => get(`/api/v1/patrols/plans/${planId}/jobs`), isOk),
    permission: 'plan',
  },
  'GET /api/v1/patrols/jobs/{id}': {
    ...read(({ jobId }) => get(`/api/v1/patrols/jobs/${jobId}`), isOk),
    permission: 'plan',
  },
  'GET /api/v1/patrols/jobs/{id}/events': {
    ...read(({ jobId }) => get(`/api/v1/patrols/jobs/${jobId}/events`), isOk),
    permission: 'plan',
  },
  'DELETE /api/v1/patrols/jobs/{id}': {
    permission: 'plan',
    concern: 'write',
    ask: ({ jobId }) => ({ method: 'DELETE', path: `/api/v1/patrols/jobs/${jobId}` }),
  },
  'POST /api/v1/patrols/weeks': {
    permission: 'plan',
    concern: 'write',
    ask: ({ patrol }) => body('POST', '/api/v1/patrols/weeks', { ...WEEK, area: patrol().area }),
    // Enough wait already, of those that this test asks for.
    allowed: [202, 429],
    refused: ({ status }) => status === 422 || status === 429,
  },
  // A search for a week is seen by whoever started it alone, wherever it is.
  'GET /api/v1/patrols/weeks/{id}': ofNobody(get(`/api/v1/patrols/weeks/${NOBODYS}`)),
  'GET /api/v1/patrols/weeks/{id}/events': ofNobody(get(`/api/v1/patrols/weeks/${NOBODYS}/events`)),
  'DELETE /api/v1/patrols/weeks/{id}': ofNobody({
    method: 'DELETE',
    path: `/api/v1/patrols/weeks/${NOBODYS}`,
  }),
  'POST /api/v1/patrols/weeks/{id}/plans': ofNobody({
    method: 'POST',
    path: `/api/v1/patrols/weeks/${NOBODYS}/plans`,
  }),
  'GET /api/v1/patrols/norms': any('read', () => get('/api/v1/patrols/norms')),
  'PUT /api/v1/patrols/norms': {
    permission: 'configure',
    concern: 'everywhere',
    ask: async ({ etagOf }) => ({
      ...body('PUT', '/api/v1/patrols/norms', { norms: NORMS }),
      headers: { 'if-match': await etagOf('/api/v1/patrols/norms') },
    }),
  },
  'GET /api/v1/patrols/due': read(() => get(`/api/v1/patrols/due?from=${TOMORROW}&to=${TOMORROW}`)),
  'GET /api/v1/patrols/people': any('plan', () => get('/api/v1/patrols/people')),
  'GET /api/v1/patrols/plans': read(() => get('/api/v1/patrols/plans?limit=500')),
  'GET /api/v1/patrols/plans/{id}': read(({ planId }) => get(`/api/v1/patrols/plans/${planId}`)),
  'GET /api/v1/patrols/plans/{id}/versions': read(({ planId }) =>
    get(`/api/v1/patrols/plans/${planId}/versions`),
  ),
  'GET /api/v1/patrols/plans/{id}/versions/{version}': read(({ planId }) =>
    get(`/api/v1/patrols/plans/${planId}/versions/1`),
  ),
  'GET /api/v1/patrols/plans/{id}/differences': read(
    ({ planId }) => get(`/api/v1/patrols/plans/${planId}/differences?from=1&to=1`),
    ({ status }) => status === 200,
  ),
  'POST /api/v1/patrols/plans': {
    permission: 'plan',
    concern: 'write',
    ask: ({ patrol }) => body('POST', '/api/v1/patrols/plans', patrol()),
    // A cell out of reach is as one that there is not.
    refused: ({ status }) => status === 422,
  },
  'PUT /api/v1/patrols/plans/{id}': changePlan((id, { patrol }) =>
    body('PUT', `/api/v1/patrols/plans/${id}`, patrol()),
  ),
  'DELETE /api/v1/patrols/plans/{id}': changePlan((id) => ({
    method: 'DELETE',
    path: `/api/v1/patrols/plans/${id}`,
  })),
  'POST /api/v1/patrols/plans/{id}/publish': changePlan((id) => ({
    method: 'POST',
    path: `/api/v1/patrols/plans/${id}/publish`,
  })),
  'POST /api/v1/patrols/plans/{id}/close': changePlan((id) => ({
    method: 'POST',
    path: `/api/v1/patrols/plans/${id}/close`,
  })),

  'GET /api/v1/patrols/mine': any('walk', () => get('/api/v1/patrols/mine')),
  'GET /api/v1/patrols/mine/{roundId}/around': any(
    'walk',
    ({ planId }) => get(`/api/v1/patrols/mine/${ENTRY.roundId}/around?plan=${planId}`),
    { allowed: [404] },
  ),
  // Of a round that was handed out to nobody who asks here: each entry is refused by itself.
  'POST /api/v1/patrols/sync': any('walk', ({ planId }) =>
    body('POST', '/api/v1/patrols/sync', { device: 'matrix', entries: [{ ...ENTRY, planId }] }),
  ),
  'POST /api/v1/patrols/runs/{roundId}/gpx': any(
    'walk',
    ({ planId }) => ({
      method: 'POST',
      path: `/api/v1/patrols/runs/${ENTRY.roundId}/gpx?plan=${planId}`,
      headers: { 'content-type': 'application/gpx+xml' },
      body: GPX,
    }),
    { allowed: [404] },
  ),
  'POST /api/v1/patrols/reports/{entryId}/photo': any(
    'walk',
    ({ picture }) => ({
      method: 'POST',
      path: `/api/v1/patrols/reports/${ENTRY.id}/photo`,
      headers: { 'content-type': 'image/png' },
      body: picture,
    }),
    { allowed: [404] },
  ),
  'GET /api/v1/patrols/runs': track(({ planId }) => get(`/api/v1/patrols/runs?plan=${planId}`)),
  'GET /api/v1/patrols/runs/{id}': track(({ runId }) => get(`/api/v1/patrols/runs/${runId}`)),
  'GET /api/v1/patrols/summary': track(() => get(`/api/v1/patrols/summary?from=${TOMORROW}&to=${TOMORROW}`)),
  'GET /api/v1/patrols/tracks': track(() => get(`/api/v1/patrols/tracks?from=${TOMORROW}&to=${TOMORROW}`)),
  'GET /api/v1/patrols/passed': track(({ bbox: [west, south, east, north] }) =>
    get(
      `/api/v1/patrols/passed?from=${TOMORROW}&to=${TOMORROW}&area=${west},${south};${east},${south};${east},${north};${west},${north}`,
    ),
  ),

  // Streets are public ground: a way leads over them whatever one's area is.
  'POST /api/v1/patrols/paths': any('read', ({ inside }) =>
    body('POST', '/api/v1/patrols/paths', { points: [inside, inside] }),
  ),
  'POST /api/v1/patrols/matrix': any('read', ({ inside }) =>
    body('POST', '/api/v1/patrols/matrix', { from: [inside] }),
  ),
  'GET /api/v1/patrols/network': read(
    () => get('/api/v1/patrols/network'),
    (got, { inside: [lng] }) =>
      got.status === 200 &&
      json(got).parts.some(({ bbox }: { bbox: number[] }) => bbox[0]! <= lng && bbox[2]! >= lng),
  ),
  'GET /api/v1/patrols/network/parts': any('read', () => get('/api/v1/patrols/network/parts')),

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
  ...Object.assign({}, ...LAYER_IDS.map(layerRoutes)),
}

/** The route that an entry is of: tiles have an entry for each layer. */
export const routeOf = (key: string): string => key.split(' ').slice(0, 2).join(' ')
