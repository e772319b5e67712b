import { createHash } from 'node:crypto'
import { type Reach, reachKey } from '../access/reach.ts'

/** Whose rows a tile shows. */
export interface TileScope {
  reach: Reach
  /** The same for reaches of the same rows, short however many cells they have; empty: everywhere, and only that. */
  key: string
}

export const EVERYWHERE: TileScope = { reach: 'everywhere', key: '' }

/** A reach is kept for several requests, and may have thousands of cells to sort. */
const known = new WeakMap<Exclude<Reach, 'everywhere'>, TileScope>()

export function tileScope(reach: Reach): TileScope {
  if (reach === 'everywhere') return EVERYWHERE
  let scope = known.get(reach)
  if (!scope) {
    scope = { reach, key: createHash('sha256').update(reachKey(reach)).digest('base64url') }
    known.set(reach, scope)
  }
  return scope
}
