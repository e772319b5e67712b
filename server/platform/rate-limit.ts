import { LRUCache } from 'lru-cache'

/** Beyond this many at once, those that asked least recently begin with a full bucket again. */
const KNOWN = 20_000

/**
 * A bucket of `burst` for each key, filled by `perSecond`. Takes one and returns 0, or takes none and returns the seconds
 * until there is one.
 */
export function createRateLimit(
  perSecond: number,
  burst: number,
  nowMs: () => number = () => performance.now(),
): (key: string) => number {
  const buckets = new LRUCache<string, { left: number; atMs: number }>({ max: KNOWN })
  return (key) => {
    const now = nowMs()
    const bucket = buckets.get(key) ?? { left: burst, atMs: now }
    const left = Math.min(burst, bucket.left + ((now - bucket.atMs) / 1000) * perSecond)
    const isThere = left >= 1
    buckets.set(key, { left: isThere ? left - 1 : left, atMs: now })
    return isThere ? 0 : (1 - left) / perSecond
  }
}
