export interface Failure<T> {
  of: T
  error: Error
}

/**
 * Does the same to each of many, one after the other, and answers what failed: one that cannot be done holds up no other.
 * Ends early once `isStopped`; what was not begun then is in neither list.
 */
export async function actOnAll<T>(
  all: readonly T[],
  act: (of: T) => Promise<unknown>,
  { isStopped, onStep }: { isStopped(): boolean; onStep(settled: number): void },
): Promise<{ done: T[]; failed: Failure<T>[] }> {
  const done: T[] = []
  const failed: Failure<T>[] = []
  for (const of of all) {
    if (isStopped()) break
    try {
      await act(of)
      done.push(of)
    } catch (thrown) {
      failed.push({ of, error: thrown instanceof Error ? thrown : new Error(String(thrown)) })
    }
    onStep(done.length + failed.length)
  }
  return { done, failed }
}
