import { randomUUID } from 'node:crypto'
import type { Ask, Entry } from './access-entry.ts'
import type { Territory } from './territory.ts'

const get = (path: string): Ask => ({ method: 'GET', path })
const read = (ask: Entry['ask']): Entry => ({ permission: 'read', concern: 'read', ask })

/** Of a version that there is not: nothing changes for the tests after it. */
const replace = (path: string, body: object): Entry => ({
  permission: 'configure',
  concern: 'everywhere',
  ask: () => ({ method: 'PUT', path, body, headers: { 'if-match': '"999999"' } }),
  allowed: [412],
})

const report = ({ mark, inside }: Territory): Ask => ({
  method: 'POST',
  path: '/api/v1/cases',
  body: {
    id: randomUUID(),
    lngLat: inside,
    title: `${mark}楼道堆物`,
    category: { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '06036' },
  },
})

export const CASE_ROUTES: Record<string, Entry> = {
  'POST /api/v1/cases': { permission: 'report', concern: 'write', ask: report },
  'GET /api/v1/cases': read(({ bbox }) => get(`/api/v1/cases?bbox=${bbox.join(',')}`)),
  'GET /api/v1/cases/similar': read(({ inside: [lng, lat] }) =>
    get(`/api/v1/cases/similar?lng=${lng}&lat=${lat}&metres=500&days=3650`),
  ),
  'GET /api/v1/cases/{id}': read(({ ids }) => get(`/api/v1/cases/${ids.hazards}`)),
  'POST /api/v1/cases/{id}/actions': {
    permission: 'note',
    concern: 'write',
    ask: async (place) => {
      const { feature, etag } = await place.fresh('hazards')
      return {
        method: 'POST',
        path: `/api/v1/cases/${feature.id}/actions`,
        body: { action: 'note', note: '已联系物业' },
        headers: { 'if-match': etag },
      }
    },
  },
  'GET /api/v1/workflow': { permission: 'read', concern: 'any', ask: () => get('/api/v1/workflow') },
  'PUT /api/v1/workflow/limits': replace('/api/v1/workflow/limits', { limits: [] }),
  'PUT /api/v1/workflow/reminders': replace('/api/v1/workflow/reminders', {
    reminders: [1, 3].map((level) => ({ level, share: 0.5, minutes: 30 })),
  }),
  'PUT /api/v1/workflow/labels': replace('/api/v1/workflow/labels', { labels: [] }),
  'GET /api/v1/calendar': { permission: 'read', concern: 'any', ask: () => get('/api/v1/calendar') },
  'PUT /api/v1/calendar': replace('/api/v1/calendar', { days: [] }),
}
