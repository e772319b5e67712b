/** Seconds of a clock that starts anywhere, from the first moment to the last at which a visit may begin. */
export type Window = readonly [from: number, to: number]

/** What is to be planned. Knows no map: places are rows of a matrix. */
export interface RoundsProblem {
  /** places × places, row-major: seconds of walking at a pace of 1; Infinity: no way. */
  seconds: Float64Array
  places: number
  /** What a way counts for in the objective, if not its seconds; same shape. */
  costs?: Float64Array | undefined
  sites: readonly Site[]
  teams: readonly RoundTeam[]
  /** 0: the shortest ways, whoever walks them; 1: equal work weighs as much as short ways. */
  balance?: number | undefined
}

export interface Site {
  place: number
  /** Seconds on site. */
  service: number
  /** In order, none overlapping. A visit begins in one of them; none: whenever. */
  windows: readonly Window[]
  /** Seconds of walking that the visit is worth; Infinity: it has to be made if it can be. */
  prize: number
  /** Which teams may visit it; left out: all. */
  teams?: readonly number[] | undefined
  /** What it takes of a team's capacity. */
  demand?: number | undefined
}

export interface RoundTeam {
  /** undefined: wherever the round begins or ends. */
  start: number | undefined
  end: number | undefined
  /** Shift: nobody leaves the start before it or is at the end after it. */
  from: number
  to: number
  /** Multiplies the seconds of walking. */
  pace: number
  /** Taken on the way, in this order; one that cannot begin within the shift is left out. */
  breaks: readonly { from: number; to: number; seconds: number }[]
  capacity?: number | undefined
  /** Sites that this team visits in this order whatever it costs; others may come between. */
  locked?: readonly number[] | undefined
  /** The locked sites are the whole round. */
  isFrozen?: boolean | undefined
}

/** Why nobody visits a site. `dropped`: its prize is not worth the way. */
export type UnservedReason = 'no-team' | 'unreachable' | 'window' | 'time' | 'dropped'

export interface Rounds {
  /** For each team what it does in order: a site's number, or −1 − its break's. */
  rounds: number[][]
  unserved: { site: number; reason: UnservedReason }[]
  /** Of ways, balance and prizes missed. */
  cost: number
  iterations: number
}

/** The number of a break in a round, or undefined for a site. */
export const breakOf = (item: number): number | undefined => (item < 0 ? -1 - item : undefined)
