import type { Coordinates } from './read-twkb.ts'

/**
 * An integer ring brought to what a vector tile asks for: open (the first point not repeated), no point twice in a row,
 * area not zero, and wound so that its area by the surveyor's formula with y down is positive (`outer`) or negative.
 * Undefined when it has no area. Spikes stay, as they do where PostGIS writes the tile.
 */
export function cleanRing(ring: Coordinates, outer: boolean): Coordinates | undefined {
  const kept = withoutRepeats(ring)
  while (kept.length >= 4 && kept[0] === kept.at(-2) && kept[1] === kept.at(-1)) kept.length -= 2
  const area = doubleArea(kept)
  if (area === 0) return undefined
  return area > 0 === outer ? kept : reversed(kept)
}

/** An integer line without repeated points. Undefined when it is a single point. */
export function cleanLine(line: Coordinates): Coordinates | undefined {
  const kept = withoutRepeats(line)
  return kept.length >= 4 ? kept : undefined
}

function withoutRepeats(flat: Coordinates): Coordinates {
  const kept: Coordinates = []
  for (let i = 0; i < flat.length; i += 2) {
    const n = kept.length
    if (n > 0 && kept[n - 2] === flat[i] && kept[n - 1] === flat[i + 1]) continue
    kept.push(flat[i]!, flat[i + 1]!)
  }
  return kept
}

/** Twice the area by the surveyor's formula. */
export function doubleArea(ring: Coordinates): number {
  let sum = 0
  for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
    sum += ring[j]! * ring[i + 1]! - ring[i]! * ring[j + 1]!
  }
  return sum
}

function reversed(flat: Coordinates): Coordinates {
  const out: Coordinates = []
  for (let i = flat.length - 2; i >= 0; i -= 2) out.push(flat[i]!, flat[i + 1]!)
  return out
}
