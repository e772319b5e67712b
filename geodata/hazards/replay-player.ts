import { type ReplayTimeline, STATUSES, STEP } from './replay-timeline.ts'

/** How all hazards stand at one moment of a timeline, moved to and fro by only what lies between. */
export interface ReplayPlayer {
  readonly second: number
  /** By hazard; see STATUS. Written in place by `seek`. */
  readonly status: Uint8Array
  /** How many hazards have each status. */
  readonly counts: Int32Array
  /** Since the beginning of the timeline up to this moment. */
  readonly reported: number
  readonly ended: number
  /** Moves to a second of the timeline. Returns the number of steps that were taken. */
  seek(second: number): number
}

export function playTimeline(timeline: ReplayTimeline): ReplayPlayer {
  const { at, hazard, before, after, kind, start, lengthSeconds } = timeline
  const status = Uint8Array.from(start)
  const counts = new Int32Array(STATUSES)
  for (const each of status) counts[each]! += 1
  const sums = [0, 0]
  let cursor = 0
  let second = -1

  function take(step: number, from: Uint8Array, to: Uint8Array, direction: 1 | -1): void {
    const which = hazard[step]!
    counts[from[step]!]! -= 1
    counts[to[step]!]! += 1
    status[which] = to[step]!
    if (kind[step] === STEP.reported) sums[0]! += direction
    else if (kind[step] === STEP.ended) sums[1]! += direction
  }
  const player = {
    get second() {
      return second
    },
    status,
    counts,
    get reported() {
      return sums[0]!
    },
    get ended() {
      return sums[1]!
    },
    seek(wanted: number): number {
      const began = cursor
      second = Math.min(lengthSeconds, Math.max(0, Math.floor(wanted)))
      while (cursor < at.length && at[cursor]! <= second) take(cursor++, before, after, 1)
      while (cursor > 0 && at[cursor - 1]! > second) take(--cursor, after, before, -1)
      return Math.abs(cursor - began)
    },
  }
  player.seek(0)
  return player
}

/** The second of the next step after, or before, a moment whose kind is told; undefined: there is none. */
export function stepFrom(
  { at, kind }: ReplayTimeline,
  second: number,
  direction: 1 | -1,
  isTold: (kind: number) => boolean,
): number | undefined {
  const step =
    direction > 0
      ? nextTold(kind, firstAfter(at, second), 1, isTold)
      : nextTold(kind, firstAfter(at, second - 1) - 1, -1, isTold)
  return step === undefined ? undefined : at[step]
}

/** Index of the last step up to a second whose kind is told; undefined: there is none. */
export const lastStep = (
  { at, kind }: ReplayTimeline,
  second: number,
  isTold: (kind: number) => boolean,
): number | undefined => nextTold(kind, firstAfter(at, second) - 1, -1, isTold)

function nextTold(
  kinds: Uint8Array,
  from: number,
  direction: 1 | -1,
  isTold: (kind: number) => boolean,
): number | undefined {
  for (let index = from; index >= 0 && index < kinds.length; index += direction)
    if (isTold(kinds[index]!)) return index
  return undefined
}

/** Index of the first time after a second. */
function firstAfter(times: Int32Array, second: number): number {
  let [low, high] = [0, times.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! <= second) low = middle + 1
    else high = middle
  }
  return low
}

/** How much of a kind happened in each of `bins` equal parts of the timeline. */
export function countInBins(
  { at, kind, lengthSeconds }: ReplayTimeline,
  bins: number,
  isTold: (kind: number) => boolean,
): Int32Array {
  const counts = new Int32Array(bins)
  for (let index = 0; index < at.length; index++)
    if (isTold(kind[index]!))
      counts[Math.min(bins - 1, Math.floor((at[index]! / (lengthSeconds + 1)) * bins))]! += 1
  return counts
}
