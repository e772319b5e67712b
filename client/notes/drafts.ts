import type { Subject } from '../api/notes.ts'

export interface Draft {
  text: string
  files: readonly File[]
}

const NOTHING: Draft = { text: '', files: [] }
const drafts = new Map<string, Draft>()
const keyOf = ({ layer, feature }: Subject) => `${layer}/${feature}`

/** What was being written about a feature when the user looked elsewhere; kept until the page is left. */
export const draftOf = (subject: Subject): Draft => drafts.get(keyOf(subject)) ?? NOTHING

export function keepDraft(subject: Subject, draft: Draft): void {
  if (draft.text === '' && draft.files.length === 0) drafts.delete(keyOf(subject))
  else drafts.set(keyOf(subject), draft)
}
