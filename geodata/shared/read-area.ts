import type { LngLat } from './geojson.ts'

const MIN_POSITIONS = 3
const MAX_POSITIONS = 200
const SCALE = 1e7

export type AreaReading = { ok: true; ring: LngLat[] } | { ok: false; reason: string }

/**
 * A drawn polygon as links carry it: `lng,lat;lng,lat;…` in degrees (EPSG:4326), 3 to 200 positions, kept to 7
 * decimals. The last position may repeat the first; the ring that is returned is open and has no repeated neighbours.
 * Refused, with words for the person who drew it: no area, sides that cross or touch each other, a side that spans
 * more than half the globe (such a ring crosses the antimeridian). Never throws.
 */
export function readArea(text: string): AreaReading {
  const ring: LngLat[] = []
  for (const part of text.split(';')) {
    const position = readPosition(part)
    if (typeof position === 'string') return { ok: false, reason: position }
    const last = ring.at(-1)
    if (!last || !same(last, position)) ring.push(position)
    if (ring.length > MAX_POSITIONS + 1)
      return { ok: false, reason: `has more than ${MAX_POSITIONS} positions; draw it with fewer` }
  }
  if (ring.length > 1 && same(ring[0]!, ring.at(-1)!)) ring.pop()
  if (ring.length < MIN_POSITIONS)
    return { ok: false, reason: `has ${ring.length} different positions; expected at least ${MIN_POSITIONS}` }
  if (ring.length > MAX_POSITIONS)
    return { ok: false, reason: `has more than ${MAX_POSITIONS} positions; draw it with fewer` }
  const wide = ring.findIndex((position, i) => Math.abs(position[0] - next(ring, i)[0]) > 180)
  if (wide >= 0)
    return {
      ok: false,
      reason: `crosses the antimeridian between ${shown(ring[wide]!)} and ${shown(next(ring, wide))}; draw one area on each side of it`,
    }
  const crossing = findCrossing(ring)
  if (crossing)
    return {
      ok: false,
      reason: `crosses or touches itself: the side from ${shown(crossing[0])} meets the side from ${shown(crossing[1])}; draw it without crossings`,
    }
  return { ok: true, ring }
}

/** The form that readArea takes, for links and cache keys. */
export const writeArea = (ring: readonly LngLat[]): string => ring.map(shown).join(';')

const shown = ([lng, lat]: LngLat): string => `${lng},${lat}`
const same = (a: LngLat, b: LngLat): boolean => a[0] === b[0] && a[1] === b[1]
const next = (ring: readonly LngLat[], i: number): LngLat => ring[(i + 1) % ring.length]!

function readPosition(part: string): LngLat | string {
  const numbers = part.split(',')
  const [lng, lat] = numbers.map((text) => (text.trim() === '' ? Number.NaN : Number(text)))
  if (numbers.length === 2 && Math.abs(lng!) <= 180 && Math.abs(lat!) <= 90) return [round(lng!), round(lat!)]
  return `has the position “${part.slice(0, 60)}”; expected longitude,latitude in degrees, e.g. 120.62,31.3`
}

/** Adding 0 turns −0 into 0. */
const round = (degrees: number): number => Math.round(degrees * SCALE) / SCALE + 0

/** Two sides that meet elsewhere than neighbours do at their common corner. */
function findCrossing(ring: readonly LngLat[]): [LngLat, LngLat] | undefined {
  const count = ring.length
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++) {
      const [a, b, c, d] = [ring[i]!, next(ring, i), ring[j]!, next(ring, j)]
      const meet =
        j === i + 1
          ? foldsBack(a, b, d)
          : i === 0 && j === count - 1
            ? foldsBack(c, a, b)
            : segmentsMeet(a, b, c, d)
      if (meet) return [a, c]
    }
  }
}

/** From a over b back along the same line. */
function foldsBack(a: LngLat, b: LngLat, c: LngLat): boolean {
  if (turn(a, b, c) !== 0) return false
  return (a[0] - b[0]) * (c[0] - b[0]) > 0 || (a[1] - b[1]) * (c[1] - b[1]) > 0
}

function segmentsMeet(a: LngLat, b: LngLat, c: LngLat, d: LngLat): boolean {
  for (const axis of [0, 1] as const) {
    if (Math.max(a[axis], b[axis]) < Math.min(c[axis], d[axis])) return false
    if (Math.max(c[axis], d[axis]) < Math.min(a[axis], b[axis])) return false
  }
  // Boxes touch, so collinear segments meet as well.
  return turn(a, b, c) * turn(a, b, d) <= 0 && turn(c, d, a) * turn(c, d, b) <= 0
}

/** −1, 0 or 1: on which side of a→b the point lies. Exact: products of lattice coordinates overflow a double. */
function turn(a: LngLat, b: LngLat, point: LngLat): number {
  const lattice = (degrees: number) => BigInt(Math.round(degrees * SCALE))
  const [ax, ay] = [lattice(a[0]), lattice(a[1])]
  const product =
    (lattice(b[0]) - ax) * (lattice(point[1]) - ay) - (lattice(b[1]) - ay) * (lattice(point[0]) - ax)
  return product > 0n ? 1 : product < 0n ? -1 : 0
}
