import type { Entry } from './access-entry.ts'
import type { Territory } from './territory.ts'

const DUTIES = '/api/v1/duties'

const read = (query: (place: Territory) => string): Entry => ({
  permission: 'read',
  concern: 'read',
  ask: (place) => ({ method: 'GET', path: DUTIES + query(place) }),
})
const write = (path: string, body: (place: Territory) => object, more: Partial<Entry> = {}): Entry => ({
  permission: 'edit',
  concern: 'write',
  ask: (place) => ({ method: 'POST', path: DUTIES + path, body: body(place) }),
  ...more,
})

/** Routes of duties. */
export const DUTY_ROUTES: Record<string, Entry> = {
  [`GET ${DUTIES}`]: read(() => '?limit=1000'),
  [`GET ${DUTIES}/of`]: read(({ ids }) => `/of?layer=buildings&feature=${ids.buildings}`),
  [`GET ${DUTIES}/holders`]: read(() => '/holders'),
  [`POST ${DUTIES}/changes`]: write('/changes', (place) => ({
    puts: [leaderOf(place.ids.buildings, `楼栋长 ${place.unique()}`)],
  })),
  // It proposes nobody.
  [`POST ${DUTIES}/adopt`]: write('/adopt', ({ analysisId }) => ({ analysis: analysisId }), {
    allowed: [409],
  }),
}

/** A duty as it is sent. */
export const leaderOf = (building: number, holder: string) => ({
  ...{ id: null, version: null, role: 'building-leader', layer: 'buildings', feature: building, holder },
})
