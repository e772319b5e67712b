import type { CountedRun, ToldEntry } from './recount-clocks.ts'

/** What may be done to a case, written down again from the description of the workflow, apart from the product’s table. */
const MOVES: Record<string, [from: string, to: string]> = {
  accept: ['reported', 'pending_verify'],
  reject: ['reported pending_verify', 'rejected'],
  appeal: ['rejected', 'pending_verify'],
  file: ['pending_verify', 'pending_dispatch'],
  dispatch: ['pending_dispatch returned reopened', 'dispatched'],
  take: ['dispatched', 'handling'],
  return: ['dispatched handling', 'returned'],
  finish: ['handling', 'handled'],
  submit: ['handled', 'pending_check'],
  close: ['pending_check', 'closed'],
  reopen: ['pending_check closed', 'reopened'],
}
const STEPS: Record<string, string> = {
  'ask-extension': 'extension-asked',
  extend: 'extended',
  'refuse-extension': 'extension-refused',
  suspend: 'suspended',
  resume: 'resumed',
}
export const EVERY_ACTION = [...Object.keys(MOVES), ...Object.keys(STEPS), 'note']
export const NEEDS_REASON = [
  'reject',
  'appeal',
  'return',
  'reopen',
  'ask-extension',
  'refuse-extension',
  'suspend',
]

const DISPATCHERS = 'administrator supervisor coordinator'
const WHO: Record<string, string> = {
  accept: DISPATCHERS,
  file: DISPATCHERS,
  dispatch: DISPATCHERS,
  reject: `${DISPATCHERS} officer`,
  close: `${DISPATCHERS} officer`,
  reopen: `${DISPATCHERS} officer`,
  appeal: `${DISPATCHERS} officer planner department`,
  take: `${DISPATCHERS} department`,
  return: `${DISPATCHERS} department`,
  finish: `${DISPATCHERS} department`,
  submit: `${DISPATCHERS} department`,
  'ask-extension': `${DISPATCHERS} department`,
  extend: 'administrator supervisor',
  'refuse-extension': 'administrator supervisor',
  suspend: 'administrator supervisor',
  resume: 'administrator supervisor',
  note: `${DISPATCHERS} officer planner department`,
}
const HANDLED = ['take', 'return', 'finish', 'submit', 'ask-extension']

/** What a history comes to. */
export interface CaseModel {
  state: string
  owner: number | null
  isAsked: boolean
  extensions: number
  isSuspended: boolean
  wasSuspended: boolean
  lastAt: string
}

export function modelOf(entries: readonly ToldEntry[]): CaseModel {
  const model: CaseModel = {
    state: '',
    owner: null,
    isAsked: false,
    extensions: 0,
    isSuspended: false,
    wasSuspended: false,
    lastAt: '',
  }
  for (const { kind, to_state, department_id, at } of entries) {
    if (kind === 'transition' || kind === 'suspended' || kind === 'extended' || kind === 'extension-refused')
      model.isAsked = false
    if (kind === 'extension-asked') model.isAsked = true
    if (kind === 'extended') model.extensions += 1
    if (kind === 'suspended') model.wasSuspended = true
    model.isSuspended = kind === 'suspended' || (model.isSuspended && kind !== 'resumed')
    Object.assign(model, { state: to_state, owner: department_id, lastAt: at })
  }
  return model
}

export interface Attempt {
  action: string
  role: string
  /** Of whoever acts. */
  department: number | null
  /** When; ISO. */
  at: string
  hasReason: boolean
  /** In the unit of the limit; undefined: as much as the limit. */
  amount: number | undefined
  untilMinutes: number
  /** That the case would go to. */
  to: number
}

/** Whether the case is in a state for it, whoever asks. */
export const isInState = ({ state, isSuspended }: CaseModel, action: string): boolean =>
  action === 'note' ||
  (STEPS[action] !== undefined
    ? ['dispatched', 'handling'].includes(state)
    : !isSuspended && MOVES[action]![0].split(' ').includes(state))

/** Whether an attempt, with the right version, must be taken. `running`: the run of the clock that is running. */
export function mustBeTaken(model: CaseModel, attempt: Attempt, running: CountedRun | undefined): boolean {
  const { action, role, department, at, hasReason, amount, untilMinutes } = attempt
  if (!WHO[action]!.split(' ').includes(role)) return false
  if (
    HANDLED.includes(action) &&
    role === 'department' &&
    (department === null || department !== model.owner)
  )
    return false
  if (!isInState(model, action) || at < model.lastAt) return false
  if (NEEDS_REASON.includes(action) && !hasReason) return false
  switch (action) {
    case 'ask-extension':
      return (
        !model.isSuspended &&
        !model.isAsked &&
        model.extensions < 2 &&
        at <= running!.due &&
        (amount ?? running!.amount) <= running!.amount
      )
    case 'extend':
    case 'refuse-extension':
      return !model.isSuspended && model.isAsked
    case 'suspend':
      return !model.wasSuspended && untilMinutes > 0 && untilMinutes <= 365 * 1440
    case 'resume':
      return model.isSuspended
    default:
      return true
  }
}

/** What the entry of a taken attempt must say: kind, action, state, owner. */
export function expectedEntry(model: CaseModel, { action, to }: Attempt) {
  const kind = action === 'note' ? 'note' : (STEPS[action] ?? 'transition')
  const state = MOVES[action]?.[1] ?? model.state
  const owner =
    action === 'dispatch'
      ? to
      : ['accept', 'reject', 'appeal', 'file', 'return', 'reopen'].includes(action)
        ? null
        : model.owner
  return { kind, action, from_state: model.state, to_state: state, department_id: owner }
}
