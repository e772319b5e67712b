/**
 * The farthest that a corner of either shape lies from the outline of the other, in tile units. Parts are flat x, y;
 * those of polygons are closed here.
 */
export function outlineDistance(a: number[][], b: number[][], closed: boolean): number {
  return Math.max(farthestCorner(a, segments(b, closed)), farthestCorner(b, segments(a, closed)))
}

type Segment = [number, number, number, number]

function segments(parts: number[][], closed: boolean): Segment[] {
  const out: Segment[] = []
  for (const flat of parts) {
    if (flat.length === 2) out.push([flat[0]!, flat[1]!, flat[0]!, flat[1]!])
    for (let i = 2; i < flat.length; i += 2) out.push([flat[i - 2]!, flat[i - 1]!, flat[i]!, flat[i + 1]!])
    if (closed) out.push([flat.at(-2)!, flat.at(-1)!, flat[0]!, flat[1]!])
  }
  return out
}

function farthestCorner(parts: number[][], outline: Segment[]): number {
  let farthest = 0
  for (const flat of parts) {
    for (let i = 0; i < flat.length; i += 2) {
      let nearest = Number.POSITIVE_INFINITY
      for (const segment of outline) nearest = Math.min(nearest, distance(flat[i]!, flat[i + 1]!, segment))
      farthest = Math.max(farthest, nearest)
    }
  }
  return farthest
}

function distance(x: number, y: number, [ax, ay, bx, by]: Segment): number {
  const length2 = (bx - ax) ** 2 + (by - ay) ** 2
  const along = length2 === 0 ? 0 : ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2
  const t = Math.min(1, Math.max(0, along))
  return Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay))
}
