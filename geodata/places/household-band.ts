/** How many households a grid should look after; both ends belong to it. */
export interface HouseholdBand {
  min: number
  max: number
}

export type HouseholdVerdict = 'below' | 'within' | 'above' | 'unknown'

/** Judges a grid's households; null: not known. */
export function judgeHouseholds(households: number | null, { min, max }: HouseholdBand): HouseholdVerdict {
  if (households === null) return 'unknown'
  if (households < min) return 'below'
  return households > max ? 'above' : 'within'
}
