import { Problem } from '../../geodata/shared/problem.ts'

/**
 * Runs at most `atOnce` jobs at a time, in the order given; at most `waiting` more wait. Beyond that a job is refused
 * with `unavailable`, so that a flood of uploads cannot fill memory.
 */
export function takeTurns(
  atOnce: number,
  waiting: number,
  refusal = 'Too many photos are being sent at once. Send this one again shortly.',
): <T>(job: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = []
  let running = 0
  return async (job) => {
    if (running >= atOnce) {
      if (queue.length >= waiting) throw new Problem('unavailable', refusal)
      // Whoever ends hands its turn over, so `running` stays as it is.
      await new Promise<void>((resolve) => queue.push(resolve))
    } else running += 1
    try {
      return await job()
    } finally {
      const next = queue.shift()
      if (next) next()
      else running -= 1
    }
  }
}
