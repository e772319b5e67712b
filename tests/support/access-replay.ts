import type { Entry } from './access-entry.ts'

const PATH = '/api/v1/history/hazards'

/** Routes of replays. */
export const REPLAY_ROUTES: Record<string, Entry> = {
  [`GET ${PATH}`]: {
    permission: 'read',
    concern: 'read',
    ask: ({ bbox, now }) => {
      const to = now()
      const from = new Date(Date.parse(to) - 86_400_000).toISOString()
      return { method: 'GET', path: `${PATH}?from=${from}&to=${to}&bbox=${bbox.join(',')}` }
    },
    shows: ({ status, text }) => status === 200 && JSON.parse(text).hazards.id.length > 0,
  },
}
