import { expect, test } from 'vitest'
import { buildGraph } from '../network/build-graph.ts'
import { at, road } from '../network/test-streets.ts'
import type { StreetWalk } from '../routing/streets-problem.ts'
import { type Team, teamSchema } from './plan.schema.ts'
import { poseStreets, roundOfWalk, sharedPost } from './pose-streets.ts'
import { shareWalksSteps } from './share-walks.ts'
import { walkedStreetsSteps } from './walked-streets.ts'

const graph = buildGraph([1, 2, 3, 4].map((id) => road(id, [id - 1, 0], [id, 0])))
const hours = { from: '2026-11-22T18:00:00+08:00', to: '2026-11-22T22:00:00+08:00' }
const team = (id: string, column?: number): Team => {
  const post = column === undefined ? null : at(column, 0)
  return teamSchema.parse({ id, name: id, ...hours, start: post, end: post })
}
const walkOf = (...streets: number[]): StreetWalk => ({
  steps: streets.map((street) => ({ street, isBackward: false, isDeadHead: false })),
  metres: streets.reduce((sum, street) => sum + graph.edgeMetres[street]!, 0),
  deadHeadMetres: 0,
})
function run<T>(steps: Generator<void, T>): T {
  for (;;) {
    const { value, done } = steps.next()
    if (done) return value
  }
}

test('each team gets the walk at its own post, whatever the order of the walks', () => {
  const [west, east] = [walkOf(0), walkOf(3)]
  for (const walks of [
    [west, east],
    [east, west],
  ]) {
    const own = run(shareWalksSteps(graph, walks, [team('A', 0), team('B', 4)]))
    expect(own.map(({ walk }) => walk.steps[0]!.street)).toEqual([0, 3])
    // There and back over the street itself: from one end, home from the other.
    for (const { wayMetres } of own) expect(wayMetres).toBeCloseTo(graph.edgeMetres[0]!, 0)
  }
})

test('a walk is turned round where that is nearer to where the team ends', () => {
  const one = { ...team('A', 4), end: at(0, 0) }
  const [own] = run(shareWalksSteps(graph, [walkOf(0, 1, 2, 3)], [one]))
  expect(own!.walk.steps.map(({ street, isBackward }) => [street, isBackward])).toEqual([
    [3, true],
    [2, true],
    [1, true],
    [0, true],
  ])
  expect(own!.wayMetres).toBeCloseTo(0, 3)
})

test('teams of one post start there, those of different posts anywhere', () => {
  expect(sharedPost([team('A', 0), team('B'), team('C', 0)])).toEqual(at(0, 0))
  expect(sharedPost([team('A', 0), team('B', 1)])).toBeUndefined()
  const all = new Set([1, 2, 3, 4])
  expect(poseStreets(graph, all, [team('A', 0), team('B', 0)]).start).toBe(graph.edgeFrom[0])
  expect(poseStreets(graph, all, [team('A', 0), team('B', 1)]).start).toBeUndefined()
})

test('streets of a kept round count as walked from end to end only, in parts too, and are not asked for again', () => {
  const kept = roundOfWalk(graph, walkOf(1, 2), team('A'), 1, 0)!
  expect([...run(walkedStreetsSteps(graph, [kept], [team('A')]))]).toEqual([1, 2])
  const half = { ...kept, stops: kept.stops.slice(0, -1), legs: kept.legs.slice(0, -1) }
  const walked = run(walkedStreetsSteps(graph, [half], [team('A')]))
  expect([...walked]).toEqual([1])
  const { streets } = poseStreets(graph, new Set([1, 2, 3, 4]), [team('B')], walked)
  expect(streets.map(({ isRequired }) => isRequired)).toEqual([true, false, true, true])
})
