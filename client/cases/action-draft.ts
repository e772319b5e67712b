import type { ActionName } from '../../geodata/hazards/workflow.ts'

/** What was entered for an action and not sent yet. */
export interface ActionDraft {
  reason: string
  note: string
  departmentId: number | undefined
  /** As the input of date and time gives it, in the time zone of whoever types. */
  until: string
  amount: number | ''
  files: readonly File[]
  /** Photos that the server has already, of a try that went wrong after them. */
  sent: readonly string[]
}

export const EMPTY_DRAFT: ActionDraft = {
  reason: '',
  note: '',
  departmentId: undefined,
  until: '',
  amount: '',
  files: [],
  sent: [],
}
const drafts = new Map<string, ActionDraft>()
const keyOf = (hazardId: number, action: ActionName) => `${hazardId}/${action}`

/** What was being entered when the user looked elsewhere; kept until the page is left. */
export const actionDraft = (hazardId: number, action: ActionName): ActionDraft =>
  drafts.get(keyOf(hazardId, action)) ?? EMPTY_DRAFT

/** undefined: it was sent, or given up. */
export function keepActionDraft(hazardId: number, action: ActionName, draft: ActionDraft | undefined): void {
  if (draft) drafts.set(keyOf(hazardId, action), draft)
  else drafts.delete(keyOf(hazardId, action))
}
