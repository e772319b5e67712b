import { isInShape, type LatticePoint, type Shape } from '../editing/lattice.ts'

/** Side of a bucket in lattice units: about 40 metres. */
const BUCKET = 4_000
const keyOf = (x: number, y: number) => x * 1_048_576 + y

/** Shapes by place. */
export class BoxIndex {
  private readonly buckets = new Map<number, number[]>()
  private readonly shapes: readonly Shape[]

  constructor(shapes: readonly Shape[]) {
    this.shapes = shapes
    shapes.forEach((shape, i) => {
      let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
      for (const [ring] of shape)
        for (const [x, y] of ring!) {
          west = Math.min(west, x)
          south = Math.min(south, y)
          east = Math.max(east, x)
          north = Math.max(north, y)
        }
      for (let x = Math.floor(west / BUCKET); x <= Math.floor(east / BUCKET); x++)
        for (let y = Math.floor(south / BUCKET); y <= Math.floor(north / BUCKET); y++) {
          const held = this.buckets.get(keyOf(x, y))
          if (held) held.push(i)
          else this.buckets.set(keyOf(x, y), [i])
        }
    })
  }

  /** Numbers of the shapes whose buckets a box meets. */
  near(west: number, south: number, east: number, north: number): Set<number> {
    const found = new Set<number>()
    for (let x = Math.floor(west / BUCKET); x <= Math.floor(east / BUCKET); x++)
      for (let y = Math.floor(south / BUCKET); y <= Math.floor(north / BUCKET); y++)
        for (const i of this.buckets.get(keyOf(x, y)) ?? []) found.add(i)
    return found
  }

  /** Numbers of the shapes that hold a place. */
  around(point: LatticePoint): number[] {
    const near = this.buckets.get(keyOf(Math.floor(point[0] / BUCKET), Math.floor(point[1] / BUCKET)))
    return near?.filter((i) => isInShape(point, this.shapes[i]!)) ?? []
  }
}
