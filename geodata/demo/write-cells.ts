import type { IncomingFeature } from '../shared/feature.ts'
import { orderCells } from './number-cells.ts'
import { outlineOf } from './outline.ts'
import { createRandom } from './random.ts'
import { toMultiPolygon, withoutTwins } from './to-lng-lat.ts'
import type { BuildingDraft, Community, GridDraft, MicroDraft, Town } from './town.ts'

/** County part of every code: there is no province 99. */
const COUNTY = '990101'

export interface PlacedBuilding {
  draft: BuildingDraft
  community: Community
  grid: GridDraft
}

/** Communities, grids, micro-grids and buildings with their codes, parents before children. */
export function writeCells(town: Town) {
  const layers = {
    communities: [] as IncomingFeature[],
    grids: [] as IncomingFeature[],
    'micro-grids': [] as IncomingFeature[],
    buildings: [] as IncomingFeature[],
  }
  const placed: PlacedBuilding[] = []
  const random = createRandom(town.seed, 3)
  const facesOf = (grid: GridDraft) => grid.micros.flatMap((micro) => micro.faces)
  const add = (layer: keyof typeof layers, geometry: IncomingFeature['geometry'], properties: object) => {
    layers[layer].push({
      sourceId: `demo:${layer}/${layers[layer].length + 1}`,
      geometry,
      properties: { ...properties },
    })
  }
  const bySubDistrict = new Map<number, Community[]>()
  for (const community of town.communities) {
    const members = bySubDistrict.get(community.subDistrict)
    if (members) members.push(community)
    else bySubDistrict.set(community.subDistrict, [community])
  }
  for (const [subDistrict, members] of bySubDistrict) {
    const street = COUNTY + String(subDistrict + 1).padStart(3, '0')
    const outlines = new Map(
      members.map((community) => {
        const faces = community.blocks.flatMap((block) => block.grids.flatMap(facesOf))
        return [community, outlineOf(town.mesh, faces)]
      }),
    )
    orderCells(members, (community) => outlines.get(community)!).forEach((community, i) => {
      const code = street + String(i + 1).padStart(3, '0')
      add('communities', toMultiPolygon(outlines.get(community)!), {
        code,
        name: community.name + (community.isVillage ? '村' : '社区'),
        kind: community.isVillage ? 'village' : 'community',
      })
      writeGrids(community, code)
    })
  }

  function writeGrids(community: Community, communityCode: string) {
    const grids = community.blocks.flatMap((block) => block.grids.map((grid) => ({ grid, block })))
    const outlines = new Map(grids.map(({ grid }) => [grid, outlineOf(town.mesh, facesOf(grid))]))
    orderCells(grids, ({ grid }) => outlines.get(grid)!).forEach(({ grid, block }, i) => {
      const code = communityCode + String(i + 1).padStart(3, '0')
      add('grids', toMultiPolygon(outlines.get(grid)!), { code, name: grid.name, kind: grid.kind })
      const micros = new Map<MicroDraft, ReturnType<typeof outlineOf>>(
        grid.micros.map((micro) => [micro, outlineOf(town.mesh, micro.faces)]),
      )
      orderCells(grid.micros, (micro) => micros.get(micro)!).forEach((micro, k) => {
        const microCode = code + String(k + 1).padStart(2, '0')
        const name = `${block.name}${String(k + 1).padStart(2, '0')}微网格`
        add('micro-grids', toMultiPolygon(micros.get(micro)!), { code: microCode, name })
        writeBuildings(micro, microCode, { community, grid })
      })
    })
  }

  function writeBuildings(micro: MicroDraft, microCode: string, at: Omit<PlacedBuilding, 'draft'>) {
    const drafts = orderCells(micro.buildings, (building) => [building.rings])
    drafts.forEach((draft, i) => {
      placed.push({ draft, ...at })
      add('buildings', toMultiPolygon([draft.rings.map(withoutTwins)]), {
        code: microCode + String(i + 1).padStart(5, '0'),
        name: draft.name,
        address: draft.address,
        use: draft.use,
        floors: draft.floors,
        heightMetres: Math.round(draft.heightMetres * 10) / 10,
        households: draft.households,
        population: Math.round(draft.households * random.between(2.4, 2.7)),
      })
    })
  }
  return { layers, placed }
}
