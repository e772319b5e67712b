import { expect, test } from 'vitest'
import { leftOf, TOUR_START, type TourAction, type TourState, type TourWorld, tour } from './tour.ts'

const calm: TourWorld = { stops: 3, dwellMs: 10_000, worst: undefined, open: new Set() }
const bad = (worst: string, ...others: string[]): TourWorld => ({
  ...calm,
  worst,
  open: new Set([worst, ...others]),
})
const run = (state: TourState, world: TourWorld, ...actions: (number | 'next' | 'previous' | 'pause')[]) =>
  actions.reduce((now, action) => {
    const done: TourAction = typeof action === 'number' ? { kind: 'tick', ms: action } : { kind: action }
    return tour(now, done, world)
  }, state)

test('each stop has its time, and after the last comes the first', () => {
  expect(run(TOUR_START, calm, 9999).at).toBe(0)
  expect(run(TOUR_START, calm, 9999, 1).at).toBe(1)
  expect(run(TOUR_START, calm, 10_000, 10_000, 10_000).at).toBe(0)
  expect(leftOf(run(TOUR_START, calm, 2500), calm.dwellMs)).toBe(0.75)
})

test('it stops on the worst open item until that is answered, and then goes on where it was', () => {
  const held = run(run(TOUR_START, calm, 4000), bad('hazard:7'), 1000, 30_000)
  expect(held).toMatchObject({ at: 0, spentMs: 4000, heldBy: 'hazard:7' })
  expect(run(held, calm, 1000)).toMatchObject({ at: 0, spentMs: 5000, heldBy: undefined })
})

test('an item that nobody answers does not hide the rest for days: it is shown once in each round', () => {
  const world = bad('hazard:7')
  const round: (string | number)[] = []
  let state = TOUR_START
  for (let second = 0; second < 80; second++) {
    state = run(state, world, 1000)
    const shown = state.heldBy ?? state.at
    if (round.at(-1) !== shown) round.push(shown)
  }
  expect(round).toEqual(['hazard:7', 0, 1, 2, 'hazard:7'])
})

test('somebody who moves on is not called back to the same item, but to a worse one', () => {
  const moved = run(run(TOUR_START, bad('hazard:7'), 1000), bad('hazard:7'), 'next')
  expect(moved).toMatchObject({ at: 1, heldBy: undefined, passed: ['hazard:7'] })
  expect(run(moved, bad('hazard:7'), 1000).heldBy).toBeUndefined()
  expect(run(moved, bad('hazard:8', 'hazard:7'), 1000).heldBy).toBe('hazard:8')
})

test('an item that was answered and is back stops the tour again; what was passed is not kept for ever', () => {
  const moved = run(run(TOUR_START, bad('hazard:7'), 1000), bad('hazard:7'), 'next')
  const answered = run(moved, calm, 1000)
  expect(answered.passed).toEqual([])
  expect(run(answered, bad('hazard:7'), 1000).heldBy).toBe('hazard:7')
})

test('a pause holds the time, for items too; the key of the previous stop goes round the end', () => {
  const paused = run(TOUR_START, calm, 3000, 'pause', 60_000)
  expect(paused).toMatchObject({ at: 0, spentMs: 3000, isPaused: true })
  expect(run(paused, bad('hazard:7'), 1000).heldBy).toBeUndefined()
  expect(run(paused, calm, 'pause', 7000).at).toBe(1)
  expect(run(TOUR_START, calm, 'previous').at).toBe(2)
})

test('one area is no tour: nothing counts down to itself, but an item is shown again', () => {
  const alone = { ...calm, stops: 1 }
  expect(run(TOUR_START, alone, 60_000)).toBe(TOUR_START)
  const passed = run(TOUR_START, { ...bad('hazard:7'), stops: 1 }, 40_000)
  expect(passed.heldBy).toBeUndefined()
  expect(run(passed, { ...bad('hazard:7'), stops: 1 }, 10_000, 1000).heldBy).toBe('hazard:7')
})
