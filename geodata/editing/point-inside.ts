import type { LatticePoint } from './lattice.ts'

/** A point strictly inside a polygon (outer ring, then holes): in the middle of the widest stretch of a scan line. */
export function pointInside(rings: readonly (readonly LatticePoint[])[]): LatticePoint {
  const ys = [...new Set(rings.flat().map(([, y]) => y))].sort((a, b) => a - b)
  let y = ys[0]!
  let tallest = 0
  for (let i = 0; i + 1 < ys.length; i++) {
    const gap = ys[i + 1]! - ys[i]!
    if (gap <= tallest) continue
    tallest = gap
    y = ys[i]! + gap / 2
  }
  const xs: number[] = []
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = [ring[j]!, ring[i]!]
      if (a[1] > y !== b[1] > y) xs.push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]))
    }
  }
  xs.sort((a, b) => a - b)
  let x = xs[0]!
  let widest = 0
  for (let i = 0; i + 1 < xs.length; i += 2) {
    const gap = xs[i + 1]! - xs[i]!
    if (gap <= widest) continue
    widest = gap
    x = xs[i]! + gap / 2
  }
  return [x, y]
}
