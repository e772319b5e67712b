import { RISKS, SITE_TYPES } from '../../geodata/patrols/checkpoint.schema.ts'
import { type Ask, any, body, type Entry, get, isOk, json, read } from './access-entry.ts'
import { TOMORROW } from './evening.ts'
import type { Territory } from './territory.ts'

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
const track = (ask: Entry['ask']): Entry => ({ permission: 'track', concern: 'read', ask })
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

/** Plans, rounds, walks and the streets that they follow. */
export const PATROL_ROUTES: Record<string, Entry> = {
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
}
