import type { IncomingFeature } from '../shared/feature.ts'
import { outlineOf } from './outline.ts'
import { ringCentroid, type Vec } from './plane.ts'
import { toMultiPolygon } from './to-lng-lat.ts'
import type { Community, GridDraft, Town } from './town.ts'

/**
 * Divisions that overlap the hierarchy: police grids of about two communities, whose borders leave the communities' at
 * some grids, and Party grids of about half a community. All are unions of grids.
 */
export function writeZones(town: Town): IncomingFeature[] {
  const police = new Map<string, GridDraft[]>()
  const party = new Map<string, GridDraft[]>()
  const put = (groups: Map<string, GridDraft[]>, key: string, grid: GridDraft) => {
    const group = groups.get(key)
    if (group) group.push(grid)
    else groups.set(key, [grid])
  }
  for (const [index, community] of town.communities.entries()) {
    const middle = centre(town, [community.face], community)
    const grids = community.blocks.flatMap((block) => block.grids)
    for (const grid of grids) {
      const [x, y] = centre(
        town,
        grid.micros.flatMap((micro) => micro.faces),
        community,
      )
      // A grid on the far side of the community's middle line may belong to the neighbours' police grid.
      const eastward = community.column % 2 === 0 || x < middle[0] + 150 ? 0 : 1
      const column = Math.min(3, community.column + eastward)
      put(police, `${community.subDistrict}/${Math.floor(column / 2)}/${community.row}`, grid)
      put(party, `${index}/${y > middle[1] ? '一' : '二'}`, grid)
    }
  }
  const out: IncomingFeature[] = []
  const write = (zoneLayer: string, code: string, name: string, grids: GridDraft[]) =>
    out.push({
      sourceId: `demo:zones/${out.length + 1}`,
      geometry: toMultiPolygon(
        outlineOf(
          town.mesh,
          grids.flatMap((grid) => grid.micros.flatMap((m) => m.faces)),
        ),
      ),
      properties: { zoneLayer, code, name },
    })
  let number = 0
  for (const grids of police.values()) {
    number += 1
    write('police', `J${String(number).padStart(3, '0')}`, `第${number}警格`, grids)
  }
  number = 0
  for (const [key, grids] of party) {
    number += 1
    const [index, half] = key.split('/')
    const { name } = town.communities[Number(index)]!
    write('party', `D${String(number).padStart(3, '0')}`, `${name}社区第${half}党建网格`, grids)
  }
  return out
}

function centre(town: Town, faces: readonly number[], { blocks }: Community): Vec {
  const rings = faces.map((face) => ringCentroid(town.mesh.points(face)))
  if (rings.length === 0) return ringCentroid(town.mesh.points(blocks[0]!.face))
  return [
    rings.reduce((sum, p) => sum + p[0], 0) / rings.length,
    rings.reduce((sum, p) => sum + p[1], 0) / rings.length,
  ]
}
