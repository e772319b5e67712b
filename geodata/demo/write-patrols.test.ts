import { expect, test } from 'vitest'
import { planInputSchema } from '../patrols/plan.schema.ts'
import { countSites, dayStartOf } from '../walls/wall-figures.ts'
import { shareBeats } from './beats.ts'
import { generateDemo } from './generate-demo.ts'
import { DEMO_OFFICER, writePatrols } from './write-patrols.ts'

const layers = generateDemo({ seed: 1, buildings: 1500 })
/** Ten in the morning, China Standard Time. */
const nowIso = '2026-06-30T02:00:00.000Z'
const now = Date.parse(nowIso)
const DAY = 86_400_000
const patrols = writePatrols(layers, nowIso)
const { plans } = patrols
const walks = plans.flatMap((plan) => plan.walks.map((walk) => ({ plan, walk })))
const visits = walks.flatMap(({ walk }) => walk.visits)

test('the same area, time and seed give the same patrols, ids included', () => {
  expect(writePatrols(layers, nowIso)).toEqual(patrols)
  expect(writePatrols(layers, nowIso, 2).plans[0]!.rounds[0]!.id).not.toBe(plans[0]!.rounds[0]!.id)
})

test('every site is in one beat, and beats stay within a community', () => {
  const beats = shareBeats(layers)
  const numbers = beats.flatMap(({ sites }) => sites.map(({ number }) => number))
  expect(new Set(numbers).size).toBe(numbers.length)
  expect([...patrols.sites].sort()).toEqual([...numbers].sort())
  expect(numbers.length).toBeGreaterThan(0.95 * layers.checkpoints.length)
  expect(beats.filter(({ isFirst }) => isFirst)).toHaveLength(1)
})

test('plans are such as may be sent, and were told before they begin and before now', () => {
  for (const { name, from, to, area, teams, rounds, publishedAt } of plans) {
    expect(planInputSchema.safeParse({ name, from, to, area, teams, rounds }).error).toBeUndefined()
    expect(publishedAt < from && publishedAt < nowIso).toBe(true)
    for (const round of rounds) expect(from <= round.from! && round.to! <= to).toBe(true)
  }
  const ids = plans.flatMap(({ rounds }) =>
    rounds.flatMap(({ id, stops }) => [id, ...stops.map((stop) => stop.id)]),
  )
  expect(new Set(ids).size).toBe(ids.length)
  const ahead = plans.filter(({ from }) => from > nowIso)
  expect(ahead.length).toBeGreaterThan(0)
  expect(ahead.flatMap((plan) => plan.walks)).toEqual([])
  expect(ahead[0]!.teams[0]!.people).toEqual([DEMO_OFFICER])
})

test('a walk has its visits on duty and in order, ends before now, and keeps positions only for the last days', () => {
  for (const { plan, walk } of walks) {
    const round = plan.rounds.find(({ id }) => id === walk.roundId)!
    const stops = new Map(round.stops.map(({ id, checkpointId }) => [id, checkpointId]))
    let before = walk.begunAt
    for (const { from, to, stopId, site } of walk.visits) {
      expect(from >= before && to >= from && to <= walk.endedAt).toBe(true)
      if (stopId !== null) expect(stops.get(stopId)).toBe(site)
      before = to
    }
    expect(walk.endedAt).toBeLessThanOrEqual(now)
    expect(walk.positions.length > 0).toBe(walk.matched !== null)
    if (walk.matched !== null) expect(walk.begunAt).toBeGreaterThan(now - 3.5 * DAY)
    for (const { at } of walk.positions) expect(at >= walk.begunAt && at <= walk.endedAt).toBe(true)
    const marks = walk.entries.map(({ kind }) => kind)
    expect([marks[0], marks.at(-1)]).toEqual(['begin', 'end'])
    for (const { kind, id } of walk.entries)
      if (kind === 'check-in') expect(walk.visits.map((visit) => visit.id)).toContain(id)
  }
})

test('most is visited, some missed, some unsure, and some was not planned; some rounds are late', () => {
  const planned = plans
    .filter(({ to }) => to <= nowIso)
    .reduce((sum, { rounds }) => sum + rounds.reduce((stops, round) => stops + round.stops.length, 0), 0)
  const share = (count: number) => count / planned
  const inPlan = visits.filter(({ stopId }) => stopId !== null)
  expect(share(inPlan.filter(({ state }) => state === 'visited').length)).toBeGreaterThan(0.85)
  expect(share(inPlan.length)).toBeLessThan(0.99)
  expect(inPlan.some(({ state }) => state === 'probable')).toBe(true)
  expect(inPlan.some(({ state }) => state === 'unknown')).toBe(true)
  expect(visits.length).toBeGreaterThan(inPlan.length)
  const late = walks.filter(
    ({ plan, walk }) =>
      walk.begunAt - Date.parse(plan.rounds.find(({ id }) => id === walk.roundId)!.from!) > 15 * 60_000,
  )
  expect(late.length / walks.length).toBeGreaterThan(0.02)
  expect(late.length / walks.length).toBeLessThan(0.15)
})

test.each([1, 7, 10, 16, 21])('at %i o’clock the wall has most of what is due by then', (hour) => {
  const at = dayStartOf(now) + hour * 3_600_000
  const { plans, sitesSince } = writePatrols(layers, new Date(at).toISOString())
  const known = (until: number) => {
    const last = new Map<number, number>()
    for (const { site, from, state } of plans.flatMap(({ walks }) => walks.flatMap((walk) => walk.visits)))
      if (state === 'visited' && from < until) last.set(site, Math.max(from, last.get(site) ?? 0))
    return new Map(
      shareBeats(layers)
        .flatMap(({ sites }) => sites)
        .map((site) => [
          site.number,
          { ...site, createdAt: Date.parse(sitesSince), lastVisitAt: last.get(site.number) },
        ]),
    )
  }
  const { due, visited, missed, sites } = countSites(known(at), known(dayStartOf(at)), at)
  expect(visited / due).toBeGreaterThan(0.6)
  expect(missed.length / sites).toBeLessThan(0.1)
  expect(missed.length).toBeGreaterThan(0)
})
