import { Problem } from '../shared/problem.ts'
import type { CaseActionBody, ClockRun } from './case.schema.ts'
import type { Applied, CaseState, NewEntry } from './case-state.ts'
import { deadlineOf, runningClock } from './case-state.ts'
import { extend, resume, suspend } from './change-clock.ts'
import { addTime, type CaseRules, type Category, findLimit, limitMillis, type Severity } from './limits.ts'
import { type ActionName, CASE_STATES, type Clock, STEPS, TRANSITIONS, type Transition } from './workflow.ts'

/** What somebody does to a case, at a moment. */
export type CaseAction = Omit<CaseActionBody, 'at'> & { at: string }

const iso = (time: number) => new Date(time).toISOString()

/** A case at its beginning. `dueAt`: a deadline that it came with; left out: as the limits say. */
export function beginCase(
  of: { category: Category; severity: Severity },
  {
    at,
    note,
    dueAt,
    detail,
  }: { at: string; note?: string; dueAt?: string; detail?: Record<string, unknown> },
  rules: CaseRules,
): Applied {
  const before: CaseState = {
    ...of,
    state: 'reported',
    entries: 0,
    lastAt: at,
    departmentId: null,
    clocks: [],
    suspendedUntil: null,
    wasSuspended: false,
    extensionAsked: null,
    extensions: 0,
    escalation: 0,
  }
  const clocks: ClockRun[] =
    dueAt === undefined
      ? [startClock(before, 'accept', at, rules)]
      : [{ ...emptyRun('accept', 1, at), limitKind: 'given', limitAmount: null, dueAt }]
  const { entry, next } = write(
    before,
    { ...before, clocks },
    { action: 'report', at, ...(note === undefined ? {} : { note }) },
    'transition',
    detail ?? null,
  )
  return { entry: { ...entry, fromState: null }, next }
}

/**
 * What comes of an action. Who may do it is not asked here. Problems: wrong-state when the case does not allow it now,
 * invalid-body when it lacks what it needs or its time cannot be.
 */
export function applyAction(state: CaseState, action: CaseAction, rules: CaseRules): Applied | Problem {
  if (Date.parse(action.at) < Date.parse(state.lastAt))
    return new Problem(
      'invalid-body',
      `This is of ${action.at}, but the last entry of the case is of ${state.lastAt}. Entries follow each other in time.`,
    )
  if (action.action === 'note') return applyNote(state, action)
  const { from, needs } = stepOf(action.action)
  if (!(from as readonly string[]).includes(state.state))
    return new Problem(
      'wrong-state',
      `The case is “${state.state}”; “${action.action}” needs ${from.map((name) => `“${name}”`).join(' or ')}. Look at it again: somebody may have moved it on.`,
      { extra: { state: state.state } },
    )
  const missing = needs.find((need) => lacks(action, need))
  if (missing) return new Problem('invalid-body', `“${action.action}” needs ${WORDS[missing]}.`)
  switch (action.action) {
    case 'ask-extension':
    case 'extend':
    case 'refuse-extension':
      return done(extend(state, { ...action, action: action.action }, rules), state, action)
    case 'suspend':
      return done(suspend(state, action), state, action)
    case 'resume':
      return done(resume(state, action.at, rules), state, action)
    default:
      return move(state, action, TRANSITIONS[action.action], rules)
  }
}

const WORDS = {
  reason: 'a reason',
  department: 'a department (departmentId)',
  until: 'the moment at which it ends (until)',
  amount: 'an amount',
} as const

const lacks = ({ reason, departmentId, until, amount }: CaseAction, need: keyof typeof WORDS): boolean =>
  ({ reason: !reason, department: !departmentId, until: !until, amount: !amount })[need]

const stepOf = (action: Exclude<ActionName, 'note'>) =>
  action in STEPS ? STEPS[action as keyof typeof STEPS] : TRANSITIONS[action as keyof typeof TRANSITIONS]

function applyNote(state: CaseState, action: CaseAction): Applied | Problem {
  if (!action.note && !action.photos?.length)
    return new Problem('invalid-body', 'A note needs a text (note) or photos.')
  return write(state, state, action, 'note', null)
}

function move(
  state: CaseState,
  action: CaseAction,
  transition: Transition,
  rules: CaseRules,
): Applied | Problem {
  if (state.suspendedUntil !== null)
    return new Problem(
      'wrong-state',
      `The case is suspended until ${state.suspendedUntil}. Resume it first, or wait until then.`,
      { extra: { suspendedUntil: state.suspendedUntil } },
    )
  const clocks = state.clocks.map((run) =>
    run.stoppedAt === null && transition.stops.includes(run.clock) ? { ...run, stoppedAt: action.at } : run,
  )
  const started = transition.starts.map((clock) => startClock({ ...state, clocks }, clock, action.at, rules))
  const departmentId =
    transition.owner === 'named'
      ? action.departmentId!
      : transition.owner === 'same'
        ? state.departmentId
        : null
  const next: CaseState = {
    ...state,
    state: transition.to,
    clocks: [...clocks, ...started],
    departmentId,
    extensionAsked: null,
    escalation: started.length > 0 || transition.stops.length > 0 ? 0 : state.escalation,
  }
  const left = departmentId === null && state.departmentId !== null
  return write(state, next, action, 'transition', left ? { departmentId: state.departmentId } : null)
}

/** The clock that runs in the state of a case that came without a deadline; undefined: one runs, or it is over. */
export function startMissing(state: CaseState, at: string, rules: CaseRules): Applied | undefined {
  const { clock } = CASE_STATES[state.state]
  if (clock === null || runningClock(state)) return undefined
  const clocks = [...state.clocks, startClock(state, clock, at, rules)]
  return write(state, { ...state, clocks }, { action: null, at }, 'deadline', { clock })
}

/** The next run of a clock, by the limits. */
export function startClock(
  state: Pick<CaseState, 'category' | 'severity' | 'clocks'>,
  clock: Clock,
  at: string,
  { limits, calendar }: CaseRules,
): ClockRun {
  const limit = findLimit(limits, clock, state)
  const run = 1 + state.clocks.filter((each) => each.clock === clock).length
  return {
    ...emptyRun(clock, run, at),
    limitKind: limit.kind,
    limitAmount: limit.amount,
    dueAt: iso(addTime(calendar, limit.kind, Date.parse(at), limitMillis(limit))),
  }
}

const emptyRun = (clock: Clock, run: number, at: string) => ({
  clock,
  run,
  startedAt: iso(Date.parse(at)),
  stoppedAt: null,
  pausedAt: null,
  pausedMinutes: 0,
  extensions: 0,
})

function done(
  changed: { next: CaseState; detail: Record<string, unknown> | null } | Problem,
  state: CaseState,
  action: CaseAction,
): Applied | Problem {
  if (changed instanceof Problem) return changed
  const { kind } = STEPS[action.action as keyof typeof STEPS]
  return write(state, changed.next, action, kind, changed.detail)
}

/** The entry that says what became of a case, as its last. */
export function write(
  before: CaseState,
  after: CaseState,
  action: Partial<Omit<CaseAction, 'action'>> & { at: string; action: string | null },
  kind: NewEntry['kind'],
  detail: Record<string, unknown> | null,
): Applied {
  const at = iso(Date.parse(action.at))
  const next = { ...after, entries: before.entries + 1, lastAt: at }
  return {
    next,
    entry: {
      seq: next.entries,
      at,
      kind,
      action: action.action,
      fromState: before.state,
      toState: after.state,
      departmentId: after.departmentId,
      reason: action.reason ?? null,
      note: action.note ?? null,
      photos: action.photos ?? [],
      dueAt: deadlineOf(next),
      detail,
    },
  }
}
