import {
  MOST_PARTS,
  type NetworkFigures,
  SMALL_SHARE,
  type StreetPartFeatures,
} from '../../geodata/network/network.schema.ts'
import { addEdge, emptyPart, type StreetPart } from '../../geodata/network/parts.ts'
import type { WalkGraph } from '../../geodata/network/walk-graph.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { partsOf } from './network.ts'
import type { LoadedNetwork } from './resident-network.ts'

/** Ids of the roads that may be told of; undefined: all. */
type Told = ReadonlySet<number> | undefined

/** Length and connected parts. Of roads that may not be told of nothing counts, but ways over them connect. */
export function describeNetwork({ graph, version }: LoadedNetwork, told: Told): NetworkFigures {
  const { found, metres } = partsToTell(graph, told)
  return {
    version,
    edges: found.reduce((sum, [, { edges }]) => sum + edges, 0),
    metres,
    partsTotal: found.length,
    parts: found.slice(0, MOST_PARTS).map(([number, part]) => figuresOf(number, part, metres)),
  }
}

/** The small parts that no street joins to the largest, as lines. */
export function drawParts({ graph, version }: LoadedNetwork, told: Told): StreetPartFeatures {
  const { found, metres } = partsToTell(graph, told)
  const drawn = new Map(
    found
      .filter(([number, part]) => number > 0 && part.metres <= metres * SMALL_SHARE)
      .slice(0, MOST_PARTS)
      .map(([number, part]) => [number, { part, lines: [] as LngLat[][], roadIds: new Set<number>() }]),
  )
  const { partOfEdge } = partsOf(graph)
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const into = drawn.get(partOfEdge[edge]!)
    if (!into || !isTold(told, graph, edge)) continue
    into.lines.push(lineOf(graph, edge))
    into.roadIds.add(graph.edgeRoad[edge]!)
  }
  return {
    type: 'FeatureCollection',
    version,
    partsTotal: found.length,
    features: [...drawn].map(([number, { part, lines, roadIds }]) => ({
      type: 'Feature',
      id: number,
      geometry: { type: 'MultiLineString', coordinates: lines },
      properties: { ...figuresOf(number, part, metres), roadIds: [...roadIds] },
    })),
  }
}

/** Parts by their number in the whole network, each with what of it may be told, and the metres of all. */
function partsToTell(graph: WalkGraph, told: Told) {
  const { parts, partOfEdge } = partsOf(graph)
  let figures = parts
  if (told) {
    figures = parts.map(emptyPart)
    for (let edge = 0; edge < graph.edgeCount; edge++)
      if (isTold(told, graph, edge)) addEdge(figures[partOfEdge[edge]!]!, graph, edge)
  }
  const found = [...figures.entries()].filter(([, { edges }]) => edges > 0)
  return { found, metres: found.reduce((sum, [, part]) => sum + part.metres, 0) }
}

const isTold = (told: Told, { edgeRoad }: WalkGraph, edge: number) => !told || told.has(edgeRoad[edge]!)

const figuresOf = (part: number, { metres, bbox }: StreetPart, all: number) => ({
  part,
  metres: Math.round(metres * 1000) / 1000,
  share: all === 0 ? 0 : metres / all,
  bbox,
})

function lineOf({ pointStart, pointLng, pointLat }: WalkGraph, edge: number): LngLat[] {
  const line: LngLat[] = []
  for (let point = pointStart[edge]!; point < pointStart[edge + 1]!; point++)
    line.push([pointLng[point]!, pointLat[point]!])
  return line
}
