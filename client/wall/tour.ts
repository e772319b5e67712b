/** The tour at one moment: which stop the map shows, or which item it was stopped by. */
export interface TourState {
  /** Place in the list of stops. */
  at: number
  /** Of what the stop has had already, ms. */
  spentMs: number
  isPaused: boolean
  /** Key of the alarm that it stopped on. */
  heldBy: string | undefined
  heldMs: number
  /** Alarms that it stopped on in this round already, or that somebody moved on from: it goes on, once round. */
  passed: readonly string[]
}

export const TOUR_START: TourState = {
  at: 0,
  spentMs: 0,
  isPaused: false,
  heldBy: undefined,
  heldMs: 0,
  passed: [],
}

export interface TourWorld {
  /** None: nothing to tour, only items to stop on. */
  stops: number
  dwellMs: number
  /** The worst open item that nobody has answered; undefined: none, or the tour is not to stop. */
  worst: string | undefined
  open: ReadonlySet<string>
}

export type TourAction = { kind: 'tick'; ms: number } | { kind: 'next' | 'previous' | 'pause' }

/** An item that nobody answers must not hide the rest of the area for days: after so long the tour goes on, and comes back. */
const HOLD_DWELLS = 4

/** Pure: where the tour stands after something happened. */
export function tour(state: TourState, action: TourAction, world: TourWorld): TourState {
  const passed = state.passed.filter((key) => world.open.has(key))
  const now = passed.length === state.passed.length ? state : { ...state, passed }
  if (action.kind === 'pause') return { ...now, isPaused: !now.isPaused }
  if (action.kind !== 'tick') return step(letGo(now), action.kind === 'next' ? 1 : -1, world)
  if (now.isPaused) return now
  const heldBy = world.worst !== undefined && !now.passed.includes(world.worst) ? world.worst : undefined
  const held = heldBy === now.heldBy ? now : { ...now, heldBy, heldMs: 0 }
  if (heldBy !== undefined) {
    const heldMs = held.heldMs + action.ms
    return heldMs >= HOLD_DWELLS * world.dwellMs ? letGo(held) : { ...held, heldMs }
  }
  // One area alone is no tour, but the time until an item is shown again passes all the same.
  if (world.stops < 2 && held.passed.length === 0) return held
  const spentMs = held.spentMs + action.ms
  if (spentMs < world.dwellMs) return { ...held, spentMs }
  return tour(step(held, 1, world), { kind: 'tick', ms: 0 }, world)
}

const letGo = (state: TourState): TourState =>
  state.heldBy === undefined
    ? state
    : { ...state, heldBy: undefined, heldMs: 0, passed: [...state.passed, state.heldBy] }

function step(state: TourState, by: number, { stops }: TourWorld): TourState {
  const count = Math.max(1, stops)
  const next = state.at + by
  const isRound = next >= count
  return {
    ...state,
    at: ((next % count) + count) % count,
    spentMs: 0,
    passed: isRound ? [] : state.passed,
  }
}

/** What is left until the tour goes on, 0–1. */
export const leftOf = ({ heldBy, heldMs, spentMs }: TourState, dwellMs: number): number =>
  Math.max(0, 1 - (heldBy === undefined ? spentMs / dwellMs : heldMs / (HOLD_DWELLS * dwellMs)))
