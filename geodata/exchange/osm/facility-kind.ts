import type { FacilityKind } from '../../facilities/facility.schema.ts'
import type { OsmTags } from './osm-data.ts'

const table = (lists: Partial<Record<FacilityKind, string>>): Map<string, FacilityKind> =>
  new Map(
    Object.entries(lists).flatMap(([kind, values]) =>
      values.split(/\s+/).map((value): [string, FacilityKind] => [value, kind as FacilityKind]),
    ),
  )

const OF_AMENITY = table({
  'waste-station': 'recycling waste_disposal waste_transfer_station',
  'service-centre': 'townhall community_centre social_centre',
  police: 'police',
  clinic: 'clinic doctors hospital dentist',
  pharmacy: 'pharmacy',
  school: 'school college university',
  kindergarten: 'kindergarten childcare',
  'elderly-care': 'social_facility nursing_home',
  market: 'marketplace',
  restaurant: 'restaurant cafe fast_food bar pub food_court ice_cream biergarten canteen',
  bank: 'bank atm bureau_de_change',
  parking: 'parking',
  'bicycle-parking': 'bicycle_parking bicycle_rental motorcycle_parking',
  toilet: 'toilets',
  'bus-stop': 'bus_station',
  worship: 'place_of_worship',
  culture: 'library theatre cinema arts_centre',
  other: `post_office fuel fire_station courthouse car_wash nightclub veterinary language_school driving_school
    music_school internet_cafe car_rental studio conference_centre events_venue public_bath ferry_terminal`,
})
const OF_EMERGENCY = table({
  'fire-hydrant': 'fire_hydrant',
  extinguisher: 'fire_extinguisher',
  aed: 'defibrillator',
})
const OF_BARRIER = table({ gate: 'gate lift_gate swing_gate sliding_gate' })
const OF_LEISURE = table({ culture: 'sports_centre fitness_centre sports_hall stadium swimming_area' })
const OF_TOURISM = table({ culture: 'museum gallery', other: 'hotel guest_house hostel motel' })
const NOT_A_SHOP = new Set(['no', 'vacant', 'disused'])

/** The facility that a node or area is, by its most telling tag; undefined when it is none that Gridward keeps. */
export function facilityKind(tags: OsmTags): FacilityKind | undefined {
  const emergency = OF_EMERGENCY.get(tags.emergency ?? '')
  if (emergency) return emergency
  if (tags.amenity === 'charging_station') return charger(tags)
  const amenity = OF_AMENITY.get(tags.amenity ?? '')
  if (amenity) return amenity
  if (tags.healthcare === 'pharmacy') return 'pharmacy'
  if (tags.shop && !NOT_A_SHOP.has(tags.shop)) return tags.shop === 'marketplace' ? 'market' : 'shop'
  if (tags.highway === 'bus_stop') return 'bus-stop'
  if (tags.highway === 'elevator') return 'lift'
  if (tags.office === 'government') return 'service-centre'
  return (
    OF_BARRIER.get(tags.barrier ?? '') ??
    OF_TOURISM.get(tags.tourism ?? '') ??
    OF_LEISURE.get(tags.leisure ?? '') ??
    (tags.healthcare ? 'clinic' : undefined)
  )
}

function charger(tags: OsmTags): FacilityKind {
  const forBicycles = tags.bicycle === 'yes' || tags.scooter === 'yes'
  return forBicycles && tags.motorcar !== 'yes' ? 'ebike-charger' : 'car-charger'
}
