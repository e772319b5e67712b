import { describe, expect, test } from 'vitest'
import type { Run } from '../../../geodata/walks/run.schema.ts'
import { missedSites } from './missed-sites.ts'
import { clockWords, headsAt, playWalks } from './play-walks.ts'
import { shareWords } from './share-words.ts'
import { lastKnown, lengthOf, walkedUntil } from './walk-until.ts'
import { readWalkedAsk, spanOf, writeWalkedAsk } from './walked-ask.ts'

const line = (...coordinates: [number, number, number][]): Run['matched'][number] => ({
  from: '',
  to: '',
  coordinates,
})
const matched = [line([0, 0, 0], [10, 0, 100]), line([10, 5, 200], [10, 15, 300])]

test('a line that is walked later is not drawn, one under way ends between its vertices', () => {
  expect(walkedUntil(matched, 0)).toEqual([])
  expect(walkedUntil(matched, 50)).toEqual([
    [
      [0, 0],
      [5, 0],
    ],
  ])
  expect(walkedUntil(matched, 150)).toHaveLength(1)
  expect(walkedUntil(matched, 250)[1]).toEqual([
    [10, 5],
    [10, 10],
  ])
  expect(walkedUntil(matched, 300)[1]!.at(-1)).toEqual([10, 15])
})

test('two vertices of the same second divide by nothing', () => {
  expect(walkedUntil([line([0, 0, 5], [1, 0, 5], [2, 0, 9])], 5)).toEqual([
    [
      [0, 0],
      [1, 0],
    ],
  ])
})

test('where someone was is never told from later positions, and from the streets once positions are gone', () => {
  const positions: Run['positions'] = [
    [1, 1, 10],
    [2, 2, 40],
  ]
  expect(lastKnown({ positions, matched }, 9)).toBeUndefined()
  expect(lastKnown({ positions, matched }, 39)).toEqual([1, 1, 10])
  expect(lastKnown({ positions: [], matched }, 150)).toEqual([10, 0, 100])
  expect(lengthOf({ positions, matched })).toBe(300)
  expect(lengthOf({ positions: [], matched: [] })).toBe(0)
})

test('an address of another part or with a broken walk opens no walk', () => {
  expect(readWalkedAsk('micro-grids')).toBeUndefined()
  expect(readWalkedAsk(undefined)).toBeUndefined()
  expect(readWalkedAsk('walked:century:-3:moon')).toEqual({ period: 'today', view: 'figures', by: 'round' })
  expect(readWalkedAsk('walked:week:12')).toEqual({ period: 'week', view: { runId: 12 }, by: 'round' })
})

test('days stand in the address as they are, and days that run backwards open no period', () => {
  const asked = readWalkedAsk('walked:2026-03-01..2026-03-07:play')!
  expect(asked).toEqual({ period: '2026-03-01..2026-03-07', view: 'play', by: 'round' })
  const { from, to } = spanOf(asked.period, new Date())
  expect(from).toBe(new Date('2026-03-01T00:00:00').toISOString())
  expect(to).toBe(new Date('2026-03-08T00:00:00').toISOString())
  expect(readWalkedAsk('walked:2026-03-07..2026-03-01')?.period).toBe('today')
  expect(readWalkedAsk('walked:2026-13-01..2026-14-01')?.period).toBe('today')
})

test('what is looked at comes back from its address, whatever it is', () => {
  for (const view of ['figures', 'play', 'passed', { runId: 12 }] as const)
    for (const by of ['round', 'team', 'week'] as const) {
      const asked = { period: 'month', view, by } as const
      expect(readWalkedAsk(writeWalkedAsk(asked))).toEqual(asked)
    }
  expect(writeWalkedAsk({ period: 'week', view: 'figures', by: 'round' })).toBe('walked:week')
})

describe('walks over the time of day', () => {
  const walk = (begunAt: Date, lines: [number, number, number][][]) => ({
    runId: 1,
    person: 'lin.mei',
    team: { id: 'A', name: '甲组' },
    plan: { id: 1, name: '夜巡' },
    begunAt: begunAt.toISOString(),
    lines,
  })
  const colourOf = () => '#000000'
  const evening = walk(new Date(2026, 10, 21, 23, 59, 30), [
    [
      [0, 0, 0],
      [10, 0, 100],
    ],
    [
      [10, 5, 200],
      [10, 15, 300],
    ],
  ])
  test('walks of two days lie over each other, and one over midnight goes on behind it', () => {
    const morning = walk(new Date(2026, 10, 22, 8, 0, 30), [
      [
        [0, 0, 0],
        [1, 0, 60],
      ],
    ])
    const played = playWalks([evening, morning], colourOf)
    expect([played.from, played.to]).toEqual([8 * 3600, 24 * 3600 + 5 * 60])
    expect([played.from, played.to, -60].map(clockWords)).toEqual(['08:00', '00:05', '23:59'])
    expect(headsAt(played, 8 * 3600 + 60)).toEqual([{ at: [0.5, 0], label: 'A', colour: '#000000' }])
  })
  test('nobody is drawn between two ways, where they were is not known', () => {
    const played = playWalks([evening], colourOf)
    const begun = 23 * 3600 + 59 * 60 + 30
    expect(headsAt(played, begun + 50)).toMatchObject([{ at: [5, 0] }])
    expect(headsAt(played, begun + 150)).toEqual([])
    expect(headsAt(played, begun + 250)).toMatchObject([{ at: [10, 10] }])
    expect(headsAt(played, begun + 301)).toEqual([])
  })
  test('without any way there is nothing to play', () => {
    expect(playWalks([walk(new Date(), [])], colourOf)).toEqual({ trips: [], from: 0, to: 0 })
  })
})

test('a site that two rounds missed stands once, before those missed once', () => {
  const site = (checkpointId: number) => ({
    stopId: '',
    checkpointId,
    name: `${checkpointId}`,
    lngLat: [0, 0] as [number, number],
  })
  const sites = missedSites([{ missed: [site(1), site(2)] }, { missed: [site(2)] }])
  expect(sites.map(({ checkpointId, times }) => [checkpointId, times])).toEqual([
    [2, 2],
    [1, 1],
  ])
})

test('periods are whole days that meet: yesterday ends where today begins, seven days hold both', () => {
  const now = new Date(2026, 2, 1, 0, 5)
  const [today, yesterday, week] = [spanOf('today', now), spanOf('yesterday', now), spanOf('week', now)]
  expect(new Date(today.from)).toEqual(new Date(2026, 2, 1))
  expect(yesterday.to).toBe(today.from)
  expect(week.to).toBe(today.to)
  expect(new Date(week.from)).toEqual(new Date(2026, 1, 23))
})

test('a share of nothing is a dash, no zero', () => {
  expect(shareWords(null)).toBe('—')
  expect(shareWords(0)).toBe('0 %')
  expect(shareWords(2 / 3)).toBe('67 %')
})
