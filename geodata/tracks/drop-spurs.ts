import type { WalkGraph } from '../network/walk-graph.ts'
import type { MatchedPiece } from './track.ts'

/** Into a street and back again less far than this is an error of positions, not a way walked. */
const SPUR_METRES = 15
const TOUCHING = 1e-9

/**
 * Pieces of one edge joined while they lead on, and short turns taken out: into an edge and back, or to and fro along it.
 * What was walked there and back for longer stays.
 */
export function dropSpurs(graph: WalkGraph, pieces: readonly MatchedPiece[]): MatchedPiece[] {
  const kept: MatchedPiece[] = []
  const metresOf = ({ edge, fromFraction, toFraction }: MatchedPiece) =>
    Math.abs(toFraction - fromFraction) * graph.edgeMetres[edge]!
  for (const piece of pieces) {
    if (piece.fromFraction === piece.toFraction) continue
    kept.push(piece)
    while (kept.length > 1) {
      const [first, second] = [kept.at(-2)!, kept.at(-1)!]
      if (first.edge !== second.edge || Math.abs(first.toFraction - second.fromFraction) > TOUCHING) break
      const leadsOn = first.fromFraction < first.toFraction === second.fromFraction < second.toFraction
      // A turn is judged by the stretch before it, which is whole by now; the one behind it may go on.
      if (!leadsOn && metresOf(first) > SPUR_METRES) break
      kept.length -= 2
      if (Math.abs(first.fromFraction - second.toFraction) <= TOUCHING) break
      kept.push({ ...first, toFraction: second.toFraction, to: second.to })
    }
  }
  return kept
}
