/** Both clocks of this computer at one moment: the one that only runs, and the one that can be set. */
export interface ClockSample {
  /** performance.now() */
  runningMs: number
  /** Date.now() */
  setMs: number
}

/** Clocks that are kept by the network are moved by less than this at a time. */
export const JUMP_MS = 2000

/**
 * By how much the clock that can be set went ahead of the other between two moments, ms; negative: it was set back. 0 where
 * it is less than what time services correct. A computer that slept looks the same as one whose clock was set ahead: the
 * running clock may stand still meanwhile. So after a jump ahead nothing is known to be fresh until the server says so.
 */
export function jumpBetween(before: ClockSample, after: ClockSample): number {
  const byMs = after.setMs - before.setMs - (after.runningMs - before.runningMs)
  return Math.abs(byMs) >= JUMP_MS ? byMs : 0
}
