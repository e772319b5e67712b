import { beforeAll, describe, expect, test } from 'vitest'
import { lengthMetres } from '../../geodata/editing/measure.ts'
import { figuresOf } from '../../geodata/network/test-streets.ts'
import type { LngLat } from '../../geodata/shared/geojson.ts'
import { importFile } from '../../server/exchange/import-file.ts'
import { recordEvents } from '../../server/live/events.store.ts'
import { createNetwork } from '../../server/network/network.ts'
import { callApi } from '../support/call-api.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { createFeatures, square } from '../support/one-of-each.ts'
import { cells, supervisor } from '../support/writer.ts'

const SMALL_TOWN = new URL('../fixtures/small-town.osm', import.meta.url).pathname

/** About 95 by 111 metres apart. */
const at = (column: number, row: number): LngLat => [
  Number((120 + column * 0.001).toFixed(7)),
  Number((31 + row * 0.001).toFixed(7)),
]
const line = (...places: [number, number][]) => ({
  type: 'LineString',
  coordinates: places.map(([column, row]) => at(column, row)),
})

onBothDatabases('the walk network', (context) => {
  const call = callApi(context)
  const paths = async (points: LngLat[], more: object = {}) => {
    const { status, body } = await call('POST', '/patrols/paths', { points, ...more })
    expect(status, JSON.stringify(body)).toBe(200)
    return body
  }
  /** The street that a way goes through on, north of the others. */
  let shortcut: { id: number; version: number; properties: object; geometry: object }
  let community: { id: number }

  beforeAll(async () => {
    const create = createFeatures(context)
    community = await create('communities', square(119.999, 30.999, 0.02), {
      code: '990101001001',
      name: '柳堤社区',
    })
    await create('communities', square(120.05, 30.999, 0.02), { code: '990101001002', name: '槐荫社区' })
    await create('roads', line([0, 0], [0, 4]), { name: '一路' })
    await create('roads', line([0, 4], [4, 4]), { name: '二路' })
    await create('roads', line([4, 4], [4, 0]), { name: '三路' })
    shortcut = await create('roads', line([0, 0], [4, 0]), { name: '捷径' })
    // A lane that nothing leads to, and one in the other community.
    await create('roads', line([8, 8], [9, 8]), { name: '孤巷' })
    await create('roads', line([55, 8], [56, 8]), { name: '远巷' })
  })

  test('the way follows the streets, and the ways from gate to street are told and counted', async () => {
    const [from, to] = [at(1, -0.2), at(4.3, 2)]
    const { legs, snapped, networkVersion } = await paths([from, to])
    expect(networkVersion).toBeGreaterThan(0)
    expect(legs).toHaveLength(1)
    expect(legs[0]).toMatchObject({ free: false, way: true })
    expect(legs[0].coordinates).toEqual([from, at(1, 0), at(4, 0), at(4, 2), to])
    expect(legs[0].metres).toBeCloseTo(lengthMetres(legs[0].coordinates), 2)
    expect(snapped[0]).toMatchObject({ lngLat: at(1, 0), part: 0 })
    expect(snapped[0].distanceMetres).toBeCloseTo(lengthMetres([from, at(1, 0)]), 2)
  })

  test('a free leg is straight from place to place, also where no street is near', async () => {
    const far = at(2, 30)
    const { legs, snapped } = await paths([at(0, 0), far, at(0, 0)], { legs: ['free', 'street'] })
    expect(legs[0]).toMatchObject({ free: true, way: true, coordinates: [at(0, 0), far] })
    expect(legs[0].metres).toBeCloseTo(lengthMetres([at(0, 0), far]), 2)
    expect(legs[1]).toEqual({ metres: null, coordinates: [far, at(0, 0)], free: false, way: false })
    expect(snapped[1]).toBeNull()
  })

  test('a street in another part of the network is no way, and the answer says which part that is', async () => {
    const { legs, snapped } = await paths([at(0, 0), at(8.5, 8), at(8.5, 8)])
    expect(legs.map(({ way }: { way: boolean }) => way)).toEqual([false, true])
    expect(legs[1]).toMatchObject({ metres: 0 })
    expect(snapped[1].part).toBeGreaterThan(0)
  })

  test('the matrix has the metres of the paths, and null where there is no way or no street', async () => {
    const places = [at(1, -0.2), at(4.3, 2), at(8.5, 8), at(2, 30)]
    const { status, body } = await call('POST', '/patrols/matrix', { from: places })
    expect(status).toBe(200)
    const { legs } = await paths([places[0]!, places[1]!])
    expect(body.metres[0][1]).toBeCloseTo(legs[0].metres, 2)
    expect(body.metres[1][0]).toBe(body.metres[0][1])
    expect(body.metres.map((row: number[]) => row.map((cost) => cost === null))).toEqual([
      [false, false, true, true],
      [false, false, true, true],
      [true, true, false, true],
      [true, true, true, false],
    ])
    expect(body.metres.map((row: number[], i: number) => row[i])).toEqual([0, 0, 0, 0])
    expect(body.from.map((place: unknown) => place === null)).toEqual([false, false, false, true])
    const oblong = await call('POST', '/patrols/matrix', { from: [places[0]], to: [places[1], places[2]] })
    expect(oblong.body.metres).toEqual([[body.metres[0][1], null]])
  })

  test('a street that is shut, opened, moved or deleted changes the next way that is asked for', async () => {
    const ends: [LngLat, LngLat] = [at(0, 0), at(4, 0)]
    const [before, around] = [lengthMetres(ends), lengthMetres([at(0, 0), at(0, 4), at(4, 4), at(4, 0)])]
    const first = await paths(ends)
    expect(first.legs[0].metres).toBeCloseTo(before, 2)

    const patch = async (properties: object, version: number) =>
      expect(
        await call('PATCH', `/roads/${shortcut.id}`, { properties }, { 'if-match': `"${version}"` }),
      ).toMatchObject({ status: 200 })
    await patch({ walkable: false }, 1)
    const shut = await paths(ends)
    expect(shut.legs[0].metres).toBeCloseTo(around, 2)
    expect(shut.networkVersion).toBeGreaterThan(first.networkVersion)

    await patch({ walkable: true }, 2)
    expect((await paths(ends)).legs[0].metres).toBeCloseTo(before, 2)

    const moved = await call(
      'PUT',
      `/roads/${shortcut.id}`,
      { type: 'Feature', geometry: line([0, 0], [2, 1], [4, 0]), properties: { name: '捷径' } },
      { 'if-match': '"3"' },
    )
    expect(moved.status, JSON.stringify(moved.body)).toBe(200)
    expect((await paths(ends)).legs[0].coordinates).toEqual([at(0, 0), at(2, 1), at(4, 0)])

    const gone = await call('DELETE', `/roads/${shortcut.id}`, undefined, { 'if-match': '"4"' })
    expect(gone.status).toBeLessThan(300)
    expect((await paths(ends)).legs[0].metres).toBeCloseTo(around, 2)
  })

  test('a change of something else leaves the version, so that ways need not be asked for again', async () => {
    const { networkVersion } = await paths([at(0, 0), at(0, 1)])
    await createFeatures(context)('facilities', { type: 'Point', coordinates: at(1, 1) }, { kind: 'aed' })
    expect((await paths([at(0, 0), at(0, 1)])).networkVersion).toBe(networkVersion)
  })

  test('an import, which tells of no single road, adds, changes and takes away what a fresh reading would', async () => {
    const { deps } = context
    const kept = createNetwork(deps)
    const before = (await kept.current()).graph.edgeCount
    await importFile(context.database, { path: SMALL_TOWN, fileName: 'small-town.osm', division: '310110' })
    deps.outbox.wake()
    const compare = async () => {
      const now = await kept.current()
      const fresh = await createNetwork(deps).current()
      expect(figuresOf(now.graph)).toEqual(figuresOf(fresh.graph))
      expect(now.version).toBe(fresh.version)
      return now.graph.edgeCount
    }
    const added = await compare()
    expect(added).toBeGreaterThan(before)
    await context.database.sql.begin(async (tx) => {
      await tx`DELETE FROM road WHERE id IN (SELECT max(id) FROM road WHERE walkable)`
      await tx`UPDATE road SET walkable = false, version = version + 1
        WHERE id IN (SELECT max(id) FROM road WHERE walkable)`
      await recordEvents(tx, { name: 'test' }, [{ kind: 'import', layer: 'roads' }])
    })
    deps.outbox.wake()
    expect(await compare()).toBeLessThan(added)
  })

  test('asked by many at once it is read once, and asked again without a change it is the same', async () => {
    const network = createNetwork(context.deps)
    const asked = await Promise.all([network.current(), network.current(), network.current()])
    expect(new Set(asked.map(({ graph }) => graph)).size).toBe(1)
    expect((await network.current()).graph).toBe(asked[0]!.graph)
  })

  test('a read that failed is tried again', async () => {
    let failing = true
    const sql = new Proxy(context.database.sql, {
      apply: (target, self, args) => {
        if (failing) throw new Error('no connection')
        return Reflect.apply(target as never, self, args)
      },
    })
    const network = createNetwork({ ...context.deps, database: { ...context.database, sql } })
    await expect(network.current()).rejects.toThrow('no connection')
    failing = false
    expect((await network.current()).graph.edgeCount).toBeGreaterThan(0)
  })

  describe('as such', () => {
    const asked = async (path: string, reach: Parameters<typeof supervisor>[0]) => {
      const app = await context.appFor(supervisor(reach))
      const response = await app.request(`/api/v1/patrols/${path}`)
      expect(response.status).toBe(200)
      return (await response.json()) as {
        version: number
        edges: number
        metres: number
        partsTotal: number
        parts: { part: number; metres: number; share: number; bbox: number[] }[]
        features: { geometry: { coordinates: LngLat[][] }; properties: { roadIds: number[] } }[]
      }
    }

    test('it tells its length and its parts, and draws the small ones as GeoJSON', async () => {
      const { metres, parts, partsTotal } = await asked('network', 'everywhere')
      const [stored] = await context.database.sql`
        SELECT sum(length_metres) AS metres FROM road WHERE walkable`
      expect(Math.abs(metres - stored!.metres) / metres).toBeLessThan(1e-6)
      expect(parts).toHaveLength(partsTotal)
      expect(parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9)
      const { features } = await asked('network/parts', 'everywhere')
      expect(features.map(({ geometry }) => geometry.coordinates)).toContainEqual([[at(8, 8), at(9, 8)]])
    })

    test('in an area it tells of that area’s roads alone, and still leads beyond', async () => {
      const reach = [cells({ communities: [community.id] })]
      const lanes = [at(8, 8), at(9, 8)]
      const drawn = await asked('network/parts', reach)
      expect(drawn.features.map(({ geometry }) => geometry.coordinates)).toEqual([[lanes]])
      const { parts } = await asked('network', reach)
      for (const { bbox } of parts) expect(bbox[2]).toBeLessThan(120.02)
      expect((await asked('network', [])).parts).toEqual([])
      const response = await (await context.appFor(supervisor(reach))).request('/api/v1/patrols/paths', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ points: [at(55, 8), at(56, 8)] }),
      })
      expect(await response.json()).toMatchObject({ legs: [{ way: true }] })
    })
  })

  test('hostile places are refused by their name, and more than fits is too much', async () => {
    const bad = async (path: string, body: unknown, issue: RegExp) => {
      const answer = await call('POST', `/patrols/${path}`, body)
      expect(answer.status, JSON.stringify(answer.body)).toBe(422)
      expect(answer.body.detail).toMatch(issue)
    }
    await bad('paths', { points: [at(0, 0)] }, /points/)
    await bad('paths', { points: [[120, 91], at(0, 0)] }, /points/)
    await bad('paths', { points: [at(0, 0), at(1, 0)], legs: ['street', 'free'] }, /legs.*one fewer/)
    await bad('paths', { points: [at(0, 0), at(1, 0)], withinMetres: 5000 }, /withinMetres/)
    await bad('paths', { points: Array.from({ length: 501 }, () => at(0, 0)) }, /points/)
    await bad('matrix', { from: Array.from({ length: 201 }, () => at(0, 0)) }, /from/)
    await bad('matrix', { from: [], to: [at(0, 0)] }, /from/)
  })

  test('places at the poles and on the antimeridian are answered like any other', async () => {
    const places: LngLat[] = [
      [0, 90],
      [180, 0],
      [-180, -90],
      [0, 0],
    ]
    const { legs } = await paths(places)
    for (const { way } of legs) expect(way).toBe(false)
    const { legs: free } = await paths(places, { legs: ['free', 'free', 'free'] })
    for (const { metres } of free) expect(metres).toBeGreaterThan(0)
  })
})
