/**
 * What happens when the server no longer knows who asks although someone had signed in: the page asks to sign in again
 * and every request that was refused waits for that. Nothing was written by a refused request, so it may be sent anew.
 */
let armed = false
let waiting: ((again: boolean) => void)[] = []
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** From now on a refusal asks for signing in again; before, it is an answer like any other. */
export function armRenewal(): void {
  armed = true
}

/** Resolves to whether someone has signed in again. */
export function renewed(): Promise<boolean> {
  if (!armed) return Promise.resolve(false)
  return new Promise((resolve) => {
    waiting.push(resolve)
    tell()
  })
}

/** A refusal of what cannot wait, such as an upload: asks to sign in, without sending anything anew. */
export const askToRenew = (): void => void renewed()

export function settleRenewal(again: boolean): void {
  const settled = waiting
  waiting = []
  tell()
  for (const resolve of settled) resolve(again)
}

export const isRenewing = (): boolean => waiting.length > 0

export function onRenewal(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
