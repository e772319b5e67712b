import { expect, test } from 'vitest'
import type { MyRound, MyStop } from '../../geodata/walks/my-round.schema.ts'
import type { Waiting } from './queue.ts'
import { chooseRound, type Duty, nextStop, progressOf } from './walk.ts'

const AT = '2026-11-22T20:00:00+08:00'
const stop = (id: string, more: Partial<MyStop> = {}): MyStop => ({
  id,
  checkpointId: 1,
  name: id,
  siteType: 'estate-gate',
  risk: 'low',
  lngLat: [121.5, 31.2],
  dwellMinutes: 5,
  arrivesAt: AT,
  startsAt: AT,
  leavesAt: AT,
  windows: null,
  checkedIn: null,
  records: [],
  ...more,
})
const round = (roundId: string, stops: MyStop[], hours: [string, string]): MyRound => ({
  roundId,
  plan: { id: 1, version: 1, name: 'plan', note: '' },
  team: { id: 'A', name: 'A', people: [] },
  from: hours[0],
  to: hours[1],
  startsAt: AT,
  endsAt: AT,
  metres: 0,
  start: null,
  end: null,
  stops,
  path: [],
  duty: null,
})
const duty = (stopId?: string): Duty => ({
  planId: 1,
  roundId: 'r',
  begunAt: AT,
  visit: stopId ? { stopId, since: AT, lngLat: null, accuracyMetres: null } : null,
})
const checkIn = (stopId: string, state: Waiting['state']): Waiting => ({
  id: stopId,
  order: 1,
  state,
  entry: {
    id: stopId,
    at: AT,
    planId: 1,
    roundId: 'r',
    kind: 'check-in',
    stopId,
    lngLat: null,
    accuracyMetres: null,
    dwellSeconds: 0,
  },
})
const nothing: Parameters<typeof progressOf>[1] = { duty: duty(), items: [], sent: [] }

test('a check-in that waits, or was sent a moment ago, is done; one that was refused is not', () => {
  const one = stop('a')
  expect(progressOf(one, nothing)).toBe('open')
  expect(progressOf(one, { ...nothing, items: [checkIn('a', 'waiting')] })).toBe('sent')
  expect(progressOf(one, { ...nothing, sent: ['a'] })).toBe('sent')
  expect(progressOf(one, { ...nothing, items: [checkIn('a', 'refused')], sent: ['a'] })).toBe('open')
  expect(progressOf(stop('a', { checkedIn: 'probable' }), { ...nothing, sent: ['a'] })).toBe('probable')
})

test('next is where one is, else what was chosen, else the first that is open; points to pass are no stops', () => {
  const stops = [stop('a', { checkedIn: 'visited' }), stop('b', { checkpointId: null }), stop('c'), stop('d')]
  const one = round('r', stops, [AT, AT])
  const with_ = (state: typeof nothing) => (at: MyStop) => progressOf(at, state)
  expect(nextStop(one, undefined, with_(nothing))?.id).toBe('c')
  expect(nextStop(one, 'd', with_(nothing))?.id).toBe('d')
  expect(nextStop(one, 'b', with_(nothing))?.id).toBe('c')
  // Somewhere again: it was done, and someone wants to go there once more.
  expect(nextStop(one, 'a', with_(nothing))?.id).toBe('a')
  expect(nextStop(one, 'd', with_({ ...nothing, duty: duty('c') }))?.id).toBe('c')
  expect(nextStop(one, undefined, with_({ ...nothing, sent: ['c', 'd'] }))).toBeUndefined()
})

test('the round on duty is shown whatever was chosen before; without one, not the one that is over', () => {
  const over = round('o', [], ['2026-11-22T08:00:00Z', '2026-11-22T09:00:00Z'])
  const on = round('r', [], ['2026-11-22T11:00:00Z', '2026-11-22T13:00:00Z'])
  const now = Date.parse('2026-11-22T12:00:00Z')
  const choose = (chosen?: string, at?: Duty) => chooseRound([over, on], { duty: at, chosen, now })?.roundId
  expect(choose()).toBe('r')
  expect(choose('o')).toBe('o')
  expect(choose('o', duty())).toBe('r')
  expect(chooseRound([], { duty: undefined, chosen: undefined, now })).toBeUndefined()
})
