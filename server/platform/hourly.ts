const HOUR_MS = 3_600_000

/** Now and every hour, as `every`. */
export const hourly = (
  work: (isEnded: () => boolean) => Promise<unknown>,
  failed: (error: unknown) => void,
): (() => void) => every(HOUR_MS, work, failed)

/**
 * Works now and again after each period, also after a failure, never twice at once. Returns what ends it: work that is under way asks
 * `isEnded`, or stops at its next question to the database.
 */
export function every(
  periodMs: number,
  work: (isEnded: () => boolean) => Promise<unknown>,
  failed: (error: unknown) => void,
): () => void {
  let isWorking = false
  let ended = false
  const turn = async () => {
    if (isWorking) return
    isWorking = true
    try {
      await work(() => ended)
    } catch (error) {
      if (!ended) failed(error)
    } finally {
      isWorking = false
    }
  }
  void turn()
  const timer = setInterval(() => void turn(), periodMs)
  timer.unref()
  return () => {
    ended = true
    clearInterval(timer)
  }
}
