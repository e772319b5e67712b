import type { FreshnessState, SourceId, WallSource } from './source.schema.ts'

/** Without a sign of life for so many of its intervals, a source is grey, and then a band across the wall. */
export const GREY_INTERVALS = 2
export const BAND_INTERVALS = 5
/** A wall looks its sources up at least this often; one that was looked up over twice as long ago is not known. */
export const LOOK_SECONDS = 30

const TOLD_BY_BEATS: readonly SourceId[] = ['server', 'database', 'events']

/**
 * How fresh a source is at a moment of the server's time, milliseconds since 1970. What cannot be known is never fresh:
 * a source never heard of, one that was looked up too long ago, and one whose last sign of life lies in the future, which
 * is to say that one of two clocks is wrong.
 */
export function freshnessOf(
  source: Pick<WallSource, 'id' | 'heartbeatAt' | 'intervalSeconds' | 'knownAt' | 'isIdle'>,
  nowMs: number,
): FreshnessState {
  const { id, heartbeatAt, intervalSeconds, knownAt, isIdle } = source
  const knownSeconds = (nowMs - Date.parse(knownAt)) / 1000
  const isKnown = TOLD_BY_BEATS.includes(id) || knownSeconds <= 2 * LOOK_SECONDS
  if (heartbeatAt === null) return isIdle && isKnown ? 'idle' : 'unknown'
  const silentSeconds = (nowMs - Date.parse(heartbeatAt)) / 1000
  if (!(silentSeconds >= -intervalSeconds)) return 'unknown'
  if (isIdle) return isKnown ? 'idle' : 'unknown'
  if (silentSeconds >= BAND_INTERVALS * intervalSeconds) return 'band'
  if (!isKnown) return 'unknown'
  return silentSeconds >= GREY_INTERVALS * intervalSeconds ? 'grey' : 'fresh'
}
