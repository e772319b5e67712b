import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ENDED_STATES } from './deadline.ts'
import { HAZARD_STATES, SEVERITIES } from './hazard.schema.ts'
import type { HazardReplay } from './replay.schema.ts'
import { countInBins, playTimeline, stepFrom } from './replay-player.ts'
import { makeTimeline, STATUS, STATUSES, STEP } from './replay-timeline.ts'
import { sumPeriod } from './sum-period.ts'

const LENGTH = 86_400
const STATES = [...HAZARD_STATES]
const index = (state: (typeof HAZARD_STATES)[number]) => STATES.indexOf(state)

type Told = [at: number, state: number, due: number | null]

/** A replay of hazards, each with what it is at the beginning and what is told of it later. */
function replayOf(each: { state: number; due: number | null; told: Told[] }[]): HazardReplay {
  const changes = each
    .flatMap(({ told }, hazard) => told.map(([at, state, due]) => ({ at, hazard, state, due })))
    .sort((a, b) => a.at - b.at)
  return {
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-02T00:00:00.000Z',
    now: '2026-11-03T00:00:00.000Z',
    states: STATES,
    severities: [...SEVERITIES],
    categories: [
      { standard: 'local', kind: 'local', code: 'L0001' },
      { standard: 'local', kind: 'local', code: 'L0002' },
    ],
    hazards: {
      id: each.map((_, at) => at + 1),
      lng: each.map(() => 120),
      lat: each.map(() => 31),
      category: each.map((_, at) => at % 2),
      severity: each.map(() => 0),
      reported: each.map(({ state, told }) => (state < 0 ? (told[0]?.[0] ?? 0) : -1)),
      state: each.map(({ state }) => state),
      due: each.map(({ due }) => due),
    },
    changes: {
      at: changes.map(({ at }) => at),
      hazard: changes.map(({ hazard }) => hazard),
      state: changes.map(({ state }) => state),
      due: changes.map(({ due }) => due),
    },
  }
}

/** Computed from the rows each time, by another way than the timeline: the last entry up to the second decides. */
function standingAt(replay: HazardReplay, second: number): number[] {
  return replay.hazards.id.map((_, hazard) => {
    let state = replay.hazards.state[hazard]!
    let due = replay.hazards.due[hazard]!
    replay.changes.at.forEach((at, change) => {
      if (replay.changes.hazard[change] !== hazard || at > second) return
      state = replay.changes.state[change]!
      due = replay.changes.due[change]!
    })
    if (state < 0) return STATUS.none
    if (ENDED_STATES.includes(STATES[state]!)) return STATUS.ended
    if (due === null) return STATUS.open
    if (due < second) return STATUS.overdue
    return due - second <= 7200 ? STATUS.soon : STATUS.open
  })
}

const second = fc.integer({ min: 0, max: LENGTH })
const state = fc.integer({ min: -1, max: STATES.length - 1 })
const due = fc.option(fc.integer({ min: -LENGTH, max: 2 * LENGTH }), { nil: null })
const hazard = fc.record({
  state,
  due,
  told: fc
    .array(fc.tuple(second, state, due), { maxLength: 6 })
    .map((told) => told.sort((a, b) => a[0] - b[0])),
})

test('whatever way a moment is reached, forwards or back, it is as computed from the rows', () => {
  fc.assert(
    fc.property(
      fc.array(hazard, { maxLength: 12 }),
      fc.array(second, { minLength: 1, maxLength: 12 }),
      (each, moments) => {
        const replay = replayOf(each)
        const player = playTimeline(makeTimeline(replay))
        for (const moment of moments) {
          player.seek(moment)
          const wanted = standingAt(replay, moment)
          expect([...player.status]).toEqual(wanted)
          for (let status = 0; status < STATUSES; status++)
            expect(player.counts[status]).toBe(wanted.filter((one) => one === status).length)
        }
        const [reported, ended] = [player.reported, player.ended]
        player.seek(0)
        player.seek(LENGTH)
        player.seek(moments.at(-1)!)
        expect([player.reported, player.ended]).toEqual([reported, ended])
      },
    ),
  )
})

test('a deadline that passes is a step of its own, a second after it; one of a closed hazard is none', () => {
  const replay = replayOf([
    { state: index('handling'), due: 10_000, told: [] },
    { state: index('handling'), due: 10_000, told: [[9000, index('closed'), null]] },
    { state: index('closed'), due: 10_000, told: [] },
  ])
  const timeline = makeTimeline(replay)
  const overdue = (kind: number) => kind === STEP.overdue
  expect(stepFrom(timeline, 0, 1, overdue)).toBe(10_001)
  expect(stepFrom(timeline, 10_001, 1, overdue)).toBeUndefined()
  expect(stepFrom(timeline, LENGTH, -1, overdue)).toBe(10_001)
  expect(stepFrom(timeline, 10_001, -1, overdue)).toBeUndefined()
  expect([...countInBins(timeline, 24, overdue)].findIndex((count) => count > 0)).toBe(2)
  const player = playTimeline(timeline)
  player.seek(10_000)
  expect(player.status[0]).toBe(STATUS.soon)
  player.seek(10_001)
  expect(player.status[0]).toBe(STATUS.overdue)
  expect(player.counts[STATUS.overdue]).toBe(1)
})

test('an extended deadline takes the hazard out of what is overdue, and back again', () => {
  const replay = replayOf([
    { state: index('handling'), due: 1000, told: [[5000, index('handling'), 50_000]] },
  ])
  const player = playTimeline(makeTimeline(replay))
  const seen = [900, 1001, 4999, 5000, 42_799, 42_800, 50_001].map((at) => {
    player.seek(at)
    return player.status[0]
  })
  const { open, soon, overdue } = STATUS
  expect(seen).toEqual([soon, overdue, overdue, open, open, soon, overdue])
})

test('a period counts what came, what ended and what stands at its end, by kind', () => {
  const replay = replayOf([
    // Stood before, and still does, long overdue.
    { state: index('handling'), due: -1, told: [] },
    // Came and ended, came back and ended again: one report, one end.
    {
      state: -1,
      due: null,
      told: [
        [10, index('reported'), null],
        [20, index('closed'), null],
        [30, index('reopened'), null],
        [40, index('closed'), null],
      ],
    },
    { state: -1, due: null, told: [[50, index('reported'), 60]] },
    // Reported and deleted by mistake: neither.
    {
      state: -1,
      due: null,
      told: [
        [70, index('reported'), null],
        [80, -1, null],
      ],
    },
  ])
  const sum = sumPeriod(replay)
  expect(sum).toMatchObject({ reported: 2, ended: 1, standing: 2, overdue: 2 })
  expect(sum.kinds).toEqual([
    { category: 0, reported: 1, standing: 2 },
    { category: 1, reported: 1, standing: 0 },
  ])
})
