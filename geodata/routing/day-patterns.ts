import type { DaySite } from './days-problem.ts'

/** Sets of so many days, as bits, that are apart enough; over the end of the week too where it repeats. */
export function dayPatterns(
  { apartDays = 1, days }: Pick<DaySite, 'apartDays' | 'days'>,
  dayCount: number,
  visits: number,
  isRepeated: boolean,
): number[] {
  const patterns: number[] = []
  const extend = (pattern: number, first: number, last: number, count: number) => {
    if (count === visits) {
      const isApart = !isRepeated || count === 0 || first + dayCount - last >= apartDays
      if (isApart) patterns.push(pattern)
      return
    }
    for (let day = last + 1; day < dayCount; day++) {
      if ((days && !days.includes(day)) || (count > 0 && day - last < apartDays)) continue
      extend(pattern | (1 << day), count === 0 ? day : first, day, count + 1)
    }
  }
  extend(0, -1, -1, 0)
  return patterns
}
