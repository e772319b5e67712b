import { Problem } from '../shared/problem.ts'
import type { ClockRun } from './case.schema.ts'
import { type CaseState, runningClock } from './case-state.ts'
import { addTime, type CaseRules, type LimitKind, limitMillis, timeBetween } from './limits.ts'
import { EXTENSIONS_AT_MOST, SUSPENDED_DAYS_AT_MOST } from './workflow.ts'
import { DAY, MINUTE } from './working-calendar.ts'

interface Changed {
  next: CaseState
  detail: Record<string, unknown> | null
}
const iso = (time: number) => new Date(time).toISOString()

/** More time: asked for, approved, refused. At most two are approved, each at most as much as the limit was. */
export function extend(
  state: CaseState,
  {
    action,
    at,
    amount,
  }: { action: 'ask-extension' | 'extend' | 'refuse-extension'; at: string; amount?: number | undefined },
  { calendar }: CaseRules,
): Changed | Problem {
  const run = runningClock(state)
  if (run?.clock !== 'handle' || run.limitKind === 'given' || run.limitAmount === null)
    return new Problem(
      'wrong-state',
      'No limit runs here that could be extended: the case came with its deadline.',
    )
  if (run.pausedAt !== null)
    return new Problem('wrong-state', 'The case is suspended, so no limit runs. Resume it first.')
  if (action === 'ask-extension') return ask(state, run, at, amount ?? run.limitAmount)
  const asked = state.extensionAsked
  if (asked === null)
    return new Problem('wrong-state', 'Nobody has asked for more time, or it was answered already.')
  const answered = { ...state, extensionAsked: null }
  if (action === 'refuse-extension') return { next: answered, detail: { amount: asked } }
  const more = limitMillis({ kind: run.limitKind, amount: asked })
  const longer = {
    ...run,
    extensions: run.extensions + 1,
    dueAt: iso(addTime(calendar, run.limitKind, Date.parse(run.dueAt), more)),
  }
  return {
    next: { ...withRun(answered, longer), extensions: state.extensions + 1, escalation: 0 },
    detail: { amount: asked },
  }
}

function ask(state: CaseState, run: ClockRun, at: string, amount: number): Changed | Problem {
  if (state.extensionAsked !== null)
    return new Problem('wrong-state', 'More time was asked for already and not yet answered.')
  if (state.extensions >= EXTENSIONS_AT_MOST)
    return new Problem(
      'wrong-state',
      `More time was given ${EXTENSIONS_AT_MOST} times, which is as often as may be.`,
    )
  if (Date.parse(at) > Date.parse(run.dueAt))
    return new Problem(
      'wrong-state',
      `The deadline passed at ${run.dueAt}. More time is asked for before that.`,
    )
  if (amount > run.limitAmount!)
    return new Problem(
      'invalid-body',
      `${amount} was asked for; an extension is at most as long as the limit, which is ${run.limitAmount} (${run.limitKind}).`,
    )
  return { next: { ...state, extensionAsked: amount }, detail: { amount, kind: run.limitKind } }
}

/** Once for a case: its clock stops until a moment that is named. */
export function suspend(
  state: CaseState,
  { at, until }: { at: string; until?: string | undefined },
): Changed | Problem {
  const run = runningClock(state)
  if (!run) return new Problem('wrong-state', 'No clock runs here that could stop: the case has no deadline.')
  if (state.suspendedUntil !== null)
    return new Problem('wrong-state', `The case is suspended already, until ${state.suspendedUntil}.`)
  if (state.wasSuspended) return new Problem('wrong-state', 'A case is suspended once; this one was.')
  const end = Date.parse(until!)
  const begin = Date.parse(at)
  if (end <= begin || end > begin + SUSPENDED_DAYS_AT_MOST * DAY)
    return new Problem(
      'invalid-body',
      `The suspension would end ${until}; it begins ${at} and lasts at most ${SUSPENDED_DAYS_AT_MOST} days.`,
    )
  const suspendedUntil = iso(end)
  return {
    next: {
      ...withRun(state, { ...run, pausedAt: iso(begin) }),
      suspendedUntil,
      wasSuspended: true,
      extensionAsked: null,
    },
    detail: { until: suspendedUntil },
  }
}

/** What was left of the limit when it stopped is left again. One that was late then stays late. */
export function resume(state: CaseState, at: string, { calendar }: CaseRules): Changed | Problem {
  const run = runningClock(state)
  if (state.suspendedUntil === null || !run?.pausedAt)
    return new Problem('wrong-state', 'The case is not suspended.')
  const [now, paused, due] = [at, run.pausedAt, run.dueAt].map((time) => Date.parse(time)) as [
    number,
    number,
    number,
  ]
  const kind: LimitKind | 'given' = run.limitKind
  const left = timeBetween(calendar, kind, paused, due)
  const going = {
    ...run,
    pausedAt: null,
    pausedMinutes: run.pausedMinutes + (now - paused) / MINUTE,
    dueAt: paused > due ? run.dueAt : iso(addTime(calendar, kind, now, left)),
  }
  return { next: { ...withRun(state, going), suspendedUntil: null, escalation: 0 }, detail: null }
}

const withRun = (state: CaseState, run: ClockRun): CaseState => ({
  ...state,
  clocks: state.clocks.map((each) => (each.clock === run.clock && each.run === run.run ? run : each)),
})
