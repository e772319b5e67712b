/** An undirected street between two nodes; both may be the same, and two nodes may have several. */
export interface Street {
  from: number
  to: number
  metres: number
  /** false: it may be used on the way and need not be walked. Left out: it is to be walked. */
  isRequired?: boolean | undefined
}

export interface StreetsProblem {
  /** Nodes are 0 … nodeCount − 1. */
  nodeCount: number
  streets: readonly Street[]
  /** Where all begin and end. Left out: one walker goes round from wherever, several begin and end wherever. */
  start?: number | undefined
  /** Left out: one. */
  walkers?: number | undefined
}

export interface Step {
  street: number
  /** From its `to` to its `from`. */
  isBackward: boolean
  /** On the way only: the street is walked by another step, or need not be. */
  isDeadHead: boolean
}

export interface StreetWalk {
  steps: Step[]
  metres: number
  deadHeadMetres: number
}

export interface StreetWalks {
  /** One for each walker; one without steps stays at home. */
  walks: StreetWalk[]
  /** Streets to be walked that have no way to the start or, without one, to the part with most metres to walk. */
  unreached: number[]
  /** The longest walk cannot be shorter than this. */
  boundMetres: number
  /** The one walk is the shortest there is (streets are compared in whole millimetres). */
  isExact: boolean
}
