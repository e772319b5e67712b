import { describe, expect, test } from 'vitest'
import type { DueQuestion } from '../patrols/due-of.ts'
import type { WallFigureId } from './layout.schema.ts'
import { type Counts, countHazards, countSites, dayStartOf, wallFigures } from './wall-figures.ts'

const MINUTE = 60_000
/** Ten in the morning in China. */
const NOW = Date.parse('2026-03-02T02:00:00Z')
const MIDNIGHT = Date.parse('2026-03-01T16:00:00Z')

const site = (lastVisitAt: number | undefined, more: Partial<DueQuestion> = {}): DueQuestion => ({
  ...{ intervalMinutes: 120, graceMinutes: 30, timeWindows: [], createdAt: NOW - 9000 * MINUTE, lastVisitAt },
  ...more,
})
/** Sites by what they are like now and were at midnight. */
const count = (...sites: [now: DueQuestion, midnight: DueQuestion][]) =>
  countSites(
    new Map(sites.map(([now], id) => [id, now])),
    new Map(sites.map(([, then], id) => [id, then])),
    NOW,
  )

describe('patrol sites of a day', () => {
  test('a day begins at midnight in China, not in Greenwich', () => {
    expect(dayStartOf(NOW)).toBe(MIDNIGHT)
    expect([dayStartOf(MIDNIGHT - 1), dayStartOf(MIDNIGHT)]).toEqual([MIDNIGHT - 1440 * MINUTE, MIDNIGHT])
  })

  test('a visit is missed once its grace is over, not when its limit comes', () => {
    const at = (minutesAgo: number) => {
      const one = site(NOW - minutesAgo * MINUTE)
      return count([one, one]).missed.length
    }
    expect([at(121), at(150), at(151)]).toEqual([0, 0, 1])
  })

  test('a site that nobody ever visited is missed an interval after it was added, not at once', () => {
    const added = (minutesAgo: number) => {
      const one = site(undefined, { createdAt: NOW - minutesAgo * MINUTE })
      return count([one, one]).missed
    }
    expect(added(150)).toEqual([])
    expect(added(151)).toEqual([{ id: 0, brokeAt: NOW - MINUTE, isNever: true }])
  })

  test('covered is what was due by now and visited since midnight; what is due tonight is no gap in the morning', () => {
    const evening = { timeWindows: [{ from: '18:00', to: '22:00' }] }
    const yesterday = MIDNIGHT - 60 * MINUTE
    const visited: [DueQuestion, DueQuestion] = [site(NOW - 30 * MINUTE), site(yesterday)]
    const waiting: [DueQuestion, DueQuestion] = [site(yesterday), site(yesterday)]
    const tonight: [DueQuestion, DueQuestion] = [site(yesterday, evening), site(yesterday, evening)]
    expect(count(visited, waiting, tonight)).toMatchObject({ sites: 3, due: 2, visited: 1 })
  })

  test('a site that was added later was not there then', () => {
    const later = site(undefined, { createdAt: NOW + MINUTE })
    expect(count([later, later])).toMatchObject({ sites: 0, due: 0, missed: [] })
  })
})

describe('figures of a wall', () => {
  const none = { sites: 0, missed: [], due: 0, visited: 0, hasVisits: false }
  const hazards = { open: 8, overdue: 2, dueSoon: 1, unassigned: 3, newToday: 4, closedToday: 5 }
  const past = { at: '2026-03-01T02:00:00.000Z', hazards: undefined, sites: undefined }
  const show = (id: WallFigureId, target: number | null, sites: Counts['sites'] = none) =>
    wallFigures([{ id, target }], { hazards, sites }, past, past)[0]!

  test('a deadline now counts as near, a moment ago as over, none as neither', () => {
    const of = [NOW - 1, NOW, NOW + 120 * MINUTE, NOW + 120 * MINUTE + 1, null]
    expect(
      countHazards(
        of.map((dueAt) => ({ dueAt, owner: null })),
        NOW,
      ),
    ).toEqual({ open: 5, overdue: 1, dueSoon: 2, unassigned: 5 })
  })

  test('a target is missed above it where less is better, below it where more is', () => {
    expect([show('overdue', 2).isOff, show('overdue', 1).isOff]).toEqual([false, true])
    const covered = { ...none, sites: 4, due: 4, visited: 3 }
    expect([0.75, 0.76].map((target) => show('coverage-today', target, covered).isOff)).toEqual([false, true])
    expect(show('overdue', null).isOff).toBe(false)
  })

  test('where nothing is due there is no share, and why is said', () => {
    expect(show('coverage-today', 0.9)).toMatchObject({ value: null, unknown: 'no-sites', isOff: false })
    expect(show('coverage-today', 0.9, { ...none, sites: 4 })).toMatchObject({
      ...{ value: null, unknown: 'nothing-due', isOff: false },
    })
  })

  test('a day of which nothing is recorded is not a day without hazards', () => {
    expect(show('overdue', 0).yesterday).toEqual({ at: past.at, value: null })
  })
})
