/** Which day for which site. Days are 0, 1, 2 … of a week or of up to 14 days. */
export interface DaysProblem {
  /** places × places, row-major, symmetric: seconds of walking. Infinity: no way. */
  seconds: Float64Array
  places: number
  /** By day: seconds of visits and of walking that all teams have together. 0: nobody works. */
  capacity: readonly number[]
  sites: readonly DaySite[]
  /** The place where every day begins and ends. Left out: wherever. */
  post?: number | undefined
  /** The days repeat: the last visits are apart from the first of the next time as well. */
  isRepeated?: boolean | undefined
  /** 0: the shortest ways; 1: days of equal work weigh as much. Left out: 0.5. */
  balance?: number | undefined
}

export interface DaySite {
  place: number
  /** Seconds of one visit. */
  service: number
  /** How many visits, each on a day of its own. */
  visits: number
  /** Days from one visit to the next, at least. 1, or left out: any two days. */
  apartDays?: number | undefined
  /** What its visits keep if they can, where all of them find a day. Left out: nothing. */
  limits?: DayLimits | undefined
  /** Days on which it may be visited, such as those on which it is open. Left out: all. */
  days?: readonly number[] | undefined
  /** What a missed visit weighs beside those of other sites, above 0. Left out: 1. */
  weight?: number | undefined
}

export interface DayLimits {
  /** Days from one visit to the next, at most. */
  mostApartDays: number
  /** The first visit is on this day or before, if given; the last on this day or behind. */
  firstBy: number | undefined
  lastFrom: number
}

/**
 * Why a site has fewer visits than wanted. `days`: it may be visited on too few days. `separation`: they are too close
 * together. `unreachable`: no way from the post. `too-long`: one visit with its way is longer than any of its days.
 * `time`: the days are full.
 */
export type MissedReason = 'days' | 'separation' | 'unreachable' | 'too-long' | 'time'

export interface ChosenDays {
  /** By day: the sites in the order of a short way, and what they take. */
  days: { sites: number[]; serviceSeconds: number; travelSeconds: number }[]
  missed: { site: number; visits: number; reason: MissedReason }[]
  iterations: number
}
