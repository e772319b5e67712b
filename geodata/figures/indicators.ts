import { HANDLING_INDICATORS } from './handling-indicators.ts'
import { HOTLINE_INDICATORS } from './hotline-indicators.ts'
import { INTAKE_INDICATORS } from './intake-indicators.ts'
import { PATROL_INDICATORS } from './patrol-indicators.ts'

/**
 * The indicators as data: what is divided by what, in words, and which rows stand behind it. Those of cases are computed
 * from their history as it stood at the end of the period, never from how a case stands today. How a deadline is
 * reckoned is geodata/hazards'. No official rule: targets are settings, and the ways of counting are told with each figure.
 */
export const INDICATORS = {
  ...INTAKE_INDICATORS,
  ...HANDLING_INDICATORS,
  ...HOTLINE_INDICATORS,
  ...PATROL_INDICATORS,
}

export type IndicatorId = keyof typeof INDICATORS
export const INDICATOR_IDS = Object.keys(INDICATORS) as IndicatorId[]

/** A count out of another. */
export interface Ratio {
  numerator: number
  denominator: number
}

/** A share from 0 to 1; null where there is nothing to divide by: neither nought nor all. */
export const shareOf = ({ numerator, denominator }: Ratio): number | null =>
  denominator === 0 ? null : numerator / denominator

/** Whether a share is on the wrong side of its target; undefined where it is unknown or there is no target. */
export function missesTarget(
  id: IndicatorId,
  share: number | null,
  target: number | null,
): boolean | undefined {
  if (share === null || target === null) return undefined
  return INDICATORS[id].better === 'high' ? share < target : share > target
}
