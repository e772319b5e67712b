import type { Span as OpenSpan } from '../../patrols/opening-windows.ts'
import { frequencyCompliance, idleness, type Presence, type Span, spansOverLimit } from '../visit-metrics.ts'

/** What became of a site in a time. `unknown`: positions are missing or not exact enough; it is never “not visited”. */
export const SITE_STATES = ['visited', 'probable', 'unknown', 'unvisited'] as const
export type SiteState = (typeof SITE_STATES)[number]

/** A site with all that is known of it. Moments and lengths in milliseconds. */
export interface SiteRecord {
  weight: number
  /** When visits that are sure began. */
  visits: readonly number[]
  /** Times there that are too short to be sure of. */
  probable: number
  /** Times on duty in which someone may have been there unseen. */
  unknown: readonly (readonly [from: number, to: number])[]
  /** How often rounds have it, and what became of these stops. */
  stops: { planned: number; kept: number; unknown: number }
  /** Interval and grace of its norm. */
  limit: number
  /** How many visits the norm asks for in the whole time; 0: its interval is longer. */
  required: number
  /** When it is open; undefined: around the clock. */
  open: readonly OpenSpan[] | undefined
}

export interface SiteFigures {
  state: SiteState
  visits: number
  /** Mean and longest time since the last visit; lower bounds where something is unknown. undefined: unknown. */
  meanIdle: number | undefined
  worstIdle: number | undefined
  /** Nobody came for sure: both are “more than”. */
  isNever: boolean
  frequency: number | undefined
  /** Open time in which its limit was over for sure, in which that is unknown, and all. */
  over: number
  unknownTime: number
  openTime: number
}

/**
 * Idleness, compliance with the norm’s frequency and with its limit. A time in which someone may have been there counts as
 * though they were; what it would add if they were not is told apart, so that the unknown never passes for a missed visit.
 * Only time in which the site is open is in or out of compliance.
 */
export function siteFigures(site: SiteRecord, span: Span): SiteFigures {
  const { visits, probable, unknown, limit, required, open } = site
  const inside = visits.filter((at) => at >= span.from && at <= span.to)
  const couldBe = unknown.filter(([from, to]) => to >= span.from && from <= span.to)
  const state: SiteState =
    inside.length > 0 ? 'visited' : probable > 0 ? 'probable' : couldBe.length > 0 ? 'unknown' : 'unvisited'
  const least: Presence[] = [...inside, ...couldBe]
  const idle = state === 'unknown' ? undefined : idleness(least, span)
  const sure = Math.min(inside.length, required)
  const asked = required - Math.min(couldBe.length, required - sure)
  const over = openTimeOf(spansOverLimit(least, limit, span), open)
  return {
    state,
    visits: inside.length,
    meanIdle: idle?.mean,
    worstIdle: idle?.worst,
    isNever: inside.length === 0,
    frequency: frequencyCompliance(sure, asked),
    over,
    unknownTime: openTimeOf(spansOverLimit(inside, limit, span), open) - over,
    openTime: openTimeOf([[span.from, span.to]], open),
  }
}

/** How much of some times lies in others; undefined: all. */
export function openTimeOf(
  times: readonly (readonly [number, number])[],
  open: readonly OpenSpan[] | undefined,
): number {
  let sum = 0
  for (const [from, to] of times)
    for (const [opens, closes] of open ?? [[from, to]])
      sum += Math.max(0, Math.min(to, closes) - Math.max(from, opens))
  return sum
}
