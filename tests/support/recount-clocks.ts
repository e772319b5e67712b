import type { countMinutes } from './count-minutes.ts'

/** What a history says, as its rows are stored. Times are ISO texts of whole minutes. */
export interface ToldEntry {
  seq: number
  at: string
  kind: string
  action: string | null
  from_state: string | null
  to_state: string
  actor: string
  department_id: number | null
  reason: string | null
  due_at: string | null
  detail: Record<string, unknown> | null
}
export interface LimitTold {
  clock: string
  category_code: string | null
  severity: string | null
  kind: string
  amount: number
}
export interface CountedRun {
  clock: string
  run: number
  kind: string
  amount: number
  started: string
  due: string
  stopped: string | null
  paused: string | null
  pausedMinutes: number
  extensions: number
}

/** Which clock begins with an action, and which actions end the one that runs. Written down again, apart from the product’s table. */
const BEGINS: Record<string, string> = {
  report: 'accept',
  accept: 'verify',
  appeal: 'verify',
  file: 'dispatch',
  return: 'dispatch',
  reopen: 'dispatch',
  dispatch: 'handle',
  submit: 'check',
}
const ENDS = new Set(['accept', 'reject', 'file', 'dispatch', 'return', 'submit', 'close', 'reopen'])
const UNIT: Record<string, number> = {
  'urgent-hours': 60,
  'working-hours': 60,
  'working-days': 480,
  'calendar-days': 1440,
}

const minuteOf = (text: string) => Date.parse(text) / 60_000
const textOf = (minute: number) => new Date(minute * 60_000).toISOString()

/** Finds the clocks of a history by counting minutes, from what its entries say and nothing else. */
export function recountClocks(
  counted: ReturnType<typeof countMinutes>,
  limits: readonly LimitTold[],
  of: { code: string; severity: string },
) {
  const add = (kind: string, from: number, minutes: number) =>
    kind.startsWith('working') ? counted.add(from, minutes) : from + minutes
  const between = (kind: string, from: number, to: number) =>
    kind.startsWith('working') ? counted.between(from, to) : to - from
  const limitOf = (clock: string) =>
    limits
      .filter(
        (limit) =>
          limit.clock === clock &&
          [null, of.code].includes(limit.category_code) &&
          [null, of.severity].includes(limit.severity),
      )
      .sort(
        (a, b) =>
          Number(b.category_code !== null) - Number(a.category_code !== null) ||
          Number(b.severity !== null) - Number(a.severity !== null),
      )[0]!

  return (entries: readonly ToldEntry[]): CountedRun[] => {
    const runs: CountedRun[] = []
    for (const { at, kind, action, detail } of entries) {
      const last = runs.at(-1)
      const running = last && last.stopped === null ? last : undefined
      if (kind === 'transition') {
        if (running && ENDS.has(action!)) running.stopped = at
        const clock = BEGINS[action!]
        if (clock === undefined) continue
        const limit = limitOf(clock)
        runs.push({
          clock,
          run: runs.filter((run) => run.clock === clock).length + 1,
          kind: limit.kind,
          amount: limit.amount,
          started: at,
          due: textOf(add(limit.kind, minuteOf(at), limit.amount * UNIT[limit.kind]!)),
          stopped: null,
          paused: null,
          pausedMinutes: 0,
          extensions: 0,
        })
      } else if (kind === 'extended') {
        const more = Number(detail!.amount) * UNIT[running!.kind]!
        running!.due = textOf(add(running!.kind, minuteOf(running!.due), more))
        running!.extensions += 1
      } else if (kind === 'suspended') running!.paused = at
      else if (kind === 'resumed') {
        const [paused, due] = [minuteOf(running!.paused!), minuteOf(running!.due)]
        if (paused <= due) {
          const left = between(running!.kind, paused, due)
          running!.due = textOf(add(running!.kind, minuteOf(at), left))
        }
        running!.pausedMinutes += minuteOf(at) - paused
        running!.paused = null
      }
    }
    return runs
  }
}
