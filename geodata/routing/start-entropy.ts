export interface StartSpan {
  /** Seconds within a shift in which visits may begin: from ≤ start < to. */
  from: number
  to: number
  /** K: how many equal bins the span has. */
  bins: number
}

/**
 * How hard it is to foretell when a site is visited: the entropy of the bins in which its visits begin, over ln K. 0: always
 * the same; 1: each bin as often as the next. `starts`: of the visits of one site in many shifts or plans, seconds within
 * the shift; those outside the span do not count. undefined: no visit, or a single bin.
 *
 * n visits reach ln n / ln K at most: compare plans by the same number of visits, and at the same compliance.
 */
export function startEntropy(starts: readonly number[], { from, to, bins }: StartSpan): number | undefined {
  const counts = new Map<number, number>()
  let total = 0
  for (const start of starts) {
    if (!(start >= from && start < to)) continue
    // Rounding may carry a start just before the end beyond the last bin.
    const bin = Math.min(bins - 1, Math.floor(((start - from) / (to - from)) * bins))
    counts.set(bin, (counts.get(bin) ?? 0) + 1)
    total++
  }
  if (total === 0 || !(bins > 1)) return undefined
  let entropy = 0
  for (const count of counts.values()) entropy += (count / total) * Math.log(total / count)
  return entropy / Math.log(bins)
}

/** Of all sites together: the mean of theirs, each by the number of its visits. undefined: none has one. */
export function meanStartEntropy(
  startsBySite: Iterable<readonly number[]>,
  span: StartSpan,
): number | undefined {
  let sum = 0
  let visits = 0
  for (const starts of startsBySite) {
    const counted = starts.filter((start) => start >= span.from && start < span.to)
    const entropy = startEntropy(counted, span)
    if (entropy === undefined) continue
    sum += entropy * counted.length
    visits += counted.length
  }
  return visits === 0 ? undefined : sum / visits
}
