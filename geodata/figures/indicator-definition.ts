export interface Words {
  zh: string
  en: string
}

/** What the rows of an indicator are out of, and what of them can be counted; server/figures/ says which rows these are. */
export const BASES = {
  'accept-due': ['in_time'],
  'verify-due': ['in_time'],
  'dispatch-due': ['in_time'],
  'handling-due': ['handled', 'in_time', 'extended'],
  'closing-due': ['closed', 'in_time'],
  dispatched: ['right_first'],
  reported: ['filed'],
  'check-due': ['in_time'],
  closed: ['reworked'],
  open: ['overdue'],
  'hotline-taken': ['contacted'],
  'hotline-closed': ['called_twice'],
  'hotline-called': ['solved'],
  'hotline-asked': ['satisfied'],
  'patrol-planned': ['visited', 'missed'],
  'patrol-site': ['covered'],
} as const
export type Base = keyof typeof BASES
export type Flag = (typeof BASES)[Base][number]
export type PatrolBase = Extract<Base, `patrol-${string}`>
export type CaseBase = Exclude<Base, PatrolBase>

/** Rows are of patrol sites; of hazards otherwise. */
export const isPatrolBase = (base: string): base is PatrolBase => base.startsWith('patrol-')

export const INDICATOR_GROUPS = ['intake', 'handling', 'hotline', 'patrols'] as const

export interface IndicatorDefinition {
  name: Words
  group: (typeof INDICATOR_GROUPS)[number]
  /** In which the rows are that it is out of. */
  base: Base
  /** What of these rows it counts. */
  counts: Flag
  better: 'high' | 'low'
  formula: Words
  numerator: Words
  denominator: Words
  /** An example until an administrator sets one; a share from 0 to 1. */
  target: number
}
