import { expect, test } from 'vitest'
import type { Run } from '../../../geodata/walks/run.schema.ts'
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
  expect(readWalkedAsk('walked:century:-3')).toEqual({ period: 'today', runId: undefined })
  const asked = { period: 'week', runId: 12 } as const
  expect(readWalkedAsk(writeWalkedAsk(asked))).toEqual(asked)
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
