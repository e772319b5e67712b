import type { LayerId } from '../../geodata/shared/layer.ts'
import type { Identity } from '../../server/access/identity.ts'
import type { CellSet, Reach } from '../../server/access/reach.ts'
import type { DatabaseContext } from './on-both-databases.ts'
import { client, plot, put, smallHierarchy, spot } from './small-hierarchy.ts'

/** A cell by a name of its own: A and B are communities, AW a grid of A, ASW a micro-grid of AW. */
export type CellName = string

/** Makes an area one of many cells, which are looked for in another way than a few. */
export const GONE = 'gone'

export interface Known {
  layer: LayerId
  id: number
  /** The cells that hold it, or that it meets, of all levels; a cell is among its own. */
  cells: CellName[]
}

const line = (...positions: [east: number, north: number][]) => ({
  type: 'LineString',
  coordinates: positions.map(([east, north]) => spot(east, north).coordinates),
})

/**
 * Two communities of 40 × 20 thousandths of a degree, B to the north of A with a border in common, and something of every
 * layer in each, across the border and outside both. `all` says of each feature, by how it was laid out, where it is.
 */
export async function twoCommunities(context: DatabaseContext) {
  const { save } = client(context)
  const a = await smallHierarchy(context, '990101001001', 0)
  const b = await smallHierarchy(context, '990101001002', 20)
  const all: Known[] = []
  const cells = new Map<CellName, { layer: 'communities' | 'grids' | 'micro-grids'; id: number }>()
  for (const [name, ids] of [
    ['A', a],
    ['B', b],
  ] as const) {
    const cell = (layer: 'communities' | 'grids' | 'micro-grids', id: number, of: CellName[]) => {
      cells.set(of.at(-1)!, { layer, id })
      all.push({ layer, id, cells: of })
    }
    cell('communities', ids.community, [name])
    cell('grids', ids.west, [name, `${name}W`])
    cell('grids', ids.east, [name, `${name}E`])
    cell('micro-grids', ids.southWest, [name, `${name}W`, `${name}SW`])
    cell('micro-grids', ids.northWest, [name, `${name}W`, `${name}NW`])
    cell('micro-grids', ids.southEast, [name, `${name}E`, `${name}SE`])
    cell('micro-grids', ids.northEast, [name, `${name}E`, `${name}NE`])
    const micros = [
      [`${name}W`, `${name}SW`],
      [`${name}W`, `${name}NW`],
      [`${name}E`, `${name}SE`],
      [`${name}E`, `${name}NE`],
    ]
    for (const [i, id] of ids.buildings.entries())
      all.push({ layer: 'buildings', id, cells: [name, ...micros[i]!] })
    for (const [i, id] of ids.facilities.entries())
      all.push({ layer: 'facilities', id, cells: [name, ...micros[i * 3]!] })
  }
  const more: { layer: LayerId; geometry: unknown; properties: object; cells: CellName[] }[] = []
  const add = (layer: LayerId, geometry: unknown, properties: object, ...of: CellName[]) =>
    more.push({ layer, geometry, properties, cells: of })
  const zone = (code: string) => ({ zoneLayer: 'police', code, name: `警格${code}` })
  add('zones', plot(2, 2, 8, 8), zone('P1'), 'A', 'AW', 'ASW')
  add('zones', plot(2, 12, 8, 28), zone('P2'), 'A', 'AW', 'ANW', 'B', 'BW', 'BSW')
  add('zones', plot(22, 32, 28, 38), zone('P3'), 'B', 'BE', 'BNE')
  add('zones', plot(60, 2, 62, 4), zone('P4'))
  add('landcover', plot(30, 2, 35, 8), { kind: 'green', name: '东南绿地' }, 'A', 'AE', 'ASE')
  add('landcover', plot(30, 22, 35, 28), { kind: 'green', name: '北岸绿地' }, 'B', 'BE', 'BSE')
  add('roads', line([2, 3], [18, 3]), { name: '槐荫路', kind: 'minor' }, 'A', 'AW', 'ASW')
  add(
    'roads',
    line([15, 15], [15, 25]),
    { name: '跨界路', kind: 'minor' },
    'A',
    'AW',
    'ANW',
    'B',
    'BW',
    'BSW',
  )
  add('roads', line([22, 35], [38, 35]), { name: '北岸路', kind: 'minor' }, 'B', 'BE', 'BNE')
  for (const [north, east, of] of [
    [5.5, 5.5, ['A', 'AW', 'ASW']],
    [15, 33, ['A', 'AE', 'ANE']],
    [25, 6, ['B', 'BW', 'BSW']],
    [70, 70, []],
  ] as const) {
    add(
      'checkpoints',
      spot(east, north),
      { name: '东门', siteType: 'school', risk: 'high', intervalMinutes: 60 },
      ...of,
    )
    const hazard = { title: '楼道堆物', categoryCode: '06036', reportedAt: '2026-11-20T07:40:00+08:00' }
    add('hazards', spot(east, north), hazard, ...of)
  }
  add('buildings', plot(70, 70, 71, 71), { name: '外幢', use: 'residential', households: 7 })
  const { ids } = await save({
    puts: more.map(({ layer, geometry, properties }, i) => put(layer, -1 - i, null, geometry, properties)),
  })
  for (const [i, { layer, cells: of }] of more.entries())
    all.push({ layer, id: ids[String(-1 - i)] as number, cells: of })

  /** Someone whose area is the cells of each of the sets; `GONE` stands for many cells that are there no more. */
  function reachOf(...sets: CellName[][]): Reach {
    return sets.map((names): CellSet => {
      const gone = names.includes(GONE) ? Array.from({ length: 40 }, (_, i) => 900_001 + i) : []
      const idsOf = (layer: string) => [
        ...names.flatMap((name) => {
          const cell = cells.get(name)
          return cell?.layer === layer ? [cell.id] : []
        }),
        ...gone,
      ]
      return {
        communities: idsOf('communities'),
        grids: idsOf('grids'),
        'micro-grids': idsOf('micro-grids'),
      }
    })
  }
  /** Ids of the features of a layer that lie in one of the cells of each of the sets. */
  const idsIn = (layer: LayerId, ...sets: CellName[][]): number[] =>
    all
      .filter((feature) => feature.layer === layer)
      .filter((feature) => sets.every((names) => names.some((name) => feature.cells.includes(name))))
      .map(({ id }) => id)
      .sort((x, y) => x - y)
  return { a, b, all, cells, reachOf, idsIn }
}
export type TwoCommunities = Awaited<ReturnType<typeof twoCommunities>>

/** Reaches by name, each as the cells of each of its sets; undefined: everywhere. */
export const AREAS: Record<string, CellName[][] | undefined> = {
  everywhere: undefined,
  'a community': [['A']],
  'a grid': [['AW']],
  'a micro-grid': [['ASW']],
  'cells of three levels': [['B', 'AE', 'ANW']],
  'a grid within its community': [['A'], ['AW']],
  'a token’s area outside its owner’s': [['A'], ['BW']],
  'many cells': [['B', 'AE', 'ANW', GONE]],
  'a few of many cells': [
    [GONE, 'A'],
    ['AW', 'B', GONE],
  ],
  'many cells that are gone': [[GONE]],
  'no cell': [[]],
  'both communities': [['A', 'B']],
}

export const idsOfArea = (town: TwoCommunities, layer: LayerId, sets: CellName[][] | undefined): number[] =>
  sets ? town.idsIn(layer, ...sets) : town.idsIn(layer)

export const someone = (reach: Reach, more: Partial<Identity> = {}): Identity => ({
  kind: 'person',
  name: 'someone',
  personId: undefined,
  credentialId: undefined,
  role: 'supervisor',
  scopes: undefined,
  reach,
  layers: undefined,
  mustChangePassword: false,
  ...more,
})

/** Nobody: reads these layers alone. */
export const anonymous = (...layers: LayerId[]): Identity =>
  someone('everywhere', { kind: 'anonymous', name: 'anonymous', role: undefined, layers: new Set(layers) })
