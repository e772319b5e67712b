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

/** The moment of a visit; or a time in which someone was there, or may have been, all along. */
export type Presence = number | readonly [from: number, to: number]

/** Times between visits of one place, both edge gaps counted. Visits outside H are left out; their order does not matter. */
export function idleness(visits: readonly Presence[], span: Span): Idleness | undefined {
  const hours = span.to - span.from
  if (!(hours > 0)) return undefined
  const gaps = gapsBetween(visits, span).map(([from, to]) => to - from)
  return {
    mean: sum(gaps, (gap) => gap * gap) / (2 * hours),
    worst: Math.max(0, ...gaps),
    isNever: !visits.some((visit) => meets(visit, span)),
  }
}

const timesOf = (visit: Presence): readonly [number, number] =>
  typeof visit === 'number' ? [visit, visit] : visit

const meets = (visit: Presence, { from, to }: Span): boolean => {
  const [begins, ends] = timesOf(visit)
  return ends >= from && begins <= to
}

/** The times in H without anybody, in order. */
function gapsBetween(visits: readonly Presence[], span: Span): [from: number, to: number][] {
  const { from, to } = span
  const present = visits
    .filter((visit) => meets(visit, span))
    .map(timesOf)
    .sort((a, b) => a[0] - b[0])
  const gaps: [number, number][] = []
  let until = from
  for (const [begins, ends] of present) {
    if (begins > until) gaps.push([until, begins])
    until = Math.max(until, Math.min(to, ends))
  }
  if (to > until) gaps.push([until, to])
  return gaps
}

/** min(n, required) / required of one place: more visits than asked for make up for nothing elsewhere. */
export const frequencyCompliance = (visits: number, required: number): number | undefined =>
  required > 0 ? Math.min(visits, required) / required : undefined

/** Share of H in which no gap between visits was over its limit: 1 − Σ max(0, gap − limit) / |H|, both edge gaps counted. */
export function timeInCompliance(visits: readonly Presence[], limit: number, span: Span): number | undefined {
  const over = timeOverLimit(visits, limit, span)
  return over === undefined ? undefined : 1 - over / (span.to - span.from)
}

/** The part of H in which the last visit, or the beginning of H, lay longer ago than the limit: ∫ 1[I > limit] dt. */
export const timeOverLimit = (visits: readonly Presence[], limit: number, span: Span): number | undefined =>
  span.to > span.from ? sum(spansOverLimit(visits, limit, span), ([from, to]) => to - from) : undefined

/** When that was, in order. */
export const spansOverLimit = (
  visits: readonly Presence[],
  limit: number,
  span: Span,
): [from: number, to: number][] =>
  gapsBetween(visits, span).flatMap(([from, to]): [number, number][] =>
    to - from > limit ? [[from + limit, to]] : [],
  )

export interface WalkedEdge {
  metres: number
  /** Parts that were walked, as fractions from the edge's first end, in any order and direction. */
  walked: readonly (readonly [fromFraction: number, toFraction: number])[]
}

/** Length of the union of what was walked / length of the streets: by length, not by nodes. */
export function streetCoverage(edges: readonly WalkedEdge[]): number | undefined {
  const all = sum(edges, ({ metres }) => metres)
  return all > 0 ? sum(edges, ({ metres, walked }) => metres * shareWalked(walked)) / all : undefined
}

const shareWalked = (spans: WalkedEdge['walked']): number => sum(unionOf(spans), ([from, to]) => to - from)

/** Spans in order, either way round and overlapping, as those that do not touch. */
export function unionOf(
  spans: readonly (readonly [from: number, to: number])[],
): [from: number, to: number][] {
  const sorted = spans.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const).sort((a, b) => a[0] - b[0])
  const joined: [number, number][] = []
  for (const [from, to] of sorted) {
    const last = joined.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else joined.push([from, to])
  }
  return joined
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0)
