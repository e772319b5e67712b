import { expect, test } from 'vitest'
import { type PlanInput, planInputSchema, type Stop } from '../../../geodata/patrols/plan.schema.ts'
import {
  addRound,
  addTeam,
  emptyPlan,
  emptyRound,
  freeTeamId,
  insertStop,
  moveStop,
  removeStop,
  removeTeam,
  reorderStops,
  reverseRound,
  setLeg,
  setShift,
  splitRound,
} from './plan-edits.ts'

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const stop = (number: number, checkpointId: number | null = null): Stop => ({
  id: uuid(number),
  checkpointId,
  lngLat: [120 + number / 1000, 31],
  dwellMinutes: 5,
  locked: false,
})
const ROUND = uuid(1000)
const OTHER = uuid(1001)

function planWith(...numbers: number[]): PlanInput {
  let plan = addTeam(emptyPlan('p', '2026-11-22T10:00:00Z', '2026-11-22T14:00:00Z'), (id) => `Team ${id}`)
  plan = addRound(addRound(plan, emptyRound(ROUND, 'A')), emptyRound(OTHER, 'A'))
  for (const [at, number] of numbers.entries()) plan = insertStop(plan, ROUND, at, stop(number))
  return plan
}
const numbersOf = (plan: PlanInput, round = 0) =>
  plan.rounds[round]!.stops.map(({ id }) => Number(id.slice(-12)))
/** The server takes nothing else: one leg more than stops, ids once. */
const isSound = (plan: PlanInput) => expect(planInputSchema.safeParse(plan).error?.issues).toBeUndefined()

test('a stop put in between leaves the way behind it as it was', () => {
  const plan = setLeg(planWith(1, 2, 3), ROUND, 2, 'free')
  const next = insertStop(plan, ROUND, 2, stop(9), 'street')
  expect(numbersOf(next)).toEqual([1, 2, 9, 3])
  expect(next.rounds[0]!.legs).toEqual(['street', 'street', 'street', 'free', 'street'])
  isSound(next)
})

test('the way past a removed stop keeps off the streets only if both parts did', () => {
  const one = setLeg(planWith(1, 2, 3), ROUND, 1, 'free')
  expect(removeStop(one, uuid(2)).rounds[0]!.legs).toEqual(['street', 'street', 'street'])
  const both = setLeg(one, ROUND, 2, 'free')
  const without = removeStop(both, uuid(2))
  expect(without.rounds[0]!.legs).toEqual(['street', 'free', 'street'])
  isSound(without)
})

test('a stop moves within a round, past its ends at most, and into another round', () => {
  const plan = planWith(1, 2, 3)
  expect(numbersOf(moveStop(plan, uuid(1), ROUND, 1))).toEqual([2, 1, 3])
  expect(numbersOf(moveStop(plan, uuid(1), ROUND, 9))).toEqual([2, 3, 1])
  expect(moveStop(plan, uuid(1), ROUND, -4)).toBe(plan)
  const other = moveStop(plan, uuid(2), OTHER, 0)
  expect([numbersOf(other, 0), numbersOf(other, 1)]).toEqual([[1, 3], [2]])
  isSound(other)
})

test('walked backwards, each way keeps its kind', () => {
  const plan = setLeg(planWith(1, 2, 3), ROUND, 1, 'free')
  const back = reverseRound(plan, ROUND)
  expect(numbersOf(back)).toEqual([3, 2, 1])
  expect(back.rounds[0]!.legs).toEqual(['street', 'street', 'free', 'street'])
  expect(reverseRound(back, ROUND)).toEqual(plan)
})

test('a split loses no stop and makes no round without one', () => {
  const plan = planWith(1, 2, 3)
  const split = splitRound(plan, ROUND, 1, uuid(2000))
  expect([numbersOf(split, 0), numbersOf(split, 1)]).toEqual([[1], [2, 3]])
  isSound(split)
  expect(splitRound(plan, ROUND, 0, uuid(2000))).toBe(plan)
  expect(splitRound(plan, ROUND, 3, uuid(2000))).toBe(plan)
})

test('in another order, ways between neighbours that stay neighbours keep their kind', () => {
  const plan = setLeg(planWith(1, 2, 3, 4), ROUND, 1, 'free')
  const next = reorderStops(plan, ROUND, [3, 2, 1, 0])
  expect(numbersOf(next)).toEqual([4, 3, 2, 1])
  expect(next.rounds[0]!.legs).toEqual(['street', 'street', 'street', 'free', 'street'])
  const apart = reorderStops(setLeg(plan, ROUND, 3, 'free'), ROUND, [0, 2, 1, 3])
  expect(apart.rounds[0]!.legs).toEqual(['street', 'street', 'street', 'street', 'street'])
  isSound(apart)
  expect(reorderStops(plan, ROUND, [0, 1, 2, 3])).toBe(plan)
})

test('a team takes its rounds along, and a letter that is free again is given again', () => {
  const plan = addTeam(planWith(1), (id) => `Team ${id}`)
  expect(plan.teams.map(({ id }) => id)).toEqual(['A', 'B'])
  const without = removeTeam(plan, 'A')
  expect(without.rounds).toEqual([])
  expect(freeTeamId(without.teams)).toBe('A')
  const many = Array.from({ length: 26 }).reduce<PlanInput>((next) => addTeam(next, (id) => id), plan)
  expect(many.teams[26]!.id).toBe('AA')
  isSound(many)
})

test('a visit that gets a place is no longer told as one that found none', () => {
  const plan: PlanInput = { ...planWith(), unserved: [{ checkpointId: 7, reason: 'time', visit: 1 }] }
  expect(insertStop(plan, ROUND, 0, stop(1)).unserved).toHaveLength(1)
  expect(insertStop(plan, ROUND, 0, stop(1, 7)).unserved).toEqual([])
})

test('another shift moves the hours of those who work all of it, not hours of one’s own', () => {
  const plan = addTeam(planWith(), (id) => id)
  const own = { ...plan, teams: [plan.teams[0]!, { ...plan.teams[1]!, to: '2026-11-22T12:00:00Z' }] }
  const next = setShift(own, '2026-11-23T10:00:00Z', '2026-11-23T14:00:00Z')
  expect(next.teams.map(({ to }) => to)).toEqual(['2026-11-23T14:00:00Z', '2026-11-22T12:00:00Z'])
})
