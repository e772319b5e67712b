/**
 * Cuts a row of neighbours into groups that follow each other: the fewest in groups under `least`, then short groups, so
 * that cuts come where gaps are, weighed against sizes near `wanted`. Exact (dynamic programme over the cuts). `places`: metres along the row, rising. Gives the
 * sizes, none over `most`; their sum is the length of the row.
 */
export function splitRow(
  places: readonly number[],
  { least, wanted, most }: { least: number; wanted: number; most: number },
): number[] {
  const n = places.length
  const best = new Float64Array(n + 1).fill(Number.POSITIVE_INFINITY)
  const sizeBefore = new Int32Array(n + 1)
  best[0] = 0
  const wholeMetres = n > 0 ? places[n - 1]! - places[0]! : 0
  const spacing = Math.max(1, wholeMetres / Math.max(1, n))
  // More than all lengths and steps in size together: nobody is left over for their sake.
  const leftOver = wholeMetres + n * most * most * spacing
  for (let end = 1; end <= n; end++)
    for (let size = 1; size <= Math.min(most, end); size++) {
      const metres = places[end - 1]! - places[end - size]!
      const cost =
        best[end - size]! +
        (size < least ? size * leftOver : 0) +
        ((size - wanted) ** 2 * spacing) / 2 +
        metres
      if (cost < best[end]!) {
        best[end] = cost
        sizeBefore[end] = size
      }
    }
  const sizes: number[] = []
  for (let end = n; end > 0; end -= sizeBefore[end]!) sizes.unshift(sizeBefore[end]!)
  return sizes
}
