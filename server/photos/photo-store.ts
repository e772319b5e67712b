/**
 * Keeps files under opaque keys. Each method throws a Problem `unavailable` that says what to do when the place does
 * not answer or refuses.
 */
export interface PhotoStore {
  /** Whole or not at all: a reader never sees a part. The same key again overwrites. */
  put(key: string, bytes: Uint8Array, type: string): Promise<void>
  /** undefined: there is no such key. */
  get(key: string): Promise<Uint8Array<ArrayBuffer> | undefined>
  /** A key that is not there is no error. */
  delete(key: string): Promise<void>
}

/** Keys are made by us, never taken from a request: steps of small letters and digits. */
export function requireKey(key: string): void {
  if (!/^[a-z0-9]+(\/[a-z0-9-]+)*(\.[a-z0-9]+)?$/.test(key) || key.length > 200)
    throw new Error(`“${key.slice(0, 200)}” is not a key of the photo store`)
}
