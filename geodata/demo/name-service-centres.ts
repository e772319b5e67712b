import { ringArea } from './plane.ts'
import type { Town } from './town.ts'

/** Turns one building of each community, the largest shop if there is one, into its service centre. */
export function nameServiceCentres(town: Town): void {
  for (const community of town.communities) {
    const all = community.blocks.flatMap(({ grids }) =>
      grids.flatMap(({ micros }) => micros.flatMap((m) => m.buildings)),
    )
    const shops = all.filter((building) => building.role === 'shop')
    const candidates = shops.length > 0 ? shops : all.filter((building) => building.role === 'house')
    if (candidates.length === 0) continue
    const size = (building: (typeof all)[number]) => ringArea(building.rings[0]!)
    const chosen = candidates.reduce((one, other) => (size(other) > size(one) ? other : one))
    Object.assign(chosen, {
      role: 'service-centre',
      use: 'public',
      floors: 3,
      heightMetres: 11.4,
      households: 0,
      name: `${community.name}${community.isVillage ? '村' : '社区'}党群服务中心`,
    })
  }
}
