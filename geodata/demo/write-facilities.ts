import type { FACILITY_STATUSES, FacilityKind } from '../facilities/facility.schema.ts'
import type { IncomingFeature } from '../shared/feature.ts'
import type { Vec } from './plane.ts'
import { createRandom, type Random } from './random.ts'
import { collectPoints, doorOf, pavementSpots } from './spots.ts'
import type { Site, Town } from './town.ts'
import type { PlacedBuilding } from './write-cells.ts'

interface Details {
  name?: string | null
  address?: string | null
  status?: (typeof FACILITY_STATUSES)[number]
  capacity?: number
  openingHours?: string
  works?: { title: string; startsOn: string; endsOn: string | null }
}
type Add = (kind: FacilityKind, at: Vec, details?: Details) => void

const ATTENDED_HOURS = '06:30-09:00,18:00-21:00'
const DAY = 86_400_000

/** Facilities where they would be: at gates and sheds, along streets, in shops, houses and towers. */
export function writeFacilities(
  town: Town,
  placed: readonly PlacedBuilding[],
  nowIso: string,
): IncomingFeature[] {
  const random = createRandom(town.seed, 4)
  const out = collectPoints('facilities')
  const now = Date.parse(nowIso)
  const day = (days: number) => new Date(now + days * DAY).toISOString().slice(0, 10)
  const add: Add = (kind, at, details = {}) =>
    out.add(at, {
      kind,
      name: details.name ?? null,
      address: details.address || null,
      status: details.status ?? (random.chance(0.965) ? 'in-service' : 'out-of-service'),
      capacity: details.capacity ?? null,
      openingHours: details.openingHours ?? null,
      works: details.works ?? null,
    })
  for (const site of town.sites) addAtSite(site, add, random, day)
  for (const building of placed) addAtBuilding(building, add, random)
  addAlongStreets(town, add, random)
  return out.features
}

function addAtSite(site: Site, add: Add, random: Random, day: (days: number) => string) {
  const { at, name, address } = site
  const beside: Vec = [at[0] + 3, at[1] + 2]
  switch (site.kind) {
    case 'gate':
      return add('gate', at, { name, address, status: 'in-service' })
    case 'waste': {
      const works = random.chance(0.08)
        ? { title: '投放点雨棚与照明改造', startsOn: day(-random.int(2, 20)), endsOn: day(random.int(5, 40)) }
        : undefined
      const status = works && random.chance(0.5) ? 'out-of-service' : 'in-service'
      return add('waste-station', at, {
        name: `${name}垃圾投放点`,
        address,
        openingHours: ATTENDED_HOURS,
        capacity: random.int(4, 8),
        status,
        ...(works && { works }),
      })
    }
    case 'ebikes':
      add('ebike-charger', at, { name: `${name}充电棚`, address, capacity: random.int(2, 6) * 10 })
      return random.chance(0.4)
        ? add('extinguisher', beside, { name: `${name}车棚灭火器`, address })
        : undefined
    case 'school':
      add('school', at, { name, address, status: 'in-service' })
      return add('aed', beside, { name: `${name}AED`, address })
    case 'kindergarten':
      return add('kindergarten', at, { name, address, status: 'in-service' })
    case 'hospital':
      add('clinic', at, { name, address, status: 'in-service', openingHours: '24/7' })
      add('parking', beside, { name: `${name}停车场`, address, capacity: random.int(80, 240) })
      return add('aed', [at[0] - 4, at[1]], { name: `${name}AED`, address })
    case 'market':
      add('market', at, { name, address, status: 'in-service', openingHours: '05:30-18:30' })
      add('toilet', beside, { name: `${name}公厕`, address })
      return add('aed', [at[0] - 4, at[1]], { name: `${name}AED`, address })
    case 'square':
      add('parking', at, { name: `${name}停车场`, address, capacity: random.int(120, 420) })
      return add('car-charger', beside, { name: `${name}充电桩`, address, capacity: random.int(6, 24) })
    case 'industry':
      return add('parking', at, { name: `${name}停车场`, address, capacity: random.int(60, 160) })
    case 'green':
      return add('culture', at, { name: `${name}健身点`, address })
    default:
      return
  }
}

const PREMISES: [FacilityKind, string, number][] = [
  ['shop', '便利店', 0.2],
  ['restaurant', '面馆', 0.36],
  ['pharmacy', '大药房', 0.42],
  ['shop', '水果店', 0.52],
  ['bank', '银行网点', 0.55],
  ['bicycle-parking', '非机动车停放点', 0.62],
]

function addAtBuilding({ draft, community }: PlacedBuilding, add: Add, random: Random) {
  const at = doorOf(draft)
  const { address } = draft
  if (draft.role === 'service-centre') {
    add('service-centre', at, {
      name: draft.name,
      address,
      status: 'in-service',
      openingHours: '08:30-17:30',
    })
    add('aed', [at[0] + 1, at[1] + 1], { name: `${community.name}社区AED`, address, status: 'in-service' })
    if (random.chance(0.5))
      add('clinic', [at[0] - 1, at[1] - 1], { name: `${community.name}卫生服务站`, address })
    if (random.chance(0.4)) add('police', [at[0] + 2, at[1]], { name: `${community.name}警务室`, address })
    if (random.chance(0.5))
      add('elderly-care', [at[0], at[1] + 2], { name: `${community.name}日间照料中心`, address })
    return
  }
  if ((draft.role === 'tower' || draft.role === 'slab') && draft.floors >= 7) {
    add('lift', at, { name: address ? `${address}电梯` : `${draft.name}电梯`, address })
  }
  if (draft.role === 'shop') {
    const roll = random.next()
    const premises = PREMISES.find(([, , upTo]) => roll < upTo)
    if (premises) add(premises[0], at, { name: `${community.name}${premises[1]}`, address })
    if (random.chance(0.18)) add('extinguisher', [at[0] + 0.6, at[1]], { name: null, address })
  }
  const alarms = community.isVillage ? 0.34 : 0.12
  if (draft.role === 'house' && random.chance(alarms)) add('smoke-alarm', at, { name: null, address })
  if (draft.role === 'house' && draft.use === 'mixed')
    add('shop', at, { name: `${community.name}小店`, address })
}

function addAlongStreets(town: Town, add: Add, random: Random) {
  for (const { face, kind, grids } of town.communities.flatMap((community) => community.blocks)) {
    if (kind === 'bank') continue
    if (kind !== 'lanes' && kind !== 'village') {
      for (const { at, street } of pavementSpots(town, face, ['main', 'minor'], 170)) {
        add('fire-hydrant', at, { name: `${street}消火栓`, address: street })
      }
      for (const { at, street } of pavementSpots(town, face, ['main'], 330)) {
        if (random.chance(0.7))
          add('bus-stop', at, { name: `${street}站`, address: street, status: 'in-service' })
      }
      continue
    }
    for (const micro of grids.flatMap((grid) => grid.micros)) {
      const spots = micro.faces.flatMap((each) =>
        pavementSpots(town, each, ['path', 'service', 'minor', 'main'], 60),
      )
      if (spots.length === 0) continue
      const { at, street } = random.pick(spots)
      add('waste-station', at, {
        name: `${street}垃圾投放点`,
        address: street,
        openingHours: ATTENDED_HOURS,
        capacity: random.int(3, 6),
      })
      if (random.chance(0.5))
        add('fire-hydrant', random.pick(spots).at, { name: `${street}消火栓`, address: street })
      if (random.chance(0.18))
        add('toilet', random.pick(spots).at, { name: `${street}公厕`, address: street })
      if (random.chance(0.35)) {
        add('ebike-charger', random.pick(spots).at, {
          name: `${street}充电点`,
          address: street,
          capacity: random.int(8, 24),
        })
      }
    }
  }
}
