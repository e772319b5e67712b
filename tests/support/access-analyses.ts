import { randomUUID } from 'node:crypto'
import type { Entry } from './access-entry.ts'
import type { Territory } from './territory.ts'

const ANALYSES = '/api/v1/analyses'
const one = ({ analysisId }: Territory) => `${ANALYSES}/${analysisId}`

const read = (ask: (place: Territory) => string, more: Partial<Entry> = {}): Entry => ({
  permission: 'read',
  concern: 'read',
  ask: (place) => ({ method: 'GET', path: ask(place) }),
  ...more,
})
const change = (ask: Entry['ask'], more: Partial<Entry> = {}): Entry => ({
  permission: 'analyse',
  concern: 'write',
  ask,
  ...more,
})

/** Routes of analyses. */
export const ANALYSIS_ROUTES: Record<string, Entry> = {
  [`GET ${ANALYSES}`]: read(() => `${ANALYSES}?limit=500`),
  [`GET ${ANALYSES}/{id}`]: read(one),
  [`GET ${ANALYSES}/{id}/events`]: read((place) => `${one(place)}/events`),
  [`GET ${ANALYSES}/{id}/features/{part}`]: read((place) => `${one(place)}/features/gap`),
  [`GET ${ANALYSES}/{id}/export`]: read((place) => `${one(place)}/export?part=gap&format=csv`, {
    permission: 'export',
  }),
  'GET /tiles/analyses/{z}/{x}/{y}.mvt': read(
    (place) => `/tiles/analyses/${place.tile(15)}.mvt?analysis=${place.analysisId}&part=gap`,
    { shows: ({ bytes }, { mark }) => Buffer.from(bytes).includes(mark) },
  ),
  // Parameters of no kind: what it does with places is seen in analyses.test.ts.
  [`POST ${ANALYSES}`]: {
    permission: 'analyse',
    concern: 'any',
    ask: () => ({ method: 'POST', path: ANALYSES, body: { kind: 'overlay', params: { no: 1 } } }),
    allowed: [422],
  },
  [`POST ${ANALYSES}/{id}/cancel`]: change((place) => ({ method: 'POST', path: `${one(place)}/cancel` }), {
    // Somebody else's: an administrator may.
    allowed: [200, 403],
  }),
  [`POST ${ANALYSES}/{id}/rerun`]: change((place) => ({ method: 'POST', path: `${one(place)}/rerun` }), {
    allowed: [422],
  }),
  // Of an analysis that redraws nothing: whose cells may be published is seen in redraw.test.ts.
  [`POST ${ANALYSES}/{id}/publish`]: {
    permission: 'edit',
    concern: 'write',
    ask: (place) => ({
      method: 'POST',
      path: `${one(place)}/publish`,
      body: { changeSet: randomUUID(), alternative: 1 },
    }),
    allowed: [409],
  },
  [`DELETE ${ANALYSES}/{id}`]: change(
    async (place) => ({ method: 'DELETE', path: `${ANALYSES}/${await place.freshAnalysis()}` }),
    { allowed: [204, 403] },
  ),
}
