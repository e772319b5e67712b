import type { IndicatorSeries } from '../../geodata/figures/indicator.schema.ts'

const LEAST_MONTHS = 4

/** Months from the first of which anything is known: a young history is no short line at the end of an empty year. */
export function fromFirstKnown(months: IndicatorSeries['months']): IndicatorSeries['months'] {
  const first = months.findIndex(({ ratios }) =>
    Object.values(ratios).some(({ denominator }) => denominator > 0),
  )
  return first < 0 ? months : months.slice(Math.min(first, Math.max(0, months.length - LEAST_MONTHS)))
}
