import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { MultiPolygon } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { type Answer, callApi } from './call-api.ts'
import type { DatabaseContext } from './on-both-databases.ts'

/** A box in thousandths of a degree east of 120 and north of 31. */
export const plot = (west: number, south: number, east: number, north: number): MultiPolygon => {
  const [w, s, e, n] = [120 + west / 1000, 31 + south / 1000, 120 + east / 1000, 31 + north / 1000].map(
    (degrees) => Math.round(degrees * 1e7) / 1e7,
  ) as [number, number, number, number]
  return {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [w, s],
          [e, s],
          [e, n],
          [w, n],
          [w, s],
        ],
      ],
    ],
  }
}
export const spot = (east: number, north: number) => ({
  type: 'Point',
  coordinates: [Math.round((120 + east / 1000) * 1e7) / 1e7, Math.round((31 + north / 1000) * 1e7) / 1e7],
})

export const put = (
  layer: LayerId,
  id: number,
  version: number | null,
  geometry: unknown,
  properties: unknown,
) => ({
  layer,
  id,
  version,
  geometry,
  properties,
})

export function client(context: DatabaseContext) {
  const call = callApi(context)
  const send = (body: object): Promise<Answer> =>
    call('POST', '/changes', { id: randomUUID(), puts: [], deletes: [], ...body })
  /** Sends a change set that must be taken. */
  async function save(body: object) {
    const answer = await send(body)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
    return answer.body
  }
  const get = async (layer: LayerId, id: number) => (await call('GET', `/${layer}/${id}`)).body
  /** The put that leaves a stored feature as it is, but for `more`. */
  async function putOf(layer: LayerId, id: number, more: { geometry?: unknown; properties?: object } = {}) {
    const feature = await get(layer, id)
    return put(layer, id, feature.version, more.geometry ?? feature.geometry, {
      ...feature.properties,
      ...more.properties,
    })
  }
  async function deletionOf(layer: LayerId, id: number) {
    return { layer, id, version: (await get(layer, id)).version }
  }
  return { call, send, save, get, putOf, deletionOf }
}

/**
 * A community of 40 × 20 with a grid in each half; the western one (W) holds two micro-grids, one above the other, the eastern
 * one (E) too; a building and a facility in each micro-grid. Returns the ids.
 */
export async function smallHierarchy(context: DatabaseContext, code: string, north = 0) {
  const { save } = client(context)
  const building = (id: number, west: number, south: number, households: number | null) =>
    put('buildings', id, null, plot(west, north + south, west + 1, north + south + 1), {
      name: `${-id}幢`,
      use: 'residential',
      households,
    })
  const { ids } = await save({
    note: '初始划分',
    puts: [
      // In no helpful order: the server finds its own.
      building(-11, 5, 5, 100),
      building(-12, 5, 15, 200),
      building(-13, 25, 5, 150),
      building(-14, 25, 15, null),
      put('facilities', -21, null, spot(5, north + 5.5), { kind: 'aed' }),
      put('facilities', -22, null, spot(25, north + 15.5), { kind: 'aed' }),
      put('micro-grids', -4, null, plot(0, north, 20, north + 10), { name: '西南' }),
      put('micro-grids', -5, null, plot(0, north + 10, 20, north + 20), { name: '西北' }),
      put('micro-grids', -6, null, plot(20, north, 40, north + 10), { name: '东南' }),
      put('micro-grids', -7, null, plot(20, north + 10, 40, north + 20), { name: '东北' }),
      put('grids', -2, null, plot(0, north, 20, north + 20), { name: '西网格' }),
      put('grids', -3, null, plot(20, north, 40, north + 20), { name: '东网格' }),
      put('communities', -1, null, plot(0, north, 40, north + 20), { name: '柳堤社区', code }),
    ],
  })
  return {
    community: ids['-1'] as number,
    west: ids['-2'] as number,
    east: ids['-3'] as number,
    southWest: ids['-4'] as number,
    northWest: ids['-5'] as number,
    southEast: ids['-6'] as number,
    northEast: ids['-7'] as number,
    buildings: [-11, -12, -13, -14].map((id) => ids[id] as number),
    facilities: [-21, -22].map((id) => ids[id] as number),
  }
}

/**
 * A small hierarchy for each test that asks, far from the others. `division`: the first ten digits of the codes of its
 * communities. `north`: thousandths of a degree, where it begins.
 */
export function hierarchies(context: DatabaseContext, division: string) {
  let communities = 0
  return async () => {
    communities += 1
    const code = `${division}${String(communities).padStart(2, '0')}`
    const north = communities * 100
    return { ...(await smallHierarchy(context, code, north)), code, north }
  }
}
