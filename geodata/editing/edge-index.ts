import { edgeKeyOf, type LatticePoint } from './lattice.ts'

/** An edge of a border, whichever cells have it and in whichever direction. */
export interface SharedEdge {
  a: LatticePoint
  b: LatticePoint
  /** Keys of the cells that have it. */
  cells: Set<string>
}

/** West, south, east, north in lattice units. */
export type LatticeBox = readonly [number, number, number, number]

/** Side of a bucket in lattice units: about 110 metres. */
const BUCKET = 10_000
/** Edges over more buckets than this are looked at every time. */
const MAX_BUCKETS = 64

export const boxAround = (points: Iterable<LatticePoint>, margin = 0): LatticeBox => {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const [x, y] of points) {
    west = Math.min(west, x)
    south = Math.min(south, y)
    east = Math.max(east, x)
    north = Math.max(north, y)
  }
  return [west - margin, south - margin, east + margin, north + margin]
}

/** Edges by place, each once. */
export class EdgeIndex {
  private readonly edges = new Map<string, SharedEdge>()
  private readonly buckets = new Map<string, Set<SharedEdge>>()
  private readonly long = new Set<SharedEdge>()

  get(a: LatticePoint, b: LatticePoint): SharedEdge | undefined {
    return this.edges.get(edgeKeyOf(a, b))
  }

  add(a: LatticePoint, b: LatticePoint, cell: string): void {
    const key = edgeKeyOf(a, b)
    const found = this.edges.get(key)
    if (found) {
      found.cells.add(cell)
      return
    }
    const edge = { a, b, cells: new Set([cell]) }
    this.edges.set(key, edge)
    const buckets = bucketsOf(boxAround([a, b]))
    if (!buckets) this.long.add(edge)
    for (const bucket of buckets ?? []) {
      const held = this.buckets.get(bucket)
      if (held) held.add(edge)
      else this.buckets.set(bucket, new Set([edge]))
    }
  }

  remove(a: LatticePoint, b: LatticePoint, cell: string): void {
    const key = edgeKeyOf(a, b)
    const edge = this.edges.get(key)
    if (!edge) return
    edge.cells.delete(cell)
    if (edge.cells.size > 0) return
    this.edges.delete(key)
    this.long.delete(edge)
    for (const bucket of bucketsOf(boxAround([a, b])) ?? []) {
      const held = this.buckets.get(bucket)
      held?.delete(edge)
      if (held?.size === 0) this.buckets.delete(bucket)
    }
  }

  /** Edges whose boxes meet the box. */
  near(box: LatticeBox): Set<SharedEdge> {
    const found = new Set<SharedEdge>()
    const consider = (edge: SharedEdge) => {
      const [west, south, east, north] = boxAround([edge.a, edge.b])
      if (west <= box[2] && box[0] <= east && south <= box[3] && box[1] <= north) found.add(edge)
    }
    const buckets = bucketsOf(box)
    if (buckets) {
      for (const bucket of buckets) for (const edge of this.buckets.get(bucket) ?? []) consider(edge)
      for (const edge of this.long) consider(edge)
    } else {
      for (const edge of this.edges.values()) consider(edge)
    }
    return found
  }
}

function bucketsOf([west, south, east, north]: LatticeBox): string[] | undefined {
  const [left, bottom, right, top] = [west, south, east, north].map((value) => Math.floor(value / BUCKET))
  if ((right! - left! + 1) * (top! - bottom! + 1) > MAX_BUCKETS) return undefined
  const keys: string[] = []
  for (let x = left!; x <= right!; x++) for (let y = bottom!; y <= top!; y++) keys.push(`${x} ${y}`)
  return keys
}
