import type { Coordinates } from './read-twkb.ts'

/**
 * An integer ring brought to what a vector tile asks for: open (the first point not repeated), no point twice in a row,
 * no spikes or points on a straight side, area not zero, and wound so that its area by the surveyor's formula with
 * y down is positive (`outer`) or negative. Undefined when nothing of it is left.
 */
export function cleanRing(ring: Coordinates, outer: boolean): Coordinates | undefined {
  const kept: Coordinates = []
  for (let i = 0; i < ring.length; i += 2) push(kept, ring[i]!, ring[i + 1]!)
  // Around the seam, from both ends, until nothing more goes.
  for (;;) {
    const n = kept.length
    if (n < 6) return undefined
    if (onOneLine(kept, n - 4, n - 2, 0)) kept.length = n - 2
    else if (onOneLine(kept, n - 2, 0, 2)) kept.splice(0, 2)
    else break
  }
  const area = doubleArea(kept)
  if (area === 0) return undefined
  return area > 0 === outer ? kept : reversed(kept)
}

/** An integer line without repeated points. Undefined when it is a single point. */
export function cleanLine(line: Coordinates): Coordinates | undefined {
  const kept: Coordinates = []
  for (let i = 0; i < line.length; i += 2) {
    const n = kept.length
    if (n > 0 && kept[n - 2] === line[i] && kept[n - 1] === line[i + 1]) continue
    kept.push(line[i]!, line[i + 1]!)
  }
  return kept.length >= 4 ? kept : undefined
}

/** Adds a point, first taking back those that it shows to be repeated, on a straight side or the tip of a spike. */
function push(kept: Coordinates, x: number, y: number): void {
  for (;;) {
    const n = kept.length
    if (n >= 2 && kept[n - 2] === x && kept[n - 1] === y) return
    if (n < 4 || cross(kept[n - 4]!, kept[n - 3]!, kept[n - 2]!, kept[n - 1]!, x, y) !== 0) break
    kept.length = n - 2
  }
  kept.push(x, y)
}

const onOneLine = (flat: Coordinates, a: number, b: number, c: number): boolean =>
  cross(flat[a]!, flat[a + 1]!, flat[b]!, flat[b + 1]!, flat[c]!, flat[c + 1]!) === 0

const cross = (ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number =>
  (bx - ax) * (cy - by) - (by - ay) * (cx - bx)

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
