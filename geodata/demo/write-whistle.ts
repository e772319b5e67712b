import { chinaDay } from '../figures/china-months.ts'
import { write } from '../hazards/apply-action.ts'
import { isEnded } from '../hazards/workflow.ts'
import { byDay } from './case-days.ts'
import { CHIEF } from './case-words.ts'
import type { PlayedEntry } from './play-case.ts'
import { createRandom } from './random.ts'
import type { DemoCase } from './write-cases.ts'
import type { DemoDepartment } from './write-departments.ts'

/** Departments called to one case of the demo area. They are numbered from 1, as they stand in the list; times are ISO texts. */
export interface DemoWhistle {
  /** Of the hazard. */
  sourceId: string
  calledAt: string
  calledBy: string
  reason: string
  answerWithin: { kind: 'urgent-hours'; amount: number }
  answerBy: string
  calls: { department: number; name: string; at: string; accepted: boolean; reason: string | null }[]
  dividedAt: string
  tasks: { department: number; name: string; task: string; due: string; settledAt: string | null }[]
}

/** What the database called the rows of a whistle; departments by their number less 1, tasks in order. */
export interface WhistleIds {
  whistle: number
  departments: readonly number[]
  tasks: readonly number[]
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** So long a case has stood still: its departments have met, and a day by which one of them promised is over. */
const STILL = 44 * HOUR
const ANSWER_HOURS = 2

/** Who is called, after how many minutes each answers, and why one does not come. */
const CALLED: [name: string, minutes: number, declined: string | null][] = [
  ['综合行政执法队（城管）', 20, null],
  ['消防救援站', 35, null],
  ['派出所', 50, '现场无警情，由社区民警电话配合'],
  ['应急管理办公室', 95, null],
]
/** What each of them takes on, and by when, days after they met or after now. */
const TASKS: [name: string, task: string, due: 'met' | 'later', isDone: boolean][] = [
  ['综合行政执法队（城管）', '到场处置，先行消除险情', 'met', true],
  ['消防救援站', '出具整改意见书，送达责任单位', 'met', false],
  ['应急管理办公室', '约谈责任单位，组织回头看', 'later', false],
]

/** A whistle for the open case that moved last of those that have stood still for two days, rather not a slight one; undefined: there is none. */
export function writeWhistle(
  cases: readonly DemoCase[],
  departments: readonly DemoDepartment[],
  { seed, now }: { seed: number; now: number },
): DemoWhistle | undefined {
  const still = cases.filter(
    ({ state: { state, suspendedUntil, lastAt } }) =>
      !isEnded(state) && suspendedUntil === null && now - Date.parse(lastAt) >= STILL,
  )
  // Nobody calls four departments for a trifle.
  const weight = ({ state }: DemoCase) => (state.severity === 'low' ? 0 : 1)
  still.sort((a, b) => weight(b) - weight(a) || Date.parse(b.state.lastAt) - Date.parse(a.state.lastAt))
  const chosen = still[0]
  if (!chosen) return undefined
  const random = createRandom(seed, 12)
  const numberOf = (name: string) => 1 + departments.findIndex((department) => department.name === name)
  const called = byDay(random, Date.parse(chosen.state.lastAt) + HOUR)
  const divided = byDay(random, called + 3 * HOUR)
  return {
    sourceId: chosen.sourceId,
    calledAt: iso(called),
    calledBy: CHIEF,
    reason: '单个部门难以处置，请到现场会商',
    answerWithin: { kind: 'urgent-hours', amount: ANSWER_HOURS },
    answerBy: iso(called + ANSWER_HOURS * HOUR),
    calls: CALLED.map(([name, minutes, declined]) => ({
      department: numberOf(name),
      name,
      at: iso(called + minutes * MINUTE),
      accepted: declined === null,
      reason: declined,
    })),
    dividedAt: iso(divided),
    tasks: TASKS.map(([name, task, due, isDone]) => ({
      department: numberOf(name),
      name,
      task,
      due: chinaDay(due === 'met' ? divided : now + 3 * DAY),
      settledAt: isDone ? iso(divided + 2 * HOUR) : null,
    })),
  }
}

const iso = (time: number) => new Date(time).toISOString()

/** The case with what its history tells of the whistle; others as they are. */
export function tellWhistle(of: DemoCase, whistle: DemoWhistle | undefined, ids: WhistleIds): DemoCase {
  if (of.sourceId !== whistle?.sourceId) return of
  const { answerWithin, answerBy } = whistle
  const idOf = ({ department, name }: { department: number; name: string }) => ({
    id: ids.departments[department - 1]!,
    name,
  })
  const tasks = whistle.tasks.map(({ task, due, ...whose }, index) => ({
    id: ids.tasks[index]!,
    department: idOf(whose),
    task,
    due,
  }))
  const entries: PlayedEntry[] = [...of.entries]
  let { state } = of
  const add = (
    { kind, ...action }: { kind: PlayedEntry['kind']; at: string; action: string; reason?: string },
    { actor, role }: { actor: string; role: string },
    detail: Record<string, unknown>,
  ) => {
    const told = write(state, state, action, kind, { whistle: ids.whistle, ...detail })
    entries.push({ ...told.entry, actor, role })
    state = told.next
  }
  const chief = { actor: whistle.calledBy, role: 'supervisor' }
  add({ kind: 'whistle', at: whistle.calledAt, action: 'call', reason: whistle.reason }, chief, {
    departments: whistle.calls.map(idOf),
    answerWithin,
    answerBy,
  })
  for (const { at, accepted, reason, ...whose } of whistle.calls)
    add(
      {
        kind: 'whistle-answer',
        at,
        action: accepted ? 'accept' : 'decline',
        ...(reason === null ? {} : { reason }),
      },
      { actor: whose.name, role: 'department' },
      { department: idOf(whose), accepted, late: at > answerBy },
    )
  add({ kind: 'division', at: whistle.dividedAt, action: 'divide' }, chief, { tasks })
  for (const [index, { settledAt, name }] of whistle.tasks.entries())
    if (settledAt !== null)
      add(
        { kind: 'division', at: settledAt, action: 'done' },
        { actor: name, role: 'department' },
        {
          task: tasks[index],
        },
      )
  return { ...of, entries, state }
}
