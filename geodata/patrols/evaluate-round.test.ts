import { expect, test } from 'vitest'
import { evaluateRound, type SiteFacts } from './evaluate-round.ts'
import type { Team } from './plan.schema.ts'

const time = (clock: string, day = 22) => `2026-11-${day}T${clock}:00+08:00`
const utc = (clock: string) => new Date(time(clock)).toISOString()
const shift = { from: time('18:00'), to: time('22:00') }
const team: Team = {
  id: 'A',
  name: '甲组',
  people: [],
  metresPerMinute: 60,
  from: shift.from,
  to: shift.to,
  start: null,
  end: null,
  break: null,
  area: [],
}
const open: SiteFacts = {
  windows: null,
  breaksAt: utc('23:00'),
  intervalMinutes: 120,
  graceMinutes: 0,
  communityCode: '990101001001',
  gridCode: '990101001001001',
  microGridCode: null,
}
const stop = (number: number, checkpointId: number | null, dwellMinutes = 10) => ({
  id: `00000000-0000-4000-8000-00000000000${number}`,
  checkpointId,
  lngLat: [120, 31] as [number, number],
  dwellMinutes,
  locked: false,
})
const round = (...stops: ReturnType<typeof stop>[]) => ({ from: null, to: null, stops })
const minutes = (...lengths: number[]) => lengths.map((length) => ({ metres: length * 60, way: true }))

test('walking, dwelling and the way home add up', () => {
  const timed = evaluateRound(
    round(stop(1, 1), stop(2, null, 0)),
    team,
    minutes(5, 10, 15),
    new Map([[1, open]]),
    shift,
  )
  expect(timed).toMatchObject({
    metres: 1800,
    walkSeconds: 1800,
    dwellSeconds: 600,
    waitSeconds: 0,
    startsAt: utc('18:00'),
    endsAt: utc('18:40'),
    conflicts: [],
  })
  expect(timed.stops).toEqual([
    { arrivesAt: utc('18:05'), startsAt: utc('18:05'), leavesAt: utc('18:15') },
    { arrivesAt: utc('18:25'), startsAt: utc('18:25'), leavesAt: utc('18:25') },
  ])
})

test('whoever comes early waits, whoever comes late is told, and the second window counts', () => {
  const windows = [
    { from: utc('18:30'), to: utc('18:40') },
    { from: utc('20:00'), to: utc('20:10') },
  ]
  const sites = new Map([[1, { ...open, windows }]])
  const early = evaluateRound(round(stop(1, 1)), team, minutes(5, 0), sites, shift)
  expect([early.waitSeconds, early.stops[0]?.startsAt, early.conflicts]).toEqual([1500, utc('18:30'), []])
  const second = evaluateRound(round(stop(1, 1)), team, minutes(45, 0), sites, shift)
  expect([second.stops[0]?.startsAt, second.conflicts]).toEqual([utc('20:00'), []])
  const late = evaluateRound(round(stop(1, 1)), team, minutes(131, 0), sites, shift)
  expect(late.conflicts).toMatchObject([{ kind: 'window', at: utc('20:11') }])
  expect(late.stops[0]?.startsAt).toBe(utc('20:11'))
})

test('a limit that breaks on the way is a conflict, one that was broken before the shift is not', () => {
  const at = (breaksAt: string) => new Map([[1, { ...open, breaksAt }]])
  const walk = (breaksAt: string) =>
    evaluateRound(round(stop(1, 1)), team, minutes(60, 0), at(breaksAt), shift).conflicts
  expect(walk(utc('18:30'))).toMatchObject([{ kind: 'limit', seconds: 1800 }])
  expect(walk(utc('17:59'))).toEqual([])
  expect(walk(utc('19:00'))).toEqual([])
})

test('a site visited twice has its limit counted from the first visit', () => {
  const sites = new Map([[1, open]])
  const twice = (between: number) =>
    evaluateRound(round(stop(1, 1, 0), stop(2, 1, 0)), team, minutes(0, between, 0), sites, shift).conflicts
  expect(twice(120)).toEqual([])
  expect(twice(125)).toMatchObject([{ kind: 'limit', seconds: 300 }])
})

test('a site outside the area, a missing way and a late end are told', () => {
  const legs = [{ metres: 600, way: false }, ...minutes(240)]
  const outside = { ...team, area: ['990101001002'] }
  const { conflicts } = evaluateRound(round(stop(1, 1)), outside, legs, new Map([[1, open]]), shift)
  expect(conflicts.map(({ kind }) => kind)).toEqual(['no-way', 'area', 'shift'])
  expect(conflicts.at(-1)).toMatchObject({ to: utc('22:00'), seconds: 20 * 60 })
  const inside = { ...team, area: ['990101001001001'] }
  expect(
    evaluateRound(round(stop(1, 1)), inside, minutes(1, 1), new Map([[1, open]]), shift).conflicts,
  ).toEqual([])
})

test('the break is taken where it makes nobody late', () => {
  const sites = new Map([
    [1, { ...open, windows: [{ from: utc('18:00'), to: utc('18:10') }] }],
    [2, { ...open, windows: [{ from: utc('18:20'), to: utc('18:25') }] }],
  ])
  const rest = { from: time('18:00'), to: time('19:00'), minutes: 30 }
  const timed = evaluateRound(
    round(stop(1, 1, 5), stop(2, 2, 5)),
    { ...team, break: rest },
    minutes(5, 10, 0),
    sites,
    shift,
  )
  expect([timed.breakAfterStops, timed.conflicts, timed.breakSeconds]).toEqual([2, [], 1800])
  expect(timed.endsAt).toBe(utc('18:55'))
})

test('a break that cannot be in time is told, one beyond the hours of the round is none', () => {
  const long = round(stop(1, 1, 120))
  const rest = { from: time('18:30'), to: time('19:00'), minutes: 30 }
  const sites = new Map([[1, { ...open, windows: [{ from: utc('18:00'), to: utc('18:10') }] }]])
  const timed = evaluateRound(long, { ...team, break: rest }, minutes(0, 0), sites, shift)
  expect(timed.conflicts).toMatchObject([{ kind: 'break' }])
  const later = { from: time('18:00', 23), to: time('19:00', 23), minutes: 30 }
  expect(evaluateRound(long, { ...team, break: later }, minutes(0, 0), sites, shift).conflicts).toEqual([])
})

test('a round without stops is no late end', () => {
  expect(evaluateRound(round(), team, minutes(0), new Map(), shift)).toMatchObject({
    metres: 0,
    conflicts: [],
  })
})
