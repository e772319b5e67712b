/**
 * A length that no order of stops can beat: the 1-tree bound of Held and Karp (1971) with subgradient steps. A round that
 * is open at an end is closed through a place that is nowhere and costs nothing. `costs`: n × n, row-major, symmetric,
 * finite. `start`, `end`: where the round has to begin and end; left out: anywhere.
 */
export function leastCost(
  costs: Float64Array,
  n: number,
  { start, end }: { start?: number | undefined; end?: number | undefined },
  steps = 80,
): number {
  if (n < 2) return 0
  const weights = new Float64Array(n)
  const degrees = new Int32Array(n)
  let best = 0
  let stride = 0
  for (let step = 0; step < steps; step++) {
    let cost = spanningTree(costs, n, weights, degrees)
    // From nowhere to where the round begins and ends.
    const first = start ?? cheapest(weights, end)
    const last = end ?? cheapest(weights, first)
    cost += weights[first]! + weights[last]!
    degrees[first]!++
    degrees[last]!++
    let sum = 0
    let uneven = 0
    for (let stop = 0; stop < n; stop++) {
      sum += weights[stop]!
      uneven += (degrees[stop]! - 2) ** 2
    }
    const bound = cost - 2 * sum
    best = Math.max(best, bound)
    if (uneven === 0) break
    if (step === 0) stride = bound / n
    for (let stop = 0; stop < n; stop++) weights[stop]! += stride * (degrees[stop]! - 2)
    stride *= 0.95
  }
  return best
}

/** Prim’s, on costs with the weights of both ends; fills in how many edges meet at each stop. */
function spanningTree(costs: Float64Array, n: number, weights: Float64Array, degrees: Int32Array): number {
  const reach = new Float64Array(n).fill(Number.POSITIVE_INFINITY)
  const from = new Int32Array(n)
  const isIn = new Uint8Array(n)
  degrees.fill(0)
  let total = 0
  let newest = 0
  isIn[0] = 1
  for (let size = 1; size < n; size++) {
    let next = -1
    for (let stop = 0; stop < n; stop++) {
      if (isIn[stop]) continue
      const cost = costs[newest * n + stop]! + weights[newest]! + weights[stop]!
      if (cost < reach[stop]!) {
        reach[stop] = cost
        from[stop] = newest
      }
      if (next < 0 || reach[stop]! < reach[next]!) next = stop
    }
    isIn[next] = 1
    total += reach[next]!
    degrees[next]!++
    degrees[from[next]!]!++
    newest = next
  }
  return total
}

function cheapest(weights: Float64Array, except: number | undefined): number {
  let best = -1
  for (let stop = 0; stop < weights.length; stop++)
    if (stop !== except && (best < 0 || weights[stop]! < weights[best]!)) best = stop
  return best
}
