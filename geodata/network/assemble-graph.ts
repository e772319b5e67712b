import type { RoadSet } from './road-set.ts'
import { LATTICE } from './vertex-table.ts'
import type { WalkGraph } from './walk-graph.ts'

/** Cuts roads into edges at their nodes and links the nodes (compressed sparse rows). The set must not change afterwards. */
export function assembleGraph(roads: RoadSet): WalkGraph {
  const { vertices: table } = roads
  const ordered = [...roads.inOrder()]
  let edgeCount = 0
  let pointCount = 0
  for (const [, { vertices }] of ordered) {
    for (let i = 1; i < vertices.length; i++)
      if (i === vertices.length - 1 || table.isNode(vertices[i]!)) edgeCount++
    pointCount += vertices.length
  }
  // Every edge after the first of its road repeats a point.
  pointCount += edgeCount - ordered.length

  const edgeFrom = new Int32Array(edgeCount)
  const edgeTo = new Int32Array(edgeCount)
  const edgeMetres = new Float64Array(edgeCount)
  const edgeRoad = new Float64Array(edgeCount)
  const pointStart = new Int32Array(edgeCount + 1)
  const pointLng = new Float64Array(pointCount)
  const pointLat = new Float64Array(pointCount)
  const pointMetres = new Float64Array(pointCount)
  const nodeOf = new Int32Array(table.count).fill(-1)
  let nodeCount = 0
  let edge = 0
  let point = 0

  const addPoint = (vertex: number, metres: number) => {
    pointLng[point] = table.x[vertex]! / LATTICE
    pointLat[point] = table.y[vertex]! / LATTICE
    pointMetres[point++] = metres
  }
  const node = (vertex: number): number => {
    if (nodeOf[vertex] === -1) nodeOf[vertex] = nodeCount++
    return nodeOf[vertex]!
  }
  for (const [id, { vertices, metres }] of ordered) {
    let along = 0
    let begins = true
    for (let i = 0; i < vertices.length - 1; i++) {
      if (begins) {
        pointStart[edge] = point
        edgeRoad[edge] = id
        edgeFrom[edge] = node(vertices[i]!)
        addPoint(vertices[i]!, 0)
        begins = false
      }
      along += metres[i]!
      const next = vertices[i + 1]!
      addPoint(next, along)
      if (i + 2 < vertices.length && !table.isNode(next)) continue
      edgeTo[edge] = node(next)
      edgeMetres[edge++] = along
      along = 0
      begins = true
    }
  }
  pointStart[edge] = point

  const linkStart = new Int32Array(nodeCount + 1)
  for (const ends of [edgeFrom, edgeTo]) for (const end of ends) linkStart[end + 1]!++
  for (let i = 0; i < nodeCount; i++) linkStart[i + 1]! += linkStart[i]!
  const linkNode = new Int32Array(edgeCount * 2)
  const linkEdge = new Int32Array(edgeCount * 2)
  const linkMetres = new Float64Array(edgeCount * 2)
  const next = linkStart.slice()
  const link = (from: number, to: number, of: number) => {
    const at = next[from]!++
    linkNode[at] = to
    linkEdge[at] = of
    linkMetres[at] = edgeMetres[of]!
  }
  for (let i = 0; i < edgeCount; i++) {
    link(edgeFrom[i]!, edgeTo[i]!, i)
    link(edgeTo[i]!, edgeFrom[i]!, i)
  }
  return {
    nodeCount,
    edgeCount,
    edgeFrom,
    edgeTo,
    edgeMetres,
    edgeRoad,
    pointStart,
    pointLng,
    pointLat,
    pointMetres,
    linkStart,
    linkNode,
    linkEdge,
    linkMetres,
    roads,
  }
}
