import { DUE_SOON_MINUTES, ENDED_STATES } from './deadline.ts'
import type { HazardReplay } from './replay.schema.ts'

const SOON_SECONDS = DUE_SOON_MINUTES * 60

/** How a hazard stands at a moment, as a number for typed arrays; `none`: not reported yet, or deleted. */
export const STATUS = { none: 0, open: 1, soon: 2, overdue: 3, ended: 4 } as const
export const STATUSES = 5

/** What a step is to whoever looks for it on the time line. */
export const STEP = { change: 0, reported: 1, ended: 2, reopened: 3, soon: 4, overdue: 5, gone: 6 } as const

/**
 * Everything that changes how a hazard is shown between two moments, in order: entries of the history and deadlines that
 * near and pass. Columns of one length; a step can be taken forwards (`after`) and back (`before`).
 */
export interface ReplayTimeline {
  /** Seconds of the whole; moments run from 0 to it. */
  lengthSeconds: number
  hazards: number
  /** How each hazard stands at 0. */
  start: Uint8Array
  at: Int32Array
  hazard: Int32Array
  before: Uint8Array
  after: Uint8Array
  kind: Uint8Array
}

/** How a hazard stands `second`s after `from`, given the state and deadline in force then. The deadline itself still counts as due soon. */
export function statusAt(ended: boolean, due: number | null, second: number): number {
  if (ended) return STATUS.ended
  if (due === null) return STATUS.open
  const left = due - second
  if (left < 0) return STATUS.overdue
  return left <= SOON_SECONDS ? STATUS.soon : STATUS.open
}

interface Step {
  at: number
  hazard: number
  /** Steps of one hazard and one second stay in the order of the history. */
  order: number
  before: number
  after: number
  kind: number
}

/** The steps of a replay. Linear in hazards and changes, but for one sort. */
export function makeTimeline(replay: HazardReplay): ReplayTimeline {
  const { hazards, changes, states } = replay
  const lengthSeconds = Math.floor((Date.parse(replay.to) - Date.parse(replay.from)) / 1000)
  const count = hazards.id.length
  const isEnded = states.map((state) => ENDED_STATES.includes(state))
  const ofHazard: number[][] = Array.from({ length: count }, () => [])
  changes.hazard.forEach((hazard, index) => void ofHazard[hazard]!.push(index))

  const start = new Uint8Array(count)
  const steps: Step[] = []
  for (let hazard = 0; hazard < count; hazard++) {
    let state = hazards.state[hazard]!
    let due = hazards.due[hazard]!
    let status = standing(state, due, 0)
    start[hazard] = status
    let since = 0
    const walk = (until: number) => {
      if (state < 0 || isEnded[state] || due === null) return
      for (const [at, kind] of [
        [due - SOON_SECONDS, STEP.soon],
        [due + 1, STEP.overdue],
      ] as const) {
        if (at <= since || at >= until) continue
        step(at, standing(state, due, at), kind)
      }
    }
    const step = (at: number, after: number, kind: number) => {
      if (after !== status || kind === STEP.change)
        steps.push({ at, hazard, order: steps.length, before: status, after, kind })
      status = after
    }
    for (const index of ofHazard[hazard]!) {
      const at = changes.at[index]!
      walk(at)
      state = changes.state[index]!
      due = changes.due[index]!
      const after = standing(state, due, at)
      step(at, after, kindOf(status, after))
      since = at
    }
    walk(lengthSeconds + 1)
  }
  steps.sort((a, b) => a.at - b.at || a.order - b.order)
  return {
    lengthSeconds,
    hazards: count,
    start,
    at: Int32Array.from(steps, ({ at }) => at),
    hazard: Int32Array.from(steps, ({ hazard }) => hazard),
    before: Uint8Array.from(steps, ({ before }) => before),
    after: Uint8Array.from(steps, ({ after }) => after),
    kind: Uint8Array.from(steps, ({ kind }) => kind),
  }

  function standing(state: number, due: number | null, second: number): number {
    return state < 0 ? STATUS.none : statusAt(isEnded[state]!, due, second)
  }
}

function kindOf(before: number, after: number): number {
  if (after === STATUS.none) return STEP.gone
  if (before === STATUS.none) return STEP.reported
  if (after === STATUS.ended) return before === STATUS.ended ? STEP.change : STEP.ended
  return before === STATUS.ended ? STEP.reopened : STEP.change
}
