import type { RISKS, SiteType } from '../patrols/checkpoint.schema.ts'
import type { IncomingFeature } from '../shared/feature.ts'
import type { Vec } from './plane.ts'
import { createRandom } from './random.ts'
import { collectPoints, doorOf, pavementSpots } from './spots.ts'
import type { SiteKind, Town } from './town.ts'
import type { PlacedBuilding } from './write-cells.ts'

interface Norm {
  siteType: SiteType
  risk: (typeof RISKS)[number]
  intervalMinutes: number
  graceMinutes: number
  serviceMinutes: number
  windows: string[]
}

const HOUR = 60
const DAY = 24 * HOUR
const norm = (
  siteType: SiteType,
  risk: Norm['risk'],
  intervalMinutes: number,
  graceMinutes: number,
  serviceMinutes: number,
  ...windows: string[]
): Norm => ({ siteType, risk, intervalMinutes, graceMinutes, serviceMinutes, windows })

/** Visit norms as domain notes give them: two rounds a day for gates and waste stations, venues every two hours. */
const AT_SITE: Partial<Record<SiteKind, { norm: Norm; suffix: string }>> = {
  gate: { norm: norm('estate-gate', 'low', 12 * HOUR, 2 * HOUR, 5, '06:00-22:00'), suffix: '' },
  waste: {
    norm: norm('waste-station', 'low', 12 * HOUR, 2 * HOUR, 5, '06:30-09:00', '18:00-21:00'),
    suffix: '垃圾投放点',
  },
  ebikes: { norm: norm('ebike-shed', 'medium', DAY, 6 * HOUR, 6, '19:00-23:00'), suffix: '电动自行车棚' },
  school: {
    norm: norm('school', 'medium', DAY, 2 * HOUR, 20, '07:00-08:10', '15:20-16:50'),
    suffix: '校门周边',
  },
  kindergarten: {
    norm: norm('school', 'medium', DAY, 2 * HOUR, 15, '07:30-08:40', '15:40-17:00'),
    suffix: '门口',
  },
  market: { norm: norm('crowded-venue', 'high', 2 * HOUR, 30, 15, '05:30-18:30'), suffix: '' },
  hospital: { norm: norm('crowded-venue', 'high', 2 * HOUR, 30, 10, '07:00-21:00'), suffix: '' },
  waterside: { norm: norm('waterside', 'high', DAY, 4 * HOUR, 8, '06:00-21:00'), suffix: '临水点' },
  industry: {
    norm: norm('construction-site', 'medium', 7 * DAY, DAY, 30, '08:00-17:00'),
    suffix: '扩建工地',
  },
  square: { norm: norm('crowded-venue', 'medium', 4 * HOUR, HOUR, 10, '10:00-22:00'), suffix: '' },
}
const FIRE_LANE = norm('fire-lane', 'medium', 2 * DAY, 12 * HOUR, 5)
const SHOP = norm('small-premises', 'medium', 30 * DAY, 3 * DAY, 15, '09:00-21:00')
const SHOP_WITH_HOME = norm('small-premises', 'high', 7 * DAY, DAY, 20, '09:00-21:00')
const RENTED = norm('rented-housing', 'medium', 15 * DAY, 3 * DAY, 15, '09:00-20:30')

/** Places to be visited, with risk, interval and hours. */
export function writeCheckpoints(town: Town, placed: readonly PlacedBuilding[]): IncomingFeature[] {
  const random = createRandom(town.seed, 5)
  const out = collectPoints('checkpoints')
  const add = (at: Vec, name: string, { windows, ...rest }: Norm) =>
    out.add(at, {
      name,
      ...rest,
      timeWindows: windows.map((window) => ({ from: window.slice(0, 5), to: window.slice(6) })),
    })
  for (const site of town.sites) {
    const rule = AT_SITE[site.kind]
    if (rule) add(site.at, site.name + rule.suffix, rule.norm)
  }
  for (const { draft, community } of placed) {
    const name = draft.address ?? draft.name ?? community.name
    if (draft.role === 'shop' && random.chance(0.16)) {
      add(doorOf(draft), `${name}小场所`, draft.use === 'mixed' ? SHOP_WITH_HOME : SHOP)
    }
    if (draft.role !== 'house') continue
    if (draft.use === 'mixed') add(doorOf(draft), `${name}沿街店铺`, SHOP_WITH_HOME)
    else if (random.chance(community.isVillage ? 0.12 : 0.03)) add(doorOf(draft), `${name}出租房`, RENTED)
  }
  for (const block of town.communities.flatMap((community) => community.blocks)) {
    if (block.kind === 'lanes' || block.kind === 'village') {
      for (const face of block.grids.flatMap((grid) => grid.micros.map((micro) => micro.faces[0]!))) {
        const spot = pavementSpots(town, face, ['path', 'service'], 40)[0]
        if (spot) add(spot.at, `${spot.street}消防通道`, FIRE_LANE)
      }
    }
  }
  for (const site of town.sites.filter(({ kind }) => kind === 'green')) {
    if (site.address) add([site.at[0] + 2, site.at[1]], `${site.name}消防通道`, FIRE_LANE)
  }
  return out.features
}
