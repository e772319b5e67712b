import type { StreetLinks } from './street-search.ts'
import type { StreetLengths } from './walk-graph.ts'

export interface ReducedStreets extends StreetLinks {
  /** By node of the graph: its number here, -1 where it was left out. */
  nodeOf: Int32Array
}

/**
 * A smaller network in which the nodes that are wanted are as far apart as in the graph: dead ends without a wanted node
 * go, and streets through nodes where two edges meet become one. `isWanted`: by node, 1 or 0.
 */
export function reduceStreets(graph: StreetLengths, isWanted: Uint8Array): ReducedStreets {
  const { nodeCount, edgeCount, edgeFrom, edgeTo, edgeMetres, linkStart, linkEdge } = graph
  const isGone = new Uint8Array(edgeCount)
  const degree = new Int32Array(nodeCount)
  for (let edge = 0; edge < edgeCount; edge++) {
    if (edgeFrom[edge] === edgeTo[edge]) isGone[edge] = 1
    else {
      degree[edgeFrom[edge]!]!++
      degree[edgeTo[edge]!]!++
    }
  }
  const otherEnd = (edge: number, node: number) => (edgeFrom[edge] === node ? edgeTo[edge]! : edgeFrom[edge]!)
  /** The first edge of a node that is still there, other than one. */
  const edgeBeside = (node: number, other: number): number => {
    for (let link = linkStart[node]!; link < linkStart[node + 1]!; link++) {
      const edge = linkEdge[link]!
      if (edge !== other && !isGone[edge]) return edge
    }
    return -1
  }
  for (let first = 0; first < nodeCount; first++)
    for (let node = first; degree[node] === 1 && !isWanted[node]; ) {
      const edge = edgeBeside(node, -1)
      isGone[edge] = 1
      degree[node] = 0
      node = otherEnd(edge, node)
      degree[node]!--
    }

  const nodeOf = new Int32Array(nodeCount).fill(-1)
  let kept = 0
  for (let node = 0; node < nodeCount; node++) if (isWanted[node] || degree[node]! > 2) nodeOf[node] = kept++
  const starts = new Int32Array(kept + 1)
  const nodes = new Int32Array(edgeCount * 2)
  const edges = new Int32Array(edgeCount * 2)
  const metres = new Float64Array(edgeCount * 2)
  let links = 0
  for (let start = 0; start < nodeCount; start++) {
    if (nodeOf[start] === -1) continue
    starts[nodeOf[start]!] = links
    for (let link = linkStart[start]!; link < linkStart[start + 1]!; link++) {
      let edge = linkEdge[link]!
      if (isGone[edge]) continue
      let node = otherEnd(edge, start)
      let sum = edgeMetres[edge]!
      while (nodeOf[node] === -1) {
        edge = edgeBeside(node, edge)
        node = otherEnd(edge, node)
        sum += edgeMetres[edge]!
      }
      if (node === start) continue
      nodes[links] = nodeOf[node]!
      edges[links] = edge
      metres[links++] = sum
    }
  }
  starts[kept] = links
  return {
    nodeCount: kept,
    linkStart: starts,
    linkNode: nodes.subarray(0, links),
    linkEdge: edges.subarray(0, links),
    linkMetres: metres.subarray(0, links),
    nodeOf,
  }
}
