import { expect, test } from 'vitest'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import type { Waiting } from './queue.ts'
import { joinTrack } from './walked-track.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString()
const place = (minute: number): LngLat => [121.5 + minute / 1000, 31.2]
const waiting = (roundId: string, minutes: number[]): Waiting => ({
  id: `${roundId}${minutes[0]}`,
  order: minutes[0]!,
  state: 'waiting',
  entry: {
    id: roundId,
    at: at(minutes.at(-1)!),
    planId: 1,
    roundId,
    kind: 'position',
    points: minutes.map((minute) => ({ at: at(minute), lngLat: place(minute) })),
  },
})

test('after a reload no part of the way is missing or there twice, sent or not', () => {
  const kept = { roundId: 'a', until: at(2), points: [place(1), place(2)] }
  // The entry of minute 2 was kept before the page went away, but not sent.
  const items = [waiting('a', [2]), waiting('a', [3, 4]), waiting('b', [5])]
  expect(joinTrack(kept, 'a', items)).toEqual([1, 2, 3, 4].map(place))
  expect(joinTrack(undefined, 'a', items)).toEqual([2, 3, 4].map(place))
})

test('the way of another round is not shown in this one, nor any off duty', () => {
  const kept = { roundId: 'a', until: at(2), points: [place(1), place(2)] }
  expect(joinTrack(kept, 'b', [waiting('b', [1])])).toEqual([place(1)])
  expect(joinTrack(kept, undefined, [waiting('b', [1])])).toEqual([])
})
