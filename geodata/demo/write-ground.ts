import type { IncomingFeature } from '../shared/feature.ts'
import { toLngLat, toMultiPolygon, withoutTwins } from './to-lng-lat.ts'
import type { Town } from './town.ts'
import { traceRoads } from './trace-roads.ts'

export const writeRoads = (town: Town): IncomingFeature[] =>
  traceRoads(town.mesh).map(({ nodes, edge }, i) => ({
    sourceId: `demo:roads/${i + 1}`,
    geometry: { type: 'LineString', coordinates: nodes.map((node) => toLngLat(town.mesh.nodes[node]!)) },
    properties: { name: edge.name, kind: edge.kind, walkable: true },
  }))

export const writeLandcover = (town: Town): IncomingFeature[] =>
  town.landcover.map(({ kind, name, rings }, i) => ({
    sourceId: `demo:landcover/${i + 1}`,
    geometry: toMultiPolygon([rings.map(withoutTwins)]),
    properties: { kind, name },
  }))
