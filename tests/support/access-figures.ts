import type { Entry } from './access-entry.ts'
import { dayAfter } from './evening.ts'
import type { Territory } from './territory.ts'

const PERIOD = 'from=2026-01-01T00:00:00%2B08:00&to=2028-01-01T00:00:00%2B08:00'
const INDICATORS = '/api/v1/indicators'
const FIGURES = '/api/v1/figures'

/** Counts of a place: those who do not reach it are answered, with nothing of it. */
const counts = (path: string, more = ''): Entry => ({
  permission: 'read',
  concern: 'read',
  ask: () => ({ method: 'GET', path: `${path}?${PERIOD}${more}` }),
  shows: ({ text }, { code }) => text.includes(code),
})
const file = (path: string, more = ''): Entry => ({ ...counts(path, more), permission: 'export' })
const showsHazard = ({ text }: { text: string }, { mark }: Territory) => text.includes(mark)

/** Sums alone, which are asked of a place by its code. */
const months = (path: string, some: RegExp): Entry => ({
  permission: 'read',
  concern: 'read',
  ask: ({ code }) => ({
    method: 'GET',
    path: `${INDICATORS}${path}?month=${dayAfter(1).slice(0, 7)}&months=2&area=${code}`,
  }),
  shows: ({ text }) => some.test(text),
})

const etagOf = async (place: Territory, what: string) => ({ 'if-match': await place.etagOf(what) })

/** Routes of indicators, the barometer and rankings. */
export const FIGURE_ROUTES: Record<string, Entry> = {
  [`GET ${INDICATORS}`]: {
    permission: 'read',
    concern: 'any',
    ask: () => ({ method: 'GET', path: INDICATORS }),
  },
  [`PUT ${INDICATORS}/targets`]: {
    permission: 'configure',
    concern: 'everywhere',
    ask: async (place) => ({
      method: 'PUT',
      path: `${INDICATORS}/targets`,
      body: { targets: { handling: 0.5 } },
      headers: await etagOf(place, INDICATORS),
    }),
  },
  [`GET ${INDICATORS}/values`]: counts(`${INDICATORS}/values`),
  [`GET ${INDICATORS}/values.csv`]: file(`${INDICATORS}/values.csv`),
  [`GET ${INDICATORS}/series`]: months('/series', /"denominator":[1-9]/),
  [`GET ${INDICATORS}/series.csv`]: { ...months('/series.csv', /overdue-open/), permission: 'export' },
  [`GET ${INDICATORS}/{id}/rows`]: {
    ...counts(`${INDICATORS}/overdue-open/rows`),
    shows: showsHazard,
  },
  [`GET ${INDICATORS}/{id}/rows.csv`]: {
    ...file(`${INDICATORS}/overdue-open/rows.csv`),
    shows: showsHazard,
  },
  [`GET ${FIGURES}/barometer`]: counts(`${FIGURES}/barometer`),
  [`GET ${FIGURES}/barometer.csv`]: file(`${FIGURES}/barometer.csv`),
  [`GET ${FIGURES}/barometer/{count}/rows`]: {
    ...counts(`${FIGURES}/barometer/standing/rows`),
    shows: showsHazard,
  },
  [`GET ${FIGURES}/barometer/{count}/rows.csv`]: {
    ...file(`${FIGURES}/barometer/standing/rows.csv`),
    shows: showsHazard,
  },
  [`GET ${FIGURES}/ranking`]: counts(`${FIGURES}/ranking`),
  [`GET ${FIGURES}/ranking.csv`]: file(`${FIGURES}/ranking.csv`),
  [`GET ${FIGURES}/schemes/{id}`]: {
    permission: 'read',
    concern: 'any',
    ask: () => ({ method: 'GET', path: `${FIGURES}/schemes/kunshan` }),
  },
  [`PUT ${FIGURES}/schemes/{id}`]: {
    permission: 'configure',
    concern: 'everywhere',
    ask: async (place) => {
      const body = {
        name: { zh: '得分', en: 'Score' },
        components: [{ indicator: 'handling', weight: 1 }],
        parts: [],
        stars: [],
      }
      const path = `${FIGURES}/schemes/jinniu`
      const headers = await etagOf(place, `${FIGURES}/schemes/jinniu`)
      return { method: 'PUT', path, body, headers }
    },
  },
}
