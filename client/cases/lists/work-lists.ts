import type { Permission } from '../../../geodata/access/permissions.ts'
import type { CaseStateName } from '../../../geodata/hazards/workflow.ts'
import type { CaseQuery } from '../../api/cases.ts'
import type { BulkAction } from './bulk-actions.ts'

interface WorkList {
  id: string
  /** Who works through it; others do not see it. Left out: everybody. */
  needs?: Permission
  /** The states that it lists, by which it is counted. */
  states?: readonly CaseStateName[]
  query: CaseQuery
  /** What is done to many of it at once. */
  bulk?: readonly BulkAction[]
}

const ofStates = (...states: CaseStateName[]) => ({ states, query: { state: states.join(',') } })
/** With somebody at work on it, and nobody's: it was brought so, from elsewhere. */
const AT_WORK = 'dispatched,handling,handled,pending_check'

/** What there is to work through, in the order of the buttons. Texts `worklists.<id>` name them. */
export const WORK_LISTS = [
  { id: 'overdue', query: { clock: 'overdue' } },
  { id: 'soon', query: { clock: 'soon' } },
  {
    id: 'mine',
    needs: 'handle',
    query: { department: 'mine', open: true },
    bulk: ['take', 'finish', 'submit'],
  },
  {
    id: 'verify',
    needs: 'verify',
    ...ofStates('reported', 'pending_verify'),
    bulk: ['accept', 'file', 'reject'],
  },
  {
    id: 'dispatch',
    needs: 'dispatch',
    ...ofStates('pending_dispatch', 'returned', 'reopened'),
    bulk: ['dispatch'],
  },
  { id: 'check', needs: 'verify', ...ofStates('pending_check'), bulk: ['close', 'reopen'] },
  { id: 'asked', needs: 'approve', query: { clock: 'asked' }, bulk: ['extend', 'refuse-extension'] },
  { id: 'suspended', query: { clock: 'suspended' }, bulk: ['resume'] },
  { id: 'unowned', needs: 'dispatch', query: { department: 'none', state: AT_WORK } },
] as const satisfies readonly WorkList[]
export type WorkListId = (typeof WORK_LISTS)[number]['id']

/** The lists of whoever has these permissions. Whoever deals cases out has none of a department of their own. */
export const listsOf = (
  may: (permission: Permission) => boolean,
): readonly (WorkList & { id: WorkListId })[] =>
  WORK_LISTS.filter(
    (list) => (!('needs' in list) || may(list.needs)) && (list.id !== 'mine' || !may('dispatch')),
  )
