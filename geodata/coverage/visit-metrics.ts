/**
 * Figures of visits over a time H = [from, to]. Moments and lengths share one unit, whichever. A ratio whose denominator
 * is zero is undefined: there is nothing to tell.
 */
export interface Span {
  from: number
  to: number
}

/** Σ of the weights that are covered / Σ of all: planned coverage by what a plan holds, achieved by what was visited. */
export function coverage(targets: readonly { weight: number; isCovered: boolean }[]): number | undefined {
  const all = sum(targets, ({ weight }) => weight)
  return all > 0 ? sum(targets, ({ weight, isCovered }) => (isCovered ? weight : 0)) / all : undefined
}

/** What of the planned was visited, and how many visits were of no plan: the one is told nowhere without the other. */
export function adherence(
  planned: readonly number[],
  visited: readonly number[],
): { share: number | undefined; kept: number; offPlan: number } {
  const [wanted, done] = [new Set(planned), new Set(visited)]
  const kept = [...wanted].filter((id) => done.has(id)).length
  return { share: wanted.size > 0 ? kept / wanted.size : undefined, kept, offPlan: done.size - kept }
}

export interface Idleness {
  /** Mean over H of the time since the last visit: Σ gap² / (2 |H|), both edge gaps counted. */
  mean: number
  /** The longest gap. Without a visit: |H|, and more than that in truth. */
  worst: number
  /** Nobody came: both figures are lower bounds. */
  isNever: boolean
}

/** Times between visits of one place. Visits outside H are left out; their order does not matter. */
export function idleness(visits: readonly number[], { from, to }: Span): Idleness | undefined {
  if (!(to > from)) return undefined
  const inside = visits.filter((at) => at >= from && at <= to).sort((a, b) => a - b)
  const moments = [from, ...inside, to]
  let squares = 0
  let worst = 0
  for (let at = 1; at < moments.length; at++) {
    const gap = moments[at]! - moments[at - 1]!
    squares += gap * gap
    worst = Math.max(worst, gap)
  }
  return { mean: squares / (2 * (to - from)), worst, isNever: inside.length === 0 }
}

/** min(n, required) / required of one place: more visits than asked for make up for nothing elsewhere. */
export const frequencyCompliance = (visits: number, required: number): number | undefined =>
  required > 0 ? Math.min(visits, required) / required : undefined

/** Share of H in which no gap between visits was over its limit: 1 − Σ max(0, gap − limit) / |H|, both edge gaps counted. */
export function timeInCompliance(visits: readonly number[], limit: number, span: Span): number | undefined {
  const over = timeOverLimit(visits, limit, span)
  return over === undefined ? undefined : 1 - over / (span.to - span.from)
}

/** The part of H in which the last visit, or the beginning of H, lay longer ago than the limit: ∫ 1[I > limit] dt. */
export function timeOverLimit(
  visits: readonly number[],
  limit: number,
  { from, to }: Span,
): number | undefined {
  if (!(to > from)) return undefined
  const moments = [from, ...visits.filter((at) => at >= from && at <= to).sort((a, b) => a - b), to]
  let over = 0
  for (let at = 1; at < moments.length; at++) over += Math.max(0, moments[at]! - moments[at - 1]! - limit)
  return over
}

export interface WatchedHazard {
  weight: number
  severity: number
  visits: readonly number[]
  limit: number
}

/** Share of the weight × severity of hazards whose place was visited within its limit, at the end of H. */
export function hazardWeightedCoverage(
  hazards: readonly WatchedHazard[],
  { from, to }: Span,
): number | undefined {
  return coverage(
    hazards.map(({ weight, severity, visits, limit }) => ({
      weight: weight * severity,
      isCovered: to - Math.max(from, ...visits.filter((at) => at <= to)) <= limit,
    })),
  )
}

/** Σ weight × severity × the time over the limit, in the unit of time. */
export const exposure = (hazards: readonly WatchedHazard[], span: Span): number =>
  sum(
    hazards,
    ({ weight, severity, visits, limit }) => weight * severity * (timeOverLimit(visits, limit, span) ?? 0),
  )

export interface WalkedEdge {
  metres: number
  /** Parts that were walked, as fractions from the edge's first end, in any order and direction. */
  walked: readonly (readonly [fromFraction: number, toFraction: number])[]
}

/** Length of the union of what was walked / length of the streets: by length, not by nodes. */
export function streetCoverage(edges: readonly WalkedEdge[]): number | undefined {
  const all = sum(edges, ({ metres }) => metres)
  return all > 0 ? sum(edges, (edge) => edge.metres * unionOf(edge.walked)) / all : undefined
}

function unionOf(spans: WalkedEdge['walked']): number {
  const sorted = spans.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const).sort((a, b) => a[0] - b[0])
  let [covered, until] = [0, 0]
  for (const [from, to] of sorted) {
    if (to <= until) continue
    covered += to - Math.max(from, until)
    until = to
  }
  return covered
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)
