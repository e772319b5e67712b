/** What may go against a plan. Instants ISO 8601; `seconds`: by how much. */
export type Conflict =
  /** The site is not open when the visit begins. */
  | { kind: 'window'; stopId: string; at: string }
  /** The visit begins after limit and grace are over, although they were not when the shift began. */
  | { kind: 'limit'; stopId: string; breaksAt: string; seconds: number }
  /** The site lies outside the team’s area. */
  | { kind: 'area'; stopId: string }
  /** There is no way on foot to the stop; without a stop: to the end. */
  | { kind: 'no-way'; stopId?: string }
  /** The team is at its end after its shift. */
  | { kind: 'shift'; to: string; seconds: number }
  /** The break cannot begin in its time. */
  | { kind: 'break'; at: string; seconds: number }

/** A round with the times that follow from its order; whoever evaluates it, server or page, gets the same. */
export interface TimedRound {
  metres: number
  walkSeconds: number
  dwellSeconds: number
  waitSeconds: number
  /** Spent in breaks. */
  breakSeconds: number
  startsAt: string
  endsAt: string
  /** The break is taken after this many stops; undefined: there is none. */
  breakAfterStops: number | undefined
  stops: { arrivesAt: string; startsAt: string; leavesAt: string }[]
  conflicts: Conflict[]
}

/** What is asked of a way between two stops. */
export interface LegLength {
  metres: number
  /** false: there is none on foot; the straight distance is walked then, and told as a conflict. */
  way: boolean
}
