import type { VisitInput } from '../../../geodata/campaigns/campaign.schema.ts'
import { ofOwner } from '../../ui/draft-owner.ts'
import { newUuid } from '../../ui/new-uuid.ts'

/** What was entered about a visit and not sent yet. The id stays, so that what is sent twice is there once. */
export type VisitDraft = Pick<VisitInput, 'id' | 'outcome' | 'findings' | 'measures' | 'photos'> & {
  note: string
  reinspectOn: string
}

const nameOf = (target: number) => ofOwner(`gridward-visit-${target}`)

export const emptyDraft = (): VisitDraft => ({
  id: newUuid(),
  outcome: 'checked',
  findings: [],
  measures: [],
  photos: [],
  note: '',
  reinspectOn: '',
})

/** The draft of a target that this browser keeps for whoever is signed in. One that cannot be read is none. */
export function readVisitDraft(target: number): VisitDraft | undefined {
  try {
    const kept: Partial<VisitDraft> | null = JSON.parse(localStorage.getItem(nameOf(target)) ?? 'null')
    if (typeof kept?.id !== 'string' || !Array.isArray(kept.findings) || !Array.isArray(kept.measures))
      return undefined
    return { ...emptyDraft(), ...kept }
  } catch {
    return undefined
  }
}

/** undefined: it was sent, or given up. */
export function keepVisitDraft(target: number, draft: VisitDraft | undefined): void {
  try {
    if (draft) localStorage.setItem(nameOf(target), JSON.stringify(draft))
    else localStorage.removeItem(nameOf(target))
  } catch {
    // Full or refused: it lasts as long as the page.
  }
}
