import { LAYERS } from '../../layers.ts'
import type { IncomingFeature } from '../../shared/feature.ts'
import type { LngLat } from '../../shared/geojson.ts'
import type { LayerId } from '../../shared/layer.ts'
import { normaliseGeometry } from '../../shared/normalise-geometry.ts'
import { measureNetwork, type NetworkFigures } from '../measure-network.ts'
import type { ReadNotes } from '../read-notes.ts'
import { type Area, readAreas } from './areas.ts'
import { pointInside } from './assemble-polygon.ts'
import { facilityKind } from './facility-kind.ts'
import { nodeRoads } from './node-roads.ts'
import type { OsmData, OsmTags } from './osm-data.ts'
import {
  addressOf,
  buildingUse,
  clean,
  floors,
  heightMetres,
  isBuilding,
  isNamedResidential,
  landcoverKind,
  nameOf,
  roadOf,
  wholeNumber,
} from './read-tags.ts'

export type OsmLayer = 'communities' | 'buildings' | 'landcover' | 'roads' | 'facilities'

export interface OsmLayers {
  /** Communities have no code yet: that depends on what the database holds. */
  layers: Record<OsmLayer, IncomingFeature[]>
  network: NetworkFigures
  /** Ids of all ways in the file, by which stale road segments are found. */
  wayIds: Float64Array
}

/**
 * Maps OpenStreetMap data to Gridward's layers.
 * - buildings: closed ways and multipolygons with `building` other than `no` (not `building:part`, not the relations
 *   of type `building` that group an outline with its parts)
 * - roads: ways with a `highway` that people or vehicles use, cut at shared nodes
 * - facilities: nodes, and a point inside areas, with a tag of the catalogue
 * - landcover: water, green, sport, campuses, industrial land, squares, named residential areas
 * - communities: named residential areas
 * What cannot be used is named in `notes`. Source ids are `osm:node/1`, `osm:way/1`, `osm:relation/1`,
 * `osm:way/1#0` for road segments and `osm:way/1#facility` for the point of an area.
 */
export function osmToLayers(data: OsmData, notes: ReadNotes): OsmLayers {
  const layers: OsmLayers['layers'] = {
    communities: [],
    buildings: [],
    landcover: [],
    roads: [],
    facilities: [],
  }
  const add = (layer: OsmLayer, sourceId: string, geometry: unknown, properties: Record<string, unknown>) => {
    const feature = checked(layer, sourceId, geometry, properties, notes)
    if (feature) layers[layer].push(feature)
  }
  for (const [id, tags] of data.taggedNodes) {
    const properties = facilityProperties(tags)
    if (properties) add('facilities', `osm:node/${id}`, point(data.position(id)!), properties)
  }
  for (const area of readAreas(data, notes)) addArea(area, add)
  const network = addRoads(data, notes, add)
  notes.note('OSM nodes without a usable position were left out', data.counts.withoutPosition)
  return { layers, network, wayIds: Float64Array.from(data.ways.keys()) }
}

type Add = (layer: OsmLayer, sourceId: string, geometry: unknown, properties: Record<string, unknown>) => void

function addArea({ sourceId, tags, polygons }: Area, add: Add): void {
  const geometry = {
    type: 'MultiPolygon',
    coordinates: polygons.map((rings) => rings.map((ring) => ring.map(degrees))),
  }
  if (isBuilding(tags)) add('buildings', sourceId, geometry, buildingProperties(tags))
  const kind = landcoverKind(tags)
  if (kind) add('landcover', sourceId, geometry, { kind, name: nameOf(tags) })
  if (isNamedResidential(tags)) add('communities', sourceId, geometry, { name: nameOf(tags) })
  const facility = facilityProperties(tags)
  if (facility) add('facilities', `${sourceId}#facility`, point(pointInside(polygons)), facility)
}

function addRoads(data: OsmData, notes: ReadNotes, add: Add): NetworkFigures {
  const ways = [...data.ways.values()].filter(
    ({ tags }) => tags && roadOf(tags) && !(tags.area === 'yes' && tags.highway !== undefined),
  )
  const { segments, cutOff, movedApart } = nodeRoads(ways, data)
  for (const { sourceId, tags, coordinates } of segments)
    add('roads', sourceId, { type: 'LineString', coordinates }, { name: nameOf(tags), ...roadOf(tags)! })
  notes.note('roads leave the extract; the stretches inside it are kept', cutOff)
  notes.note(
    'road ends on different levels at the same position were moved apart by a centimetre',
    movedApart,
  )
  return measureNetwork(
    segments.map(({ tags, coordinates }) => ({ coordinates, walkable: roadOf(tags)!.walkable })),
  )
}

function buildingProperties(tags: OsmTags): Record<string, unknown> {
  return {
    name: nameOf(tags) ?? clean(tags['addr:housename'], 120),
    address: addressOf(tags),
    use: buildingUse(tags),
    floors: floors(tags) ?? null,
    heightMetres: heightMetres(tags) ?? null,
    households: wholeNumber(tags['building:flats']) ?? null,
  }
}

function facilityProperties(tags: OsmTags): Record<string, unknown> | undefined {
  const kind = facilityKind(tags)
  if (!kind) return undefined
  return {
    kind,
    name: nameOf(tags),
    address: addressOf(tags),
    capacity: wholeNumber(tags.capacity) ?? null,
    openingHours: clean(tags.opening_hours, 200),
  }
}

/** Fills in the schema's defaults; a code, which a community gets later, is not asked for here. */
function checked(
  layer: OsmLayer,
  sourceId: string,
  value: unknown,
  properties: Record<string, unknown>,
  notes: ReadNotes,
): IncomingFeature | undefined {
  const result = normaliseGeometry(value, LAYERS[layer satisfies LayerId].geometry)
  if (!result.ok) {
    notes.skip(sourceId, `${layer}: ${result.reason}`, `${layer}: its shape cannot be used`)
    return undefined
  }
  const schema = layer === 'communities' ? LAYERS.communities.input.omit({ code: true }) : LAYERS[layer].input
  return { sourceId, geometry: result.geometry, properties: schema.parse(properties) }
}

const degrees = ([lng, lat]: [number, number]): LngLat => [lng / 1e7, lat / 1e7]
const point = (position: [number, number]) => ({ type: 'Point', coordinates: degrees(position) })
