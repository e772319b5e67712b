import type { Metres } from '../editing/local-plane.ts'

/** The one of some places from which the others are nearest, straight, in sum; -1 of none. Of equals the first. */
export function middleOf(places: readonly Metres[], of: readonly number[]): number {
  // The one nearest to the mean is it, or near it; beyond a few hundred the sums themselves cost too much.
  const candidates = of.length > 300 ? [nearestToMean(places, of)] : of
  let best = -1
  let least = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const sum = of.reduce((total, other) => total + distance(places[candidate]!, places[other]!), 0)
    if (sum < least) [best, least] = [candidate, sum]
  }
  return best
}

/** Places far from each other and from those that are taken, one after the other, for people who begin. */
export function spreadOut(
  places: readonly Metres[],
  free: readonly number[],
  taken: readonly number[],
  count: number,
): number[] {
  const chosen: number[] = []
  const far = free.map((at) =>
    taken.reduce(
      (least, other) => Math.min(least, distance(places[at]!, places[other]!)),
      Number.POSITIVE_INFINITY,
    ),
  )
  for (let n = 0; n < count && free.length > 0; n++) {
    let pick = 0
    for (let at = 1; at < free.length; at++) if (far[at]! > far[pick]!) pick = at
    // With nothing to be far from, the first is as good as any.
    chosen.push(free[pick]!)
    for (const [at, other] of free.entries())
      far[at] = Math.min(far[at]!, distance(places[other]!, places[free[pick]!]!))
  }
  return chosen
}

const distance = (a: Metres, b: Metres): number => Math.hypot(a[0] - b[0], a[1] - b[1])

function nearestToMean(places: readonly Metres[], of: readonly number[]): number {
  const east = of.reduce((sum, at) => sum + places[at]![0], 0) / of.length
  const north = of.reduce((sum, at) => sum + places[at]![1], 0) / of.length
  return of.reduce((best, at) =>
    distance(places[at]!, [east, north]) < distance(places[best]!, [east, north]) ? at : best,
  )
}
