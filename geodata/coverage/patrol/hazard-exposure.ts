import { type Presence, type Span, spansOverLimit } from '../visit-metrics.ts'

/** A hazard while it was open. Moments and lengths in milliseconds. */
export interface WatchedHazard {
  weight: number
  severity: number
  limit: number
  /** When it was open, in order; a hazard that was opened again has several. */
  open: readonly (readonly [from: number, to: number])[]
  /** When somebody was at its place, also before the time that is asked for: as long ago as its limit is enough. */
  visits: readonly number[]
  /** Times on duty in which someone may have been there unseen. */
  unknown: readonly (readonly [from: number, to: number])[]
}

/**
 * Σ w·s·∫ 1[I > limit] dt within a time, I being the time since the last visit or, before the first, since the hazard was
 * opened: so the exposure of two times that follow each other adds up to that of both. `unknown`: what is to be added if
 * nobody was there while positions are missing.
 */
export function exposure(hazards: readonly WatchedHazard[], span: Span): { over: number; unknown: number } {
  let [over, most] = [0, 0]
  for (const hazard of hazards) {
    const factor = hazard.weight * hazard.severity
    over += factor * timeOver(hazard, [...hazard.visits, ...hazard.unknown], span)
    most += factor * timeOver(hazard, hazard.visits, span)
  }
  return { over, unknown: most - over }
}

function timeOver({ open, limit }: WatchedHazard, visits: readonly Presence[], { from, to }: Span): number {
  let sum = 0
  for (const [opened, closed] of open) {
    const until = Math.min(closed, to)
    if (until <= opened) continue
    for (const [begins, ends] of spansOverLimit(visits, limit, { from: opened, to: until }))
      sum += Math.max(0, ends - Math.max(begins, from))
  }
  return sum
}

/**
 * Σ w·s·1[I ≤ limit] / Σ w·s of the hazards that are open at the end of a time. `unknown`: covered only if somebody was there
 * while positions are missing.
 */
export function watchedShare(
  hazards: readonly WatchedHazard[],
  { to }: Span,
): { covered: number; unknown: number; all: number } {
  const sums = { covered: 0, unknown: 0, all: 0 }
  for (const hazard of hazards) {
    const span = hazard.open.find(([opened, closed]) => opened <= to && closed > to)
    if (!span) continue
    const factor = hazard.weight * hazard.severity
    const isCovered = (visits: readonly Presence[]) =>
      spansOverLimit(visits, hazard.limit, { from: span[0], to }).every(([, ends]) => ends < to)
    sums.all += factor
    if (isCovered(hazard.visits)) sums.covered += factor
    else if (isCovered([...hazard.visits, ...hazard.unknown])) sums.unknown += factor
  }
  return sums
}
