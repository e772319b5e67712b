import { type Frame, toWorld, type Vec } from './plane.ts'

/** Footprints around (0, 0): metres, x along the building, y towards its north side; anticlockwise. */
export const place = (ring: readonly Vec[], frame: Frame): Vec[] => ring.map((p) => toWorld(frame, p))

export const rectangle = (width: number, depth: number): Vec[] =>
  box(-width / 2, -depth / 2, width / 2, depth / 2)

export const box = (west: number, south: number, east: number, north: number): Vec[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
]

/** A slab of `stairs` sections: a stairwell stands out on the north side of each, balconies step the south side. */
export function slab(length: number, depth: number, stairs: number): Vec[] {
  const [w, s, n] = [-length / 2, -depth / 2, depth / 2 - 1.2]
  const section = length / stairs
  const south: Vec[] = []
  const north: Vec[] = []
  for (let i = 0; i < stairs; i++) {
    const middle = w + section * (i + 0.5)
    if (i > 0) {
      south.push([middle - section / 2 - 1.3, s], [middle - section / 2 - 1.3, s + 1.1])
      south.push([middle - section / 2 + 1.3, s + 1.1], [middle - section / 2 + 1.3, s])
    }
    north.unshift([middle + 1.6, n], [middle + 1.6, n + 1.2], [middle - 1.6, n + 1.2], [middle - 1.6, n])
  }
  return [[w, s], ...south, [-w, s], [-w, n], ...north, [w, n]]
}

/** A point tower: two wings facing south with a recess between them, and a core to the north. */
export function tower(width: number, depth: number): Vec[] {
  const [w, s] = [width / 2, -depth / 2]
  return [
    [-w, s],
    [-2.6, s],
    [-2.6, s + 3],
    [2.6, s + 3],
    [2.6, s],
    [w, s],
    [w, s + depth * 0.62],
    [w - 4, s + depth * 0.62],
    [w - 4, -s - 2.5],
    [4, -s - 2.5],
    [4, -s],
    [-4, -s],
    [-4, -s - 2.5],
    [-w + 4, -s - 2.5],
    [-w + 4, s + depth * 0.62],
    [-w, s + depth * 0.62],
  ]
}

export const ell = (width: number, depth: number, wing: number): Vec[] => {
  const [w, d] = [width / 2, depth / 2]
  return [
    [-w, -d],
    [w, -d],
    [w, -d + wing],
    [-w + wing, -d + wing],
    [-w + wing, d],
    [-w, d],
  ]
}

/** Open to the south. */
export const horseshoe = (width: number, depth: number, wing: number): Vec[] => {
  const [w, d] = [width / 2, depth / 2]
  return [
    [-w, -d],
    [-w + wing, -d],
    [-w + wing, d - wing],
    [w - wing, d - wing],
    [w - wing, -d],
    [w, -d],
    [w, d],
    [-w, d],
  ]
}

/**
 * A school's comb: up to `most` parallel classroom wings facing south, joined by a corridor along the west end; as many
 * as leave yards of 8 m between them.
 */
export function comb(width: number, depth: number, wing: number, most: number): Vec[] {
  const [w, d] = [width / 2, depth / 2]
  const teeth = Math.min(most, Math.floor((depth + 8) / (wing + 8)))
  if (teeth < 2) return rectangle(width, wing)
  const pitch = (depth - wing) / (teeth - 1)
  const out: Vec[] = [[-w, -d]]
  for (let i = 0; i < teeth; i++) {
    const south = -d + pitch * i
    out.push([w - (i % 2) * 6, south], [w - (i % 2) * 6, south + wing])
    if (i < teeth - 1) out.push([-w + 7, south + wing], [-w + 7, south + pitch])
  }
  return [...out, [-w, d]]
}

export function stadium(width: number, length: number): Vec[] {
  const r = width / 2
  const straight = Math.max(1, length / 2 - r)
  const arc = (from: number, cy: number): Vec[] =>
    Array.from({ length: 13 }, (_, i) => {
      const a = from + (i / 12) * Math.PI
      return [r * Math.cos(a), cy + r * Math.sin(a)]
    })
  return [...arc(0, straight), ...arc(Math.PI, -straight)]
}

/** A rounded, slightly irregular patch: ponds, lawns. `waver` gives the radius factor at each of its points. */
export const patch = (width: number, depth: number, waver: readonly number[]): Vec[] =>
  waver.map((factor, i) => {
    const a = (i / waver.length) * 2 * Math.PI
    return [(width / 2) * factor * Math.cos(a), (depth / 2) * factor * Math.sin(a)]
  })
