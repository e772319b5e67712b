import { segmentMetres } from './segment-metres.ts'
import { LATTICE, VertexTable } from './vertex-table.ts'
import type { RoadLine } from './walk-graph.ts'

interface KeptRoad {
  /** Numbers of places in the table, no two alike in a row. */
  vertices: Int32Array
  /** Of each stretch between them. */
  metres: Float64Array
}

/** The walkable roads of a network, with what is costly to find out about them kept: their places and lengths. */
export class RoadSet {
  private table = new VertexTable()
  private roads = new Map<number, KeptRoad>()

  get vertices(): VertexTable {
    return this.table
  }

  /** One that can be changed while this one stays. Forgets places without lines once they are the most. */
  copy(): RoadSet {
    const copy = new RoadSet()
    const { table } = this
    let live = 0
    for (let number = 0; number < table.count; number++) if (table.uses[number]! > 0) live++
    if (live * 2 >= table.count) {
      copy.table = table.copy()
      copy.roads = new Map(this.roads)
    } else {
      for (const [id, { vertices, metres }] of this.roads)
        copy.add(id, {
          vertices: vertices.map((number) => copy.table.numberOf(table.x[number]!, table.y[number]!)),
          metres,
        })
    }
    return copy
  }

  /** In place of a road with the same id. One that cannot be walked, or is but a point, is left out. */
  put({ id, coordinates, walkable }: RoadLine): void {
    this.remove(id)
    if (!walkable) return
    const { table } = this
    const vertices: number[] = []
    for (const [lng, lat] of coordinates) {
      const number = table.numberOf(Math.round(lng * LATTICE), Math.round(lat * LATTICE))
      if (number !== vertices.at(-1)) vertices.push(number)
    }
    if (vertices.length < 2) return
    const metres = new Float64Array(vertices.length - 1)
    for (let i = 0; i < metres.length; i++) {
      const [from, to] = [vertices[i]!, vertices[i + 1]!]
      metres[i] = segmentMetres(
        table.x[from]! / LATTICE,
        table.y[from]! / LATTICE,
        table.x[to]! / LATTICE,
        table.y[to]! / LATTICE,
      )
    }
    this.add(id, { vertices: Int32Array.from(vertices), metres })
  }

  remove(id: number): void {
    const road = this.roads.get(id)
    if (!road) return
    this.roads.delete(id)
    this.count(road, -1)
  }

  /** By id, ascending. */
  *inOrder(): Generator<[id: number, road: KeptRoad]> {
    for (const id of Float64Array.from(this.roads.keys()).sort()) yield [id, this.roads.get(id)!]
  }

  private add(id: number, road: KeptRoad): void {
    this.roads.set(id, road)
    this.count(road, 1)
  }

  private count({ vertices }: KeptRoad, by: 1 | -1): void {
    const { uses, ends } = this.table
    for (const number of vertices) uses[number]! += by
    ends[vertices[0]!]! += by
    ends[vertices.at(-1)!]! += by
  }
}
