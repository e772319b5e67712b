import type { Ask, Entry, Got } from './access-entry.ts'
import type { Territory } from './territory.ts'

const DEPARTMENTS = '/api/v1/departments'

const any = (permission: Entry['permission'], ask: Entry['ask'], more: Partial<Entry> = {}): Entry => ({
  permission,
  concern: 'any',
  ask,
  ...more,
})
const read = (path: (place: Territory) => string, shows?: (got: Got) => boolean): Entry => ({
  permission: 'read',
  concern: 'read',
  ask: (place) => ({ method: 'GET', path: path(place) }),
  ...(shows ? { shows } : {}),
})
const isOk = ({ status }: Got) => status === 200
const office = (place: Territory) => ({ name: `科室 ${place.unique()}` })
const ofNobody = (method: string, path: string, body?: unknown): Ask => ({
  method,
  path,
  headers: { 'if-match': '"1"' },
  ...(body === undefined ? {} : { body }),
})

const post = (path: string, body: unknown): Ask => ({ method: 'POST', path, body })
/** About the hazard of a territory; its answers where somebody may. */
const ofCase = (permission: Entry['permission'], path: string, body: unknown, allowed: number[]): Entry => ({
  permission,
  concern: 'write',
  ask: ({ ids }) => post(`/api/v1/cases/${ids.hazards}/${path}`, body),
  allowed,
})
const WHISTLE = '/api/v1/whistles/999999999'
const TASK = { department: 1, task: '清理', due: '2026-01-09' }
const HOTLINE = '/api/v1/hotline'

function orders(place: Territory): FormData {
  const form = new FormData()
  form.set('file', new File([`工单编号,受理时间,诉求内容\nM${place.unique()},2026-01-06,堆物`], 'orders.csv'))
  return form
}

/** Routes of departments, whistles and the hotline. */
export const DISPATCH_ROUTES: Record<string, Entry> = {
  [`GET ${DEPARTMENTS}`]: any('read', () => ({ method: 'GET', path: DEPARTMENTS })),
  // Nobody covers anything: each grid is a gap.
  [`GET ${DEPARTMENTS}/coverage`]: read(() => `${DEPARTMENTS}/coverage`),
  'GET /api/v1/cases/{id}/owners': read(({ ids }) => `/api/v1/cases/${ids.hazards}/owners`, isOk),
  [`POST ${DEPARTMENTS}`]: any('configure', (place) => ({
    method: 'POST',
    path: DEPARTMENTS,
    body: office(place),
  })),
  [`PUT ${DEPARTMENTS}/{id}`]: any(
    'configure',
    (place) => ofNobody('PUT', `${DEPARTMENTS}/999999999`, office(place)),
    { allowed: [404] },
  ),
  [`DELETE ${DEPARTMENTS}/{id}`]: any('configure', () => ofNobody('DELETE', `${DEPARTMENTS}/999999999`), {
    allowed: [404],
  }),

  'GET /api/v1/cases/{id}/whistles': read(({ ids }) => `/api/v1/cases/${ids.hazards}/whistles`, isOk),
  'POST /api/v1/cases/{id}/whistles': ofCase(
    'dispatch',
    'whistles',
    { departments: [999_999_999], reason: '联合处置' },
    [422],
  ),
  'POST /api/v1/whistles/{id}/answers': any('handle', () => post(`${WHISTLE}/answers`, { accepted: true }), {
    allowed: [404],
  }),
  'POST /api/v1/whistles/{id}/tasks': any('dispatch', () => post(`${WHISTLE}/tasks`, { tasks: [TASK] }), {
    allowed: [404],
  }),
  'POST /api/v1/whistles/{id}/tasks/{task}': any(
    'handle',
    () => post(`${WHISTLE}/tasks/1`, { state: 'done' }),
    {
      allowed: [404],
    },
  ),
  [`POST ${HOTLINE}/imports`]: {
    permission: 'dispatch',
    concern: 'everywhere',
    ask: (place) => post(`${HOTLINE}/imports`, orders(place)),
  },
  [`GET ${HOTLINE}/template`]: any('read', () => ({ method: 'GET', path: `${HOTLINE}/template` })),
  [`GET ${HOTLINE}/waiting`]: {
    permission: 'dispatch',
    concern: 'everywhere',
    ask: () => ({ method: 'GET', path: `${HOTLINE}/waiting` }),
  },
  [`POST ${HOTLINE}/orders/{number}/place`]: {
    permission: 'dispatch',
    concern: 'everywhere',
    ask: () => ofNobody('POST', `${HOTLINE}/orders/none/place`, { lngLat: [120, 31] }),
    allowed: [404],
  },
  // Nobody is called to anything, and no case came from the hotline.
  'GET /api/v1/dispatch/owed': any('read', () => ({ method: 'GET', path: '/api/v1/dispatch/owed' })),
  'GET /api/v1/cases/{id}/hotline': read(({ ids }) => `/api/v1/cases/${ids.hazards}/hotline`, isOk),
  // It came of no order.
  'POST /api/v1/cases/{id}/contacts': ofCase('note', 'contacts', { reached: true }, [404]),
  'POST /api/v1/cases/{id}/call-backs': ofCase(
    'note',
    'call-backs',
    { by: 'unit', satisfied: 'satisfied', solved: true },
    [404],
  ),
}
