import type { Bbox } from '../shared/geojson.ts'
import type { WalkGraph } from './walk-graph.ts'

export interface StreetPart {
  metres: number
  edges: number
  bbox: Bbox
}

export interface StreetParts {
  /** Largest first; of equals that with the lowest edge. */
  parts: StreetPart[]
  /** By edge: its part. */
  partOfEdge: Int32Array
}

/** The parts of a network between which no street leads. */
export function parts(graph: WalkGraph): StreetParts {
  const { nodeCount, edgeCount, edgeFrom, linkStart, linkNode } = graph
  const partOfNode = new Int32Array(nodeCount).fill(-1)
  const found: StreetPart[] = []
  const partOfEdge = new Int32Array(edgeCount)
  const waiting: number[] = []
  for (let edge = 0; edge < edgeCount; edge++) {
    const start = edgeFrom[edge]!
    if (partOfNode[start] === -1) {
      const part = found.push(emptyPart()) - 1
      partOfNode[start] = part
      waiting.push(start)
      for (let node = waiting.pop(); node !== undefined; node = waiting.pop())
        for (let link = linkStart[node]!; link < linkStart[node + 1]!; link++) {
          const other = linkNode[link]!
          if (partOfNode[other] !== -1) continue
          partOfNode[other] = part
          waiting.push(other)
        }
    }
    partOfEdge[edge] = partOfNode[start]!
    addEdge(found[partOfEdge[edge]!]!, graph, edge)
  }
  const order = found.map((_, part) => part).sort((a, b) => found[b]!.metres - found[a]!.metres || a - b)
  const place = new Int32Array(found.length)
  for (const [at, part] of order.entries()) place[part] = at
  return { parts: order.map((part) => found[part]!), partOfEdge: partOfEdge.map((part) => place[part]!) }
}

export const emptyPart = (): StreetPart => ({ metres: 0, edges: 0, bbox: [180, 90, -180, -90] })

/** Counts an edge into a part. */
export function addEdge(part: StreetPart, graph: WalkGraph, edge: number): void {
  const { edgeMetres, pointStart, pointLng, pointLat } = graph
  const { bbox } = part
  part.edges++
  part.metres += edgeMetres[edge]!
  for (let point = pointStart[edge]!; point < pointStart[edge + 1]!; point++) {
    bbox[0] = Math.min(bbox[0], pointLng[point]!)
    bbox[1] = Math.min(bbox[1], pointLat[point]!)
    bbox[2] = Math.max(bbox[2], pointLng[point]!)
    bbox[3] = Math.max(bbox[3], pointLat[point]!)
  }
}
