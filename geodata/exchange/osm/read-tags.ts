import type { BUILDING_USES } from '../../places/building.schema.ts'
import type { LANDCOVER_KINDS } from '../../places/landcover.schema.ts'
import type { ROAD_KINDS } from '../../places/road.schema.ts'
import { cleanText } from '../../shared/clean-text.ts'
import type { OsmTags } from './osm-data.ts'

type BuildingUse = (typeof BUILDING_USES)[number]
type LandcoverKind = (typeof LANDCOVER_KINDS)[number]
type RoadKind = (typeof ROAD_KINDS)[number]

/** A table of `value value value` lists turned round: OSM value → ours. */
const table = <T extends string>(lists: Partial<Record<T, string>>): Map<string, T> =>
  new Map(
    Object.entries(lists).flatMap(([kind, values]) =>
      (values as string).split(/\s+/).map((value): [string, T] => [value, kind as T]),
    ),
  )

const USE_OF_BUILDING = table<BuildingUse>({
  residential:
    'apartments residential house detached semidetached_house terrace bungalow dormitory farm cabin villa houseboat',
  commercial: 'commercial retail supermarket kiosk shop mall hotel',
  office: 'office',
  industrial: 'industrial factory manufacture',
  warehouse: 'warehouse hangar',
  school: 'school university college kindergarten',
  hospital: 'hospital clinic',
  public:
    'public civic government train_station transportation stadium sports_hall sports_centre museum library fire_station',
  religious: 'church chapel cathedral mosque temple synagogue shrine monastery religious pagoda',
  utility:
    'garage garages carport parking shed service transformer_tower water_tower storage_tank silo greenhouse',
  mixed: 'mixed mixed_use',
})

const USE_OF_AMENITY = table<BuildingUse>({
  school: 'school university college kindergarten',
  hospital: 'hospital clinic doctors',
  religious: 'place_of_worship',
  commercial: 'restaurant cafe fast_food bar pub bank marketplace cinema',
  public: 'townhall library community_centre police fire_station theatre post_office courthouse arts_centre',
  utility: 'parking bicycle_parking',
})

/** `building=yes` says nothing, so what happens inside decides. */
export function buildingUse(tags: OsmTags): BuildingUse {
  const own = USE_OF_BUILDING.get(tags['building:use'] ?? '') ?? USE_OF_BUILDING.get(tags.building ?? '')
  if (own) return own
  const amenity = USE_OF_AMENITY.get(tags.amenity ?? '')
  if (amenity) return amenity
  if (tags.shop || tags.tourism === 'hotel') return 'commercial'
  if (tags.office) return 'office'
  return 'other'
}

/** Whole floors above ground; undefined when the tag cannot be read as 0–200. */
export function floors(tags: OsmTags): number | undefined {
  const levels = Number(tags['building:levels'])
  return tags['building:levels'] && levels >= 0 && levels <= 200 ? Math.round(levels) : undefined
}

/** Metres; OSM heights are metres unless they say ft or '. */
export function heightMetres(tags: OsmTags): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*(m|ft|')?$/.exec(tags.height ?? '')
  if (!match) return undefined
  const metres = Number(match[1]) * (match[2] && match[2] !== 'm' ? 0.3048 : 1)
  return metres <= 1000 ? Math.round(metres * 100) / 100 : undefined
}

export function wholeNumber(value: string | undefined): number | undefined {
  return value && /^\d{1,7}$/.test(value) ? Number(value) : undefined
}

export const nameOf = (tags: OsmTags): string | null =>
  clean(tags.name ?? tags['name:zh'] ?? tags['name:en'], 120)

/** Chinese addresses run from street to number without a space: 四平路1239号. */
export function addressOf(tags: OsmTags): string | null {
  const full = clean(tags['addr:full'], 200)
  if (full) return full
  const street = tags['addr:street'] ?? tags['addr:place']
  const number = tags['addr:housenumber']
  if (!street) return clean(number, 200)
  if (!number) return clean(street, 200)
  const chinese = /\p{Script=Han}/u.test(street)
  return clean(
    chinese ? `${street}${/^\d+$/.test(number) ? `${number}号` : number}` : `${street} ${number}`,
    200,
  )
}

export function clean(value: string | undefined, max: number): string | null {
  return cleanText(value?.replace(/\p{Cc}+/gu, ' ').trim() ?? '', max) || null
}

const KIND_OF_HIGHWAY = table<RoadKind>({
  main: `motorway motorway_link trunk trunk_link primary primary_link secondary secondary_link tertiary tertiary_link
    busway`,
  minor: 'unclassified residential living_street road',
  service: 'service',
  path: 'footway path pedestrian cycleway track bridleway corridor',
  steps: 'steps',
})
const FAST = new Set(['motorway', 'motorway_link', 'trunk', 'trunk_link', 'busway'])
const YES = new Set(['yes', 'designated', 'permissive', 'official', 'both', 'left', 'right', 'separate'])

/**
 * Motorways, trunk roads and busways are walkable only with a pavement or an explicit foot=yes. access=no and foot=no
 * close a road; access=private does not, because the people who walk rounds go into estates and campuses.
 */
export function roadOf(tags: OsmTags): { kind: RoadKind; walkable: boolean } | undefined {
  const kind = KIND_OF_HIGHWAY.get(tags.highway ?? '')
  if (!kind) return undefined
  const footAllowed = YES.has(tags.foot ?? '')
  const closed = tags.foot === 'no' || (tags.access === 'no' && !footAllowed)
  const fast = FAST.has(tags.highway!) || tags.motorroad === 'yes'
  return { kind, walkable: !closed && (!fast || footAllowed || YES.has(tags.sidewalk ?? '')) }
}

const LANDCOVER: [key: string, kinds: Map<string, LandcoverKind>][] = [
  ['natural', table<LandcoverKind>({ water: 'water', green: 'wood scrub grassland heath' })],
  ['waterway', table<LandcoverKind>({ water: 'riverbank dock' })],
  [
    'leisure',
    table<LandcoverKind>({
      green: 'park garden dog_park nature_reserve',
      sport: 'pitch track stadium sports_centre playground golf_course',
      water: 'swimming_pool',
    }),
  ],
  ['amenity', table<LandcoverKind>({ campus: 'school university college kindergarten hospital' })],
  ['place', table<LandcoverKind>({ square: 'square' })],
  [
    'landuse',
    table<LandcoverKind>({
      water: 'reservoir basin',
      green:
        'grass forest meadow recreation_ground village_green cemetery allotments flowerbed orchard vineyard',
      campus: 'education',
      industrial: 'industrial port railway depot',
    }),
  ],
]

/** What the ground is, or undefined. Residential areas count when they have a name; buildings are not ground. */
export function landcoverKind(tags: OsmTags): LandcoverKind | undefined {
  if (isBuilding(tags)) return undefined
  for (const [key, kinds] of LANDCOVER) {
    const kind = kinds.get(tags[key] ?? '')
    if (kind) return kind
  }
  if (tags.highway === 'pedestrian') return 'square'
  return isNamedResidential(tags) ? 'estate' : undefined
}

export const isBuilding = (tags: OsmTags): boolean => !!tags.building && tags.building !== 'no'
export const isNamedResidential = (tags: OsmTags): boolean =>
  tags.landuse === 'residential' && nameOf(tags) !== null
