import { expect, test } from 'vitest'
import { ENDED_STATES } from '../hazards/deadline.ts'
import type { CaseRules, LimitRow } from '../hazards/limits.ts'
import { type CaseStateName, TRANSITIONS, type TransitionName } from '../hazards/workflow.ts'
import { workingCalendar } from '../hazards/working-calendar.ts'
import { generateDemoWithCases } from './generate-demo.ts'
import { tellWhistle } from './write-whistle.ts'

const limit = (clock: LimitRow['clock'], kind: LimitRow['kind'], amount: number): LimitRow => ({
  ...{ clock, kind, amount, category: null, severity: null },
})
const rules: CaseRules = {
  calendar: workingCalendar([{ day: '2026-06-19', kind: 'holiday' }]),
  limits: [
    limit('accept', 'urgent-hours', 0.25),
    limit('verify', 'urgent-hours', 0.5),
    limit('dispatch', 'urgent-hours', 0.25),
    limit('handle', 'working-days', 3),
    limit('check', 'working-hours', 8),
  ],
}
const nowIso = '2026-06-30T08:00:00.000Z'
const { layers, departments, cases, whistle } = generateDemoWithCases({
  seed: 1,
  buildings: 1500,
  nowIso,
  rules,
})
const entries = cases.flatMap((each) => each.entries)

test('every history begins with a report, goes only ways that there are, and ends as its hazard stands', () => {
  expect(cases.length).toBe(layers.hazards.length)
  cases.forEach(({ sourceId, entries }, index) => {
    const hazard = layers.hazards[index]!
    expect(hazard.sourceId).toBe(sourceId)
    let state: CaseStateName | null = null
    let before = hazard.properties.reportedAt as string
    entries.forEach(({ seq, at, action, kind, fromState, toState, departmentId }, place) => {
      expect(seq).toBe(place + 1)
      expect(fromState).toBe(state)
      expect(at >= before && at <= nowIso).toBe(true)
      if (kind === 'transition') {
        const { from, to } = TRANSITIONS[action as TransitionName]
        expect(toState).toBe(to)
        if (state) expect(from).toContain(state)
      } else expect(toState).toBe(state)
      if (departmentId !== null) expect(departments[departmentId - 1]).toBeDefined()
      state = toState
      before = at
    })
    expect(hazard.properties).toMatchObject({ state, dueAt: entries.at(-1)!.dueAt })
  })
})

test('there is of everything what a sub-district has: rework, returns, more time, a suspension, and a few overdue', () => {
  const actions = new Set(entries.map(({ action }) => action))
  for (const wanted of ['return', 'reopen', 'reject', 'appeal', 'extend', 'refuse-extension', 'suspend'])
    expect(actions, wanted).toContain(wanted)
  const open = layers.hazards.filter(({ properties }) => !ENDED_STATES.includes(properties.state as string))
  const overdue = open.filter(({ properties }) => String(properties.dueAt ?? '~') < nowIso)
  expect(open.length / cases.length).toBeGreaterThan(0.02)
  expect(open.length / cases.length).toBeLessThan(0.15)
  expect(overdue.length).toBeGreaterThan(0)
  expect(overdue.length / open.length).toBeLessThan(0.4)
})

test('a case of the hotline is finished after its contact, and closed after both call-backs', () => {
  const ofHotline = cases.filter(({ source }) => source === 'hotline')
  expect(ofHotline.length / cases.length).toBeGreaterThan(0.04)
  for (const { entries, externalRef, state, calls } of ofHotline) {
    expect(externalRef).toBeTruthy()
    const first = (action: string) => entries.findIndex((entry) => entry.action === action)
    if (first('finish') >= 0) expect(first('contact')).toBeGreaterThan(0)
    if (first('finish') >= 0) expect(first('contact')).toBeLessThan(first('finish'))
    if (state.state === 'closed') expect([calls.unit, calls.street]).not.toContain(null)
  }
})

test('one case has its departments called: answers, one refusal, work divided, and a task whose day is over', () => {
  const told = tellWhistle(cases.find(({ sourceId }) => sourceId === whistle!.sourceId)!, whistle, {
    whistle: 7,
    departments: departments.map((_, index) => 100 + index),
    tasks: [11, 12, 13],
  })
  const added = told.entries.slice(-7)
  expect(added.map(({ kind, action }) => `${kind} ${action}`)).toEqual([
    'whistle call',
    ...['accept', 'accept', 'decline', 'accept'].map((answer) => `whistle-answer ${answer}`),
    'division divide',
    'division done',
  ])
  const times = told.entries.map(({ at }) => at)
  expect(times).toEqual([...times].sort())
  expect(times.at(-1)! <= nowIso).toBe(true)
  expect(told.state).toMatchObject({ entries: told.entries.length, lastAt: times.at(-1) })
  expect(told.entries.map(({ seq }) => seq)).toEqual(told.entries.map((_, index) => index + 1))
  expect(added[0]!.dueAt).toBe(told.entries.at(-8)!.dueAt)
  const late = whistle!.tasks.filter(({ due, settledAt }) => settledAt === null && due < nowIso.slice(0, 10))
  expect(late).toHaveLength(1)
  for (const { department, name } of [...whistle!.calls, ...whistle!.tasks])
    expect(departments[department - 1]!.name).toBe(name)
  expect(JSON.stringify(added[6]!.detail)).toContain('"whistle":7,"task":{"id":11,"department":{"id":100')
})

test('reports come by day, in three months, more of them on working days', () => {
  const times = cases.map(({ entries }) => new Date(Date.parse(entries[0]!.at) + 8 * 3_600_000))
  const byNight = times.filter((time) => time.getUTCHours() < 6 || time.getUTCHours() >= 22)
  const byWeekend = times.filter((time) => time.getUTCDay() % 6 === 0)
  expect(byNight.length / times.length).toBeLessThan(0.05)
  expect(byWeekend.length / times.length).toBeLessThan(0.25)
  const months = new Set(times.map((time) => time.toISOString().slice(0, 7)))
  expect([...months].sort()).toEqual(['2026-04', '2026-05', '2026-06'])
})
