import { setImmediate } from 'node:timers/promises'

/** Whatever else the process has to do waits no longer than this, and a step. */
const SLICE_MS = 2

/** Drives work that is written in steps, and lets others have their turn in between. Throws the signal's reason. */
export async function inSlices<T>(steps: Generator<void, T>, signal?: AbortSignal): Promise<T> {
  let began = performance.now()
  for (;;) {
    const { value, done } = steps.next()
    if (done) return value
    if (performance.now() - began < SLICE_MS) continue
    await setImmediate()
    signal?.throwIfAborted()
    began = performance.now()
  }
}
