/** How many households a grid should look after; both ends belong to it. */
export interface HouseholdBand {
  min: number
  max: number
}

export const HOUSEHOLD_VERDICTS = ['below', 'within', 'above', 'unknown'] as const
export type HouseholdVerdict = (typeof HOUSEHOLD_VERDICTS)[number]

/** Judges a grid's households; null: not known. */
export function judgeHouseholds(households: number | null, { min, max }: HouseholdBand): HouseholdVerdict {
  if (households === null) return 'unknown'
  if (households < min) return 'below'
  return households > max ? 'above' : 'within'
}
