import type { ReadNotes } from '../read-notes.ts'
import {
  type Assembled,
  type IntegerPolygon,
  type IntegerRing,
  polygonOfRelation,
  polygonOfWay,
} from './assemble-polygon.ts'
import { facilityKind } from './facility-kind.ts'
import type { OsmData, OsmRelation, OsmTags } from './osm-data.ts'
import { isBuilding, landcoverKind } from './read-tags.ts'

export interface Area {
  sourceId: string
  tags: OsmTags
  polygons: IntegerPolygon[]
}

const isArea = (tags: OsmTags): boolean => isBuilding(tags) || landcoverKind(tags) !== undefined

/** Closed ways and multipolygons that are a building or ground or hold a facility. */
export function* readAreas(data: OsmData, notes: ReadNotes): Generator<Area> {
  const holes = new Map<number, IntegerRing[]>()
  for (const relation of data.relations.values()) {
    if (!isArea(relation.tags) && !facilityKind(relation.tags)) {
      const untagged = oldStyle(relation, data, holes)
      if (!untagged) continue
      relation.tags = { ...untagged, type: 'multipolygon' }
    }
    const area = use(`osm:relation/${relation.id}`, relation.tags, polygonOfRelation(relation, data), notes)
    if (area) yield area
  }
  for (const { id, refs, tags } of data.ways.values()) {
    if (!tags || !(isArea(tags) || facilityKind(tags)) || isLine(tags, refs)) continue
    const area = use(`osm:way/${id}`, tags, polygonOfWay(refs, data), notes)
    const cut = holes.get(id)
    if (area && cut) area.polygons[0]!.push(...cut)
    if (area) yield area
  }
}

function use(sourceId: string, tags: OsmTags, assembled: Assembled, notes: ReadNotes): Area | undefined {
  if ('polygons' in assembled) return { sourceId, tags, polygons: assembled.polygons }
  const what = isBuilding(tags) ? 'building' : landcoverKind(tags) ? 'area' : 'facility'
  notes.skip(sourceId, `${what}: ${assembled.reason}`)
  return undefined
}

/**
 * Until about 2013 a multipolygon's tags stood on its outer way. With one closed outer way, that way stays the
 * feature and only its holes are taken from the relation; an outline of several ways gives its tags to the relation.
 */
function oldStyle(
  relation: OsmRelation,
  data: OsmData,
  holes: Map<number, IntegerRing[]>,
): OsmTags | undefined {
  const outers = relation.members
    .filter(({ role }) => role === 'outer' || role === '')
    .map(({ way }) => data.ways.get(way))
  const tagged = outers.find((way) => way?.tags && isArea(way.tags))
  if (!tagged) return undefined
  if (tagged.refs[0] !== tagged.refs[tagged.refs.length - 1]) return tagged.tags
  if (outers.length !== 1) return undefined
  const assembled = polygonOfRelation(relation, data)
  if ('polygons' in assembled && assembled.polygons.length === 1)
    holes.set(tagged.id, assembled.polygons[0]!.slice(1))
  return undefined
}

/** Pedestrian streets, fences with gates and running tracks are lines unless they are closed and say area=yes. */
function isLine(tags: OsmTags, refs: Float64Array): boolean {
  const closed = refs.length >= 4 && refs[0] === refs[refs.length - 1]
  if (isBuilding(tags)) return false
  if (tags.highway || tags.barrier) return !(closed && tags.area === 'yes')
  return tags.area === 'no' || (!closed && !isArea(tags)) || (!closed && tags.leisure === 'track')
}
