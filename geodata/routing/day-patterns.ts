import type { DayLimits, DaySite } from './days-problem.ts'

/**
 * Sets of so many days, as bits, that are apart enough, over the end of the week too where it repeats; of those the ones
 * that keep the site’s limits, unless none does.
 */
export function dayPatterns(
  { apartDays = 1, days, limits }: Pick<DaySite, 'apartDays' | 'days' | 'limits'>,
  dayCount: number,
  visits: number,
  isRepeated: boolean,
): number[] {
  const patterns: number[] = []
  const kept: number[] = []
  const extend = (pattern: number, chosen: number[]) => {
    const [first, last] = [chosen[0], chosen.at(-1)]
    if (chosen.length === visits) {
      const isApart = !isRepeated || first === undefined || first + dayCount - last! >= apartDays
      if (isApart) patterns.push(pattern)
      if (isApart && limits && keeps(chosen, limits)) kept.push(pattern)
      return
    }
    for (let day = (last ?? -1) + 1; day < dayCount; day++) {
      if ((days && !days.includes(day)) || (last !== undefined && day - last < apartDays)) continue
      extend(pattern | (1 << day), [...chosen, day])
    }
  }
  extend(0, [])
  return kept.length > 0 ? kept : patterns
}

const keeps = (days: readonly number[], { mostApartDays, firstBy, lastFrom }: DayLimits): boolean =>
  (firstBy === undefined || days[0]! <= firstBy) &&
  days.at(-1)! >= lastFrom &&
  days.every((day, at) => at === 0 || day - days[at - 1]! <= mostApartDays)
