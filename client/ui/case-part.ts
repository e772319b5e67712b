import type { ComponentType, LazyExoticComponent } from 'react'

/** What a part of the case tab is given; client/api/cases.ts has the case itself, under `caseKey(hazardId)`. */
export interface CasePartProps {
  hazardId: number
}

/** What another feature adds to the case tab of a hazard, between its actions and its history. */
export interface CasePart {
  id: string
  Part: LazyExoticComponent<ComponentType<CasePartProps>>
}
