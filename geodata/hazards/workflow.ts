import type { Permission } from '../access/permissions.ts'
import type { HAZARD_STATES } from './hazard.schema.ts'

export type CaseStateName = (typeof HAZARD_STATES)[number]

/** The times that a case is measured by. In each state that is not the end, one of them runs. */
export const CLOCKS = {
  accept: { zh: '受理', en: 'Accept' },
  verify: { zh: '核实', en: 'Verify' },
  dispatch: { zh: '派遣', en: 'Dispatch' },
  handle: { zh: '处理', en: 'Handle' },
  check: { zh: '核查', en: 'Check' },
} as const
export type Clock = keyof typeof CLOCKS
export const CLOCK_NAMES = Object.keys(CLOCKS) as [Clock, ...Clock[]]

/** `clock`: which runs in it; null: nothing more is to be done. Labels are what an installation that has none of its own shows. */
export const CASE_STATES = {
  reported: { zh: '已上报', en: 'Reported', clock: 'accept' },
  pending_verify: { zh: '待核实', en: 'To be verified', clock: 'verify' },
  rejected: { zh: '不予立案', en: 'Rejected', clock: null },
  pending_dispatch: { zh: '待派遣', en: 'To be dispatched', clock: 'dispatch' },
  dispatched: { zh: '已派遣', en: 'Dispatched', clock: 'handle' },
  handling: { zh: '处理中', en: 'In hand', clock: 'handle' },
  returned: { zh: '已退回', en: 'Returned', clock: 'dispatch' },
  handled: { zh: '已处理', en: 'Handled', clock: 'handle' },
  pending_check: { zh: '待核查', en: 'To be checked', clock: 'check' },
  reopened: { zh: '返工', en: 'Reopened', clock: 'dispatch' },
  closed: { zh: '已结案', en: 'Closed', clock: null },
} as const satisfies Record<CaseStateName, { zh: string; en: string; clock: Clock | null }>

export const isEnded = (state: CaseStateName): boolean => CASE_STATES[state].clock === null

/** What an action cannot do without. */
export type Need = 'reason' | 'department' | 'until' | 'amount'

export interface Transition {
  zh: string
  en: string
  /** None: a case begins with it. */
  from: readonly CaseStateName[]
  to: CaseStateName
  permission: Permission
  needs: readonly Need[]
  /** What begins to run, and what stops. */
  starts: readonly Clock[]
  stops: readonly Clock[]
  /** Whose the case is afterwards: the department that is named, nobody’s, or whose it was. */
  owner: 'named' | 'nobody' | 'same'
}

/** Every way from one state to another. There is no other. */
export const TRANSITIONS = {
  report: {
    zh: '上报',
    en: 'Report',
    from: [],
    to: 'reported',
    permission: 'report',
    needs: [],
    starts: ['accept'],
    stops: [],
    owner: 'nobody',
  },
  accept: {
    zh: '受理',
    en: 'Accept',
    from: ['reported'],
    to: 'pending_verify',
    permission: 'dispatch',
    needs: [],
    starts: ['verify'],
    stops: ['accept'],
    owner: 'nobody',
  },
  reject: {
    zh: '不予立案',
    en: 'Reject',
    from: ['reported', 'pending_verify'],
    to: 'rejected',
    permission: 'verify',
    needs: ['reason'],
    starts: [],
    stops: ['accept', 'verify'],
    owner: 'nobody',
  },
  appeal: {
    zh: '复议',
    en: 'Appeal',
    from: ['rejected'],
    to: 'pending_verify',
    permission: 'report',
    needs: ['reason'],
    starts: ['verify'],
    stops: [],
    owner: 'nobody',
  },
  file: {
    zh: '立案',
    en: 'File',
    from: ['pending_verify'],
    to: 'pending_dispatch',
    permission: 'dispatch',
    needs: [],
    starts: ['dispatch'],
    stops: ['verify'],
    owner: 'nobody',
  },
  dispatch: {
    zh: '派遣',
    en: 'Dispatch',
    from: ['pending_dispatch', 'returned', 'reopened'],
    to: 'dispatched',
    permission: 'dispatch',
    needs: ['department'],
    starts: ['handle'],
    stops: ['dispatch'],
    owner: 'named',
  },
  take: {
    zh: '签收',
    en: 'Take on',
    from: ['dispatched'],
    to: 'handling',
    permission: 'handle',
    needs: [],
    starts: [],
    stops: [],
    owner: 'same',
  },
  return: {
    zh: '退回',
    en: 'Return',
    from: ['dispatched', 'handling'],
    to: 'returned',
    permission: 'handle',
    needs: ['reason'],
    starts: ['dispatch'],
    stops: ['handle'],
    owner: 'nobody',
  },
  finish: {
    zh: '处理完成',
    en: 'Finish',
    from: ['handling'],
    to: 'handled',
    permission: 'handle',
    needs: [],
    starts: [],
    stops: [],
    owner: 'same',
  },
  submit: {
    zh: '反馈待核查',
    en: 'Report back',
    from: ['handled'],
    to: 'pending_check',
    permission: 'handle',
    needs: [],
    starts: ['check'],
    stops: ['handle'],
    owner: 'same',
  },
  close: {
    zh: '结案',
    en: 'Close',
    from: ['pending_check'],
    to: 'closed',
    permission: 'verify',
    needs: [],
    starts: [],
    stops: ['check'],
    owner: 'same',
  },
  reopen: {
    zh: '返工',
    en: 'Reopen',
    from: ['pending_check', 'closed'],
    to: 'reopened',
    permission: 'verify',
    needs: ['reason'],
    starts: ['dispatch'],
    stops: ['check'],
    owner: 'nobody',
  },
} as const satisfies Record<string, Transition>
export type TransitionName = keyof typeof TRANSITIONS
export const TRANSITION_NAMES = Object.keys(TRANSITIONS) as TransitionName[]

export const transitionOf = (name: TransitionName): Transition => TRANSITIONS[name]

/** What can be done to a case without moving it on. `from`: in which states. */
export const STEPS = {
  'ask-extension': {
    zh: '申请延期',
    en: 'Ask for more time',
    kind: 'extension-asked',
    from: ['dispatched', 'handling'],
    permission: 'handle',
    needs: ['reason'],
  },
  extend: {
    zh: '批准延期',
    en: 'Approve more time',
    kind: 'extended',
    from: ['dispatched', 'handling'],
    permission: 'approve',
    needs: [],
  },
  'refuse-extension': {
    zh: '不批准延期',
    en: 'Refuse more time',
    kind: 'extension-refused',
    from: ['dispatched', 'handling'],
    permission: 'approve',
    needs: ['reason'],
  },
  suspend: {
    zh: '挂账',
    en: 'Suspend',
    kind: 'suspended',
    from: ['dispatched', 'handling'],
    permission: 'approve',
    needs: ['reason', 'until'],
  },
  resume: {
    zh: '恢复办理',
    en: 'Resume',
    kind: 'resumed',
    from: ['dispatched', 'handling'],
    permission: 'approve',
    needs: [],
  },
} as const satisfies Record<
  string,
  {
    zh: string
    en: string
    kind: string
    from: readonly CaseStateName[]
    permission: Permission
    needs: readonly Need[]
  }
>
export type StepName = keyof typeof STEPS
export const STEP_NAMES = Object.keys(STEPS) as StepName[]

/** Whatever can be sent to a case: POST /api/v1/cases/{id}/actions. */
export type ActionName = Exclude<TransitionName, 'report'> | StepName | 'note'
export const ACTION_NAMES: readonly [ActionName, ...ActionName[]] = [
  'note',
  ...TRANSITION_NAMES.filter((name) => name !== 'report'),
  ...STEP_NAMES,
]

export const ENTRY_KINDS = [
  'transition',
  'imported',
  'deadline',
  'extension-asked',
  'extended',
  'extension-refused',
  'suspended',
  'resumed',
  'escalated',
  'note',
  'duplicate',
  'whistle',
  'whistle-answer',
  'division',
  'contact',
  'call-back',
] as const
export type EntryKind = (typeof ENTRY_KINDS)[number]

export const EXTENSIONS_AT_MOST = 2
export const SUSPENDED_DAYS_AT_MOST = 365
