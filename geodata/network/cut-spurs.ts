import type { LngLat } from '../shared/geojson.ts'
import type { PathPiece } from './find-path.ts'

/** Part of a walk: of one street, or straight across. */
export type WalkPiece =
  | ({ kind: 'street'; metres: number } & PathPiece)
  | { kind: 'free'; metres: number; from: LngLat; to: LngLat }

/**
 * A closed walk without its ways out and back by the same street, over the place where it closes too. Parts of one street that
 * follow each other become one. Empty when nothing but such ways is left.
 */
export function cutSpurs(pieces: readonly WalkPiece[]): WalkPiece[] {
  const kept: WalkPiece[] = []
  for (const piece of pieces) push(kept, piece)
  while (kept.length > 1) {
    const joined = join(kept[kept.length - 1]!, kept[0]!)
    if (joined === undefined) break
    kept.pop()
    kept.shift()
    if (joined) push(kept, joined)
  }
  return kept
}

function push(kept: WalkPiece[], piece: WalkPiece): void {
  if (piece.metres === 0) return
  const last = kept.at(-1)
  const joined = last && join(last, piece)
  if (joined !== undefined) kept.pop()
  if (joined === undefined) kept.push(piece)
  else if (joined) push(kept, joined)
}

/** null: the second goes back over all of the first; undefined: they do not lie on one street. */
function join(a: WalkPiece, b: WalkPiece): WalkPiece | null | undefined {
  if (a.kind === 'free' && b.kind === 'free')
    return a.from.join() === b.to.join() && a.to.join() === b.from.join() ? null : undefined
  if (a.kind === 'free' || b.kind === 'free') return undefined
  if (a.edge !== b.edge || a.toFraction !== b.fromFraction) return undefined
  if (a.fromFraction === b.toFraction) return null
  const shareOfA = Math.abs(a.toFraction - a.fromFraction)
  const share = Math.abs(b.toFraction - a.fromFraction)
  return { ...a, toFraction: b.toFraction, metres: (a.metres / shareOfA) * share }
}
