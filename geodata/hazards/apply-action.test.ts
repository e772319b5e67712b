import { describe, expect, test } from 'vitest'
import { Problem } from '../shared/problem.ts'
import { applyAction, beginCase, type CaseAction, startMissing } from './apply-action.ts'
import { type CaseState, isLate, runningClock } from './case-state.ts'
import { escalate } from './escalate.ts'
import { HAZARD_STATES } from './hazard.schema.ts'
import { type CaseRules, findLimit, type LimitRow } from './limits.ts'
import { possibleActions } from './possible-actions.ts'
import { CASE_STATES, isEnded, TRANSITION_NAMES, transitionOf } from './workflow.ts'
import { workingCalendar } from './working-calendar.ts'

const clutter = { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '06036' }
const row = (
  clock: LimitRow['clock'],
  kind: LimitRow['kind'],
  amount: number,
  more: Partial<LimitRow> = {},
) => ({
  clock,
  kind,
  amount,
  category: null,
  severity: null,
  ...more,
})
const rules: CaseRules = {
  calendar: workingCalendar([]),
  limits: [
    row('accept', 'urgent-hours', 0.25),
    row('handle', 'working-days', 5),
    row('handle', 'calendar-days', 3, { severity: 'high' }),
    row('handle', 'working-hours', 4, { category: clutter }),
    row('handle', 'urgent-hours', 2, { category: clutter, severity: 'critical' }),
  ],
}
const day = (time: string) => `2026-03-${time}:00.000Z`

/** A case after these, each at its time; throws what refuses. */
function caseAfter(
  actions: [at: string, action: CaseAction['action'], more?: Partial<CaseAction>][],
): CaseState {
  let { next } = beginCase(
    { category: { ...clutter, code: 'X' }, severity: 'medium' },
    { at: day('02T01:00') },
    rules,
  )
  for (const [at, action, more] of actions) {
    const applied = applyAction(next, { action, at: day(at), reason: '-', ...more }, rules)
    if (applied instanceof Problem) throw applied
    next = applied.next
  }
  return next
}
const DISPATCHED: Parameters<typeof caseAfter>[0] = [
  ['02T01:05', 'accept'],
  ['02T01:10', 'file'],
  ['02T01:20', 'dispatch', { departmentId: 7 }],
]

describe('limits', () => {
  test('the row that says most about a case holds, whatever its place', () => {
    const kindOf = (severity: 'low' | 'high' | 'critical', code: string) =>
      findLimit(rules.limits, 'handle', { category: { ...clutter, code }, severity }).kind
    expect(kindOf('critical', '06036')).toBe('urgent-hours')
    expect(kindOf('high', '06036')).toBe('working-hours')
    expect(kindOf('high', '01013')).toBe('calendar-days')
    expect(kindOf('low', '01013')).toBe('working-days')
    expect(findLimit([], 'check', { category: clutter, severity: 'low' })).toEqual({
      kind: 'working-days',
      amount: 5,
    })
  })

  test('a component is not the matter of the same code', () => {
    const component = { ...clutter, kind: 'component' }
    expect(findLimit(rules.limits, 'handle', { category: component, severity: 'low' }).kind).toBe(
      'working-days',
    )
  })
})

describe('the table', () => {
  test('in each state that is not the end exactly its clock runs, and at the end none', () => {
    const clockOf = new Map<string, string | null>([['reported', 'accept']])
    for (const name of TRANSITION_NAMES) {
      const { from, to, starts, stops } = transitionOf(name)
      for (const state of from.length > 0 ? from : [undefined]) {
        const running = state ? CASE_STATES[state].clock : null
        const left = running !== null && stops.includes(running) ? null : running
        clockOf.set(to, starts[0] ?? left)
        expect([name, state, starts[0] ?? left]).toEqual([name, state, CASE_STATES[to].clock])
      }
    }
    expect([...clockOf.keys()].sort()).toEqual([...HAZARD_STATES].sort())
  })

  test('every state can be reached and, but for the ends that stay ends, left', () => {
    const left = new Set(TRANSITION_NAMES.flatMap((name) => [...transitionOf(name).from]))
    for (const state of HAZARD_STATES) if (!isEnded(state)) expect(left.has(state), state).toBe(true)
  })
})

describe('what is done to a case', () => {
  test('a case that is returned and sent on has a second run, with its whole limit', () => {
    const state = caseAfter([
      ...DISPATCHED,
      ['03T01:00', 'return'],
      ['03T02:00', 'dispatch', { departmentId: 8 }],
    ])
    expect(state).toMatchObject({ departmentId: 8, state: 'dispatched' })
    expect(state.clocks.map(({ clock, run, stoppedAt }) => [clock, run, stoppedAt !== null])).toEqual([
      ['accept', 1, true],
      ['verify', 1, true],
      ['dispatch', 1, true],
      ['handle', 1, true],
      ['dispatch', 2, true],
      ['handle', 2, false],
    ])
    expect(runningClock(state)!.dueAt).toBe(day('10T02:00'))
  })

  test('a third extension, one longer than the limit and one that comes too late are refused', () => {
    const twice = caseAfter([
      ...DISPATCHED,
      ['02T02:00', 'ask-extension', { amount: 1 }],
      ['02T02:10', 'extend'],
      ['02T03:00', 'ask-extension'],
      ['02T03:10', 'extend'],
    ])
    // Five, one and five days from the first Monday.
    expect(runningClock(twice)).toMatchObject({ dueAt: day('17T01:20'), extensions: 2 })
    const again = { action: 'ask-extension', at: day('03T01:00'), reason: '-' } as const
    expect(applyAction(twice, again, rules)).toMatchObject({ code: 'wrong-state' })
    const once = caseAfter(DISPATCHED)
    expect(applyAction(once, { ...again, amount: 5.5 }, rules)).toMatchObject({ code: 'invalid-body' })
    expect(applyAction(once, { ...again, at: day('30T01:00') }, rules)).toMatchObject({ code: 'wrong-state' })
  })

  test('a case that was late when it was suspended is late when it goes on', () => {
    const state = caseAfter([
      ...DISPATCHED,
      ['20T01:00', 'suspend', { until: day('25T01:00') }],
      ['25T01:00', 'resume'],
    ])
    const run = runningClock(state)!
    expect(run).toMatchObject({ dueAt: day('09T01:20'), pausedMinutes: 5 * 1440, pausedAt: null })
    expect(isLate(run, day('25T01:00'))).toBe(true)
  })

  test('what is dated before the last entry is refused', () => {
    const early = { action: 'take', at: day('02T01:19') } as const
    expect(applyAction(caseAfter(DISPATCHED), early, rules)).toMatchObject({ code: 'invalid-body' })
  })

  test('what is offered is what would be taken', () => {
    const offered = (state: CaseState, at: string) =>
      possibleActions(state, day(at), rules).map(({ action }) => action)
    expect(offered(caseAfter([]), '02T02:00').sort()).toEqual(['accept', 'note', 'reject'])
    const paused = caseAfter([...DISPATCHED, ['02T02:00', 'suspend', { until: day('25T01:00') }]])
    expect(offered(paused, '03T01:00').sort()).toEqual(['note', 'resume'])
    const ended = caseAfter([['02T01:05', 'reject']])
    expect(offered(ended, '03T01:00').sort()).toEqual(['appeal', 'note'])
  })

  test('a case that came without a deadline gets that of its state, once', () => {
    const without = { ...caseAfter(DISPATCHED), clocks: [] }
    const { next, entry } = startMissing(without, day('03T01:00'), rules)!
    expect(next).toMatchObject({ state: 'dispatched', clocks: [{ clock: 'handle', run: 1 }] })
    expect(entry).toMatchObject({ kind: 'deadline', dueAt: day('10T01:00') })
    expect(startMissing(next, day('03T01:00'), rules)).toBeUndefined()
    expect(startMissing(caseAfter([['02T01:05', 'reject']]), day('03T01:00'), rules)).toBeUndefined()
  })

  test('each level of escalation is told once, and a new clock begins anew', () => {
    let state = caseAfter(DISPATCHED)
    const levels: unknown[] = []
    const reminders = [
      { level: 1, share: 0.2, minutes: 120 },
      { level: 3, share: 0.5, minutes: 30 },
    ] as const
    for (const at of ['09T00:00', '09T00:10', '09T01:21', '09T02:00', '20T00:00', '20T01:00']) {
      const told = escalate(state, day(at), reminders)
      if (told) state = told.next
      levels.push(told?.entry.detail?.to)
    }
    expect(levels).toEqual(['owner', undefined, 'coordinator', undefined, 'supervisor', undefined])
    const returned = applyAction(state, { action: 'return', at: day('21T01:00'), reason: '-' }, rules)
    expect(returned).toMatchObject({ next: { escalation: 0 } })
  })
})
