import type { CaseSummary } from '../../../geodata/hazards/case.schema.ts'
import { type Need, STEPS, TRANSITIONS } from '../../../geodata/hazards/workflow.ts'

/** What can be done to many at once: what says the same of each. An end of a suspension or a note is of one case. */
export const BULK_ACTIONS = [
  'accept',
  'file',
  'reject',
  'dispatch',
  'take',
  'finish',
  'submit',
  'close',
  'reopen',
  'extend',
  'refuse-extension',
  'resume',
] as const
export type BulkAction = (typeof BULK_ACTIONS)[number]

const isStep = (action: BulkAction): action is BulkAction & keyof typeof STEPS => Object.hasOwn(STEPS, action)
const wayOf = (action: BulkAction) => (isStep(action) ? STEPS[action] : TRANSITIONS[action])

export const needsOf = (action: BulkAction): readonly Need[] => wayOf(action).needs
export const permissionOf = (action: BulkAction) => wayOf(action).permission

/** Whether a case as it is listed is one for the action; the server decides. */
export function fitsBulk(action: BulkAction, { state, suspendedUntil }: CaseSummary): boolean {
  const isSuspended = suspendedUntil !== null
  const from: readonly string[] = wayOf(action).from
  return from.includes(state) && isSuspended === (action === 'resume')
}
