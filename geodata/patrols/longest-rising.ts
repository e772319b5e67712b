/** Indexes of a longest rising run (patience sorting, Fredman 1975). */
export function longestRising(values: readonly number[]): number[] {
  const tails: number[] = []
  const previous: number[] = []
  for (const [at, value] of values.entries()) {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (values[tails[middle]!]! < value) low = middle + 1
      else high = middle
    }
    previous.push(low > 0 ? tails[low - 1]! : -1)
    tails[low] = at
  }
  const run: number[] = []
  for (let at = tails.at(-1) ?? -1; at >= 0; at = previous[at]!) run.push(at)
  return run.reverse()
}
