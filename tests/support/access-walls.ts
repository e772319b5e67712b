import type { Entry } from './access-entry.ts'
import type { Territory } from './territory.ts'

const WALLS = '/api/v1/walls'
const post = (path: string, body: unknown) => ({ method: 'POST', path, body })
const wall = '00000000-0000-4000-8000-00000000aa01'

/** Of a hazard that has just been reported as critical, which is an alarm at once. */
const answer = (how: string, body: object, more: Partial<Entry> = {}): [string, Entry] => [
  `POST /api/v1/alarms/{key}/${how}`,
  {
    permission: 'wall',
    concern: 'write',
    ask: async (place) => {
      const id = await freshAlarm(place)
      return post(`/api/v1/alarms/hazard:${id}/${how}`, body)
    },
    ...more,
  },
]

async function freshAlarm(place: Territory): Promise<number> {
  const { feature } = await place.fresh('hazards')
  return Number(feature.id)
}

/** Routes of walls. */
export const WALL_ROUTES: Record<string, Entry> = {
  [`GET ${WALLS}/picture`]: {
    permission: 'read',
    concern: 'read',
    ask: () => ({ method: 'GET', path: `${WALLS}/picture` }),
  },
  ...Object.fromEntries([
    answer('acknowledge', {}),
    answer('shelve', { minutes: 30 }),
    // Nobody answered it.
    answer('withdraw', {}, { allowed: [409] }),
  ]),
  [`GET ${WALLS}/layouts`]: {
    permission: 'read',
    concern: 'any',
    ask: () => ({ method: 'GET', path: `${WALLS}/layouts` }),
  },
  [`POST ${WALLS}/layouts`]: {
    permission: 'wall',
    concern: 'write',
    ask: ({ code, unique }) => post(`${WALLS}/layouts`, { name: `大厅 ${unique()}`, area: [code] }),
    refused: ({ status }) => status === 422,
  },
  [`PUT ${WALLS}/layouts/{id}`]: {
    permission: 'wall',
    concern: 'any',
    ask: ({ unique }) => ({
      ...{ method: 'PUT', path: `${WALLS}/layouts/999999`, body: { name: `大厅 ${unique()}` } },
      headers: { 'if-match': '"1"' },
    }),
    allowed: [404],
  },
  [`DELETE ${WALLS}/layouts/{id}`]: {
    permission: 'wall',
    concern: 'any',
    ask: () => ({ method: 'DELETE', path: `${WALLS}/layouts/999999`, headers: { 'if-match': '"1"' } }),
    allowed: [404],
  },
  [`GET ${WALLS}`]: { permission: 'wall', concern: 'any', ask: () => ({ method: 'GET', path: WALLS }) },
  [`POST ${WALLS}/status`]: {
    permission: 'read',
    concern: 'any',
    // The first who says so has it.
    ask: () =>
      post(`${WALLS}/status`, { wall, name: '大厅', screen: { widthPixels: 1920, heightPixels: 1080 } }),
    allowed: [204, 409],
  },
  [`POST ${WALLS}/push`]: {
    permission: 'wall',
    concern: 'any',
    ask: () => post(`${WALLS}/push`, { walls: 'all', push: { kind: 'reload' } }),
  },
  [`GET ${WALLS}/sources`]: {
    permission: 'read',
    concern: 'any',
    ask: () => ({ method: 'GET', path: `${WALLS}/sources` }),
  },
  [`PUT ${WALLS}/sources/{id}`]: {
    permission: 'configure',
    concern: 'everywhere',
    ask: () => ({
      ...{ method: 'PUT', path: `${WALLS}/sources/hotline`, headers: { 'if-match': '"0"' } },
      body: { intervalSeconds: 3600, isWatched: true },
    }),
    allowed: [200, 412],
  },
}
