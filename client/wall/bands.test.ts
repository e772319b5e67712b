import { expect, test } from 'vitest'
import { ApiError } from '../api/request.ts'
import { bandsOf } from './bands.ts'
import type { WallKnown } from './wall-store.ts'
import type { Judgement } from './watchdog.ts'

const AT = Date.parse('2026-11-22T10:00:00Z')
const SINCE = '2026-11-22T09:59:50Z'
const heard = (runningMs: number) => ({ serverMs: AT - 60_000 + runningMs, runningMs })
const silent: Judgement = {
  nowMs: AT,
  link: 'band',
  picture: 'band',
  isBlind: true,
  sources: [{ id: 'database', state: 'fresh', heartbeatAt: SINCE, dataAt: SINCE }],
}
const words = { t: ((key: string) => key) as never, lang: 'en' as const }

function said(known: Partial<WallKnown>, { isOnline = true, judgement = silent } = {}) {
  const all: WallKnown = {
    ...{ picture: undefined, beat: undefined, failure: undefined, refused: undefined, jump: undefined },
    ...{ message: undefined, view: undefined, groundChanges: 0, build: undefined, startedMs: 0 },
    ...{ isServerUp: false, beatHeard: heard(20_000), pictureHeard: heard(20_000) },
    ...known,
  }
  return bandsOf(judgement, all, { runningMs: 60_000, isOnline }, words).map((band) => band.said)
}

test('without beats it is the database that is said to have stopped when the server refuses for that reason', () => {
  const refusal = new ApiError(503, 'unavailable', 'The database does not answer.')
  expect(said({ failure: refusal })).toEqual(['wall.band.database'])
  expect(said({ failure: refusal }, { isOnline: false })).toEqual(['wall.band.network'])
})

test('a refusal for another reason, and one of something in between, is not laid to the database', () => {
  const failures = [
    new ApiError(500, 'internal', 'An error.'),
    new ApiError(503, 'http', '503 Service Unavailable'),
    new ApiError(0, 'unreachable', 'unreachable'),
  ]
  for (const failure of failures) expect(said({ failure })).toEqual(['wall.band.server'])
  expect(said({ failure: failures[0], isServerUp: true })).toEqual(['wall.band.server'])
})

test('a server that lets the picture wait and answers what needs no database waits for its database', () => {
  expect(said({ isServerUp: true })).toEqual(['wall.band.database'])
  expect(said({ isServerUp: true, failure: new DOMException('given up', 'AbortError') })).toEqual([
    'wall.band.database',
  ])
  expect(said({ isServerUp: false })).toEqual(['wall.band.server'])
})

test('pictures that come while the stream does not are no silence of the server', () => {
  const judgement: Judgement = { ...silent, picture: 'fresh' }
  const known = { isServerUp: true, pictureHeard: heard(59_000) }
  expect(said(known, { judgement })).toEqual(['wall.band.stream'])
})
