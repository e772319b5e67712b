import { expect, test } from 'vitest'
import type { WallSource } from '../../geodata/walls/source.schema.ts'
import { type Evidence, judge, levelInDoubt, levelOf, serverNow } from './watchdog.ts'

const BEAT = 5000
const AT = Date.parse('2026-11-22T06:00:00Z')
const heard = { serverMs: AT, runningMs: 40_000 }
const database: WallSource = {
  id: 'database',
  heartbeatAt: new Date(AT).toISOString(),
  dataAt: null,
  intervalSeconds: 2,
  knownAt: new Date(AT).toISOString(),
  isIdle: false,
  state: 'fresh',
}
const evidence: Evidence = {
  startedMs: 0,
  againMs: 0,
  beatMs: BEAT,
  beatHeard: heard,
  pictureMs: BEAT,
  pictureHeard: heard,
  doubtedMs: undefined,
  sources: [],
}

test('grey at twice the interval, a band at five times, not a moment earlier', () => {
  expect([9_999, 10_000, 24_999, 25_000].map((ms) => levelOf(ms, BEAT))).toEqual([
    'fresh',
    'grey',
    'grey',
    'band',
  ])
})

test('a server that falls silent blinds the wall, although nobody set or read the clock that can be set', () => {
  expect(judge(evidence, heard.runningMs + 9_000)).toMatchObject({ link: 'fresh', isBlind: false })
  expect(judge(evidence, heard.runningMs + 24_000)).toMatchObject({ link: 'grey', isBlind: false })
  expect(judge(evidence, heard.runningMs + 25_000)).toMatchObject({ link: 'band', isBlind: true })
  expect(serverNow(heard, heard.runningMs + 25_000)).toBe(AT + 25_000)
})

test('a band is there by five intervals, not at the first look behind them', () => {
  const each = { ...evidence, againMs: 1000 }
  const levels = [23_900, 24_000, 24_999].map((ms) => judge(each, heard.runningMs + ms).link)
  expect(levels).toEqual(['grey', 'band', 'band'])
})

test('beats without pictures are a living server and a stale wall', () => {
  const beating = { ...evidence, beatHeard: { serverMs: AT + 30_000, runningMs: heard.runningMs + 30_000 } }
  expect(judge(beating, heard.runningMs + 30_000)).toMatchObject({
    link: 'fresh',
    picture: 'band',
    isBlind: true,
  })
})

test('a database that was late when the server spoke gets older with every second since', () => {
  const late = { ...evidence, sources: [database] }
  const states = [0, 4_000, 10_000].map((ms) => judge(late, heard.runningMs + ms))
  expect(states.map(({ sources }) => sources[0]?.state)).toEqual(['fresh', 'grey', 'band'])
  expect(states.map(({ isBlind }) => isBlind)).toEqual([false, false, true])
})

test('a page that has never heard its server waits, and then says so', () => {
  const mute = { ...evidence, beatHeard: undefined, pictureHeard: undefined, sources: [database] }
  expect(judge(mute, 1000)).toMatchObject({ link: 'fresh', nowMs: undefined, isBlind: false })
  expect(judge(mute, 1000).sources[0]?.state).toBe('unknown')
  expect(judge(mute, 25_000)).toMatchObject({ link: 'band', isBlind: true })
})

test('after sleep nothing heard before it counts, and an answer after it settles the doubt', () => {
  expect(levelInDoubt(undefined, 0, 99_999)).toBe('fresh')
  expect(levelInDoubt(1000, 900, 1100)).toBe('grey')
  expect(levelInDoubt(1000, 900, 3000)).toBe('band')
  expect(levelInDoubt(1000, 1001, 3000)).toBe('fresh')
  // The running clock may have stood still meanwhile: by it alone the picture would be a second old.
  const slept = { ...evidence, doubtedMs: heard.runningMs + 500 }
  expect(judge(slept, heard.runningMs + 1000)).toMatchObject({ link: 'grey', isBlind: false })
  expect(judge(slept, heard.runningMs + 2500)).toMatchObject({ link: 'band', isBlind: true })
})
