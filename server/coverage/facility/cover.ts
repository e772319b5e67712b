import type { CoverAnswer, CoverQuestion } from '../../../geodata/coverage/facility/cover-by-facilities.ts'
import type { BuildingRow, FacilityRow } from './cover-inputs.store.ts'

/** What was asked and found about coverage, with the rows that both number. */
export interface Cover {
  question: CoverQuestion
  answer: CoverAnswer
  buildings: readonly BuildingRow[]
  facilities: readonly FacilityRow[]
  /** NaN where nobody knows. */
  weights: { households: Float64Array; population: Float64Array }
}

export const isCovered = ({ question, answer }: Cover, building: number): boolean =>
  answer.nearest.firstMetres[building]! <= question.limitMetres

/** What lies in reach, and what a facility stands at, said of a number; null for −1. */
export const named = ({ facilities }: Cover, facility: number): { id: number; name: string | null } | null =>
  facility < 0 ? null : { id: facilities[facility]!.id, name: facilities[facility]!.name }

/** To so many decimals; null for what is not finite. */
export const rounded = (value: number, decimals = 1): number | null =>
  Number.isFinite(value) ? Math.round(value * 10 ** decimals) / 10 ** decimals : null
