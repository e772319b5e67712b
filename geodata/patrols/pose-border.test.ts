import { expect, test } from 'vitest'
import { buildGraph } from '../network/build-graph.ts'
import { closedWalkSteps } from '../network/closed-walk.ts'
import { findPath } from '../network/find-path.ts'
import { segmentMetres } from '../network/segment-metres.ts'
import { snap } from '../network/snap.ts'
import { at, road } from '../network/test-streets.ts'
import type { LngLat } from '../shared/geojson.ts'
import { evaluateRound } from './evaluate-round.ts'
import { generationSettingsSchema, type Round, type Team, teamSchema } from './plan.schema.ts'
import { poseBorder } from './pose-border.ts'

const lattice = Array.from({ length: 7 }, (_, i) => [
  road(1 + i, ...Array.from({ length: 7 }, (_, j): [number, number] => [j, i])),
  road(11 + i, ...Array.from({ length: 7 }, (_, j): [number, number] => [i, j])),
]).flat()
const graph = buildGraph(lattice)
const walk = (() => {
  const ring = [at(1, 1), at(5, 1), at(5, 5), at(1, 5), at(1, 1)]
  const steps = closedWalkSteps(graph, ring)
  let step = steps.next()
  while (!step.done) step = steps.next()
  return step.value!
})()

const day = '2026-11-22T'
const hour = (clock: number) => `${day}${String(clock).padStart(2, '0')}:00:00+08:00`
const plan = { from: hour(8), to: hour(20) }
const team = (id: string, from = 8, to = 20, more: object = {}): Team =>
  teamSchema.parse({ id, name: id, from: hour(from), to: hour(to), ...more })
const pose = (teams: Team[], settings: object = {}, kept: Round[] = []) =>
  poseBorder(
    graph,
    walk,
    { ...plan, teams },
    generationSettingsSchema.parse({ kind: 'border', ...settings }),
    kept,
  )

function legsOf(round: Round, { start, end }: Team) {
  const places = [start, ...round.stops.map(({ lngLat }) => lngLat), end]
  return round.legs.map((kind, leg) => {
    const [from, to] = [places[leg], places[leg + 1]]
    if (!from || !to) return { metres: 0, way: true }
    if (kind === 'free') return { metres: segmentMetres(...from, ...to), way: true }
    return { metres: findPath(graph, snap(graph, from)!, snap(graph, to)!)!.metres, way: true }
  })
}
const timed = (round: Round, of: Team) => evaluateRound(round, of, legsOf(round, of), new Map(), plan)

test('the rounds walk the border lap after lap to the end of the shift, by the ways that follow from their stops', () => {
  const teams = [team('A'), team('B'), team('C')]
  const { rounds, border } = pose(teams)
  expect(rounds.map(({ teamId }) => teamId)).toEqual(['A', 'B', 'C'])
  for (const [i, round] of rounds.entries()) {
    const { metres, conflicts, endsAt } = timed(round, teams[i]!)
    expect(conflicts).toEqual([])
    expect(Math.abs(metres / walk.metres - border.walks[i]!.laps)).toBeLessThan(0.02)
    expect(Date.parse(plan.to) - Date.parse(endsAt)).toBeLessThan(70_000)
  }
  // Three at 70 metres a minute.
  expect(border.worstIdleSeconds).toBe(Math.round((walk.metres / 3 / 70) * 60))
  expect(border.meanIdleSeconds).toBe(Math.round((walk.metres / 6 / 70) * 60))
  expect(new Set(rounds.flatMap(({ id, stops }) => [id, ...stops.map((stop) => stop.id)])).size).toBe(
    rounds.reduce((sum, { stops }) => sum + stops.length + 1, 0),
  )
})

test('no corner of the border waits longer than is told, over a change of shift and with breaks and posts', () => {
  const rest = (from: number) => ({ break: { from: hour(from), to: hour(from + 1), minutes: 20 } })
  const post = { start: at(3, 3), end: at(3, 3) }
  const teams = [
    team('A', 8, 14, { ...post, ...rest(10) }),
    team('B', 8, 14, { ...post, ...rest(11), metresPerMinute: 90 }),
    team('C', 14, 20, post),
    team('D', 14, 20, post),
  ]
  const { rounds, border } = pose(teams)
  const passes = new Map<string, number[]>()
  for (const [i, round] of rounds.entries()) {
    const times = timed(round, teams[i]!)
    expect(times.conflicts).toEqual([])
    for (const [stop, { lngLat }] of round.stops.entries())
      passes.set(lngLat.join(), [
        ...(passes.get(lngLat.join()) ?? []),
        Date.parse(times.stops[stop]!.arrivesAt),
      ])
  }
  const corners = [...passes.values()].filter((times) => times.length > 6)
  expect(corners.length).toBeGreaterThan(5)
  let longest = 0
  for (const times of corners) {
    times.sort((a, b) => a - b)
    for (const [i, time] of times.entries())
      if (i > 0) longest = Math.max(longest, (time - times[i - 1]!) / 1000)
  }
  expect(longest).toBeLessThanOrEqual(border.worstIdleSeconds + 5)
  // And it is no idle threat: the change of shift takes that long.
  expect(longest).toBeGreaterThan(border.worstIdleSeconds * 0.5)
})

test('a shift goes on where the one before ended', () => {
  const { border } = pose([team('A', 8, 14), team('B', 14, 20)])
  const [a, b] = border.walks
  expect(b!.start).toEqual(a!.end)
  expect(Date.parse(b!.from)).toBe(Date.parse(hour(14)))
})

test('hours that overlap in part, no team, and a post too far away are refused with what to do', () => {
  expect(() => pose([team('A', 8, 14), team('B', 12, 20)])).toThrow(/A and B are on duty together/)
  expect(() => pose([])).toThrow(/no team/)
  expect(() => pose([team('A', 20, 22)])).toThrow(/no team/)
  const far: LngLat = [121.6, 31.2]
  expect(() => pose([team('A', 8, 9, { start: far, end: far, metresPerMinute: 10 })])).toThrow(/no time left/)
})

test('a pace that makes more laps than a round holds is refused', () => {
  const days = { from: '2026-11-22T00:00:00Z', to: '2026-11-26T00:00:00Z' }
  const one = { ...team('A', 8, 20, { metresPerMinute: 400 }), ...days }
  const settings = generationSettingsSchema.parse({ kind: 'border' })
  expect(() => poseBorder(graph, walk, { ...days, teams: [one] }, settings, [])).toThrow(
    /more than 2000 points/,
  )
})

test('a round that is kept stays as it is, and its team does not walk', () => {
  const teams = [team('A'), team('B')]
  const kept = { ...pose(teams).rounds[0]!, locked: true }
  const { rounds, border } = pose(teams, {}, [kept])
  expect(rounds[0]).toBe(kept)
  expect(border.walks.map(({ teamId }) => teamId)).toEqual(['B'])
})

test('the dial for unpredictability sets out elsewhere by another seed, and alike by the same', () => {
  const starts = (seed: number) => pose([team('A')], { unpredictability: 0.5, seed }).border.walks[0]!.start
  expect(starts(1)).toEqual(starts(1))
  expect(new Set([1, 2, 3, 4].map((seed) => starts(seed).join())).size).toBe(4)
})

test('against the sense of the border the stops lie on the walk as well', () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const one = team('A')
    const round = pose([one], { unpredictability: 1, seed }).rounds[0]!
    const { metres, conflicts } = timed(round, one)
    expect(conflicts).toEqual([])
    expect(Math.abs(metres - (12 * 60 - 1) * 70)).toBeLessThan(200)
  }
})
