import { beforeAll, describe, expect, test } from 'vitest'
import { LAYER_IDS, type LayerId } from '../../geodata/shared/layer.ts'
import { toMercator } from '../../server/tiles/tile-address.ts'
import { onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { client } from '../support/small-hierarchy.ts'
import { idsInTile, tilesAround } from '../support/tile-ids.ts'
import {
  AREAS,
  anonymous,
  idsOfArea,
  someone,
  type TwoCommunities,
  twoCommunities,
} from '../support/two-communities.ts'

/** All that stands in the two communities and beside them. */
const BOX: [number, number, number, number] = [119.9995, 30.9995, 120.0715, 31.0715]

onBothDatabases('what is in reach', (context) => {
  let town: TwoCommunities
  beforeAll(async () => {
    town = await twoCommunities(context)
  })
  const appOf = (area: string) => {
    const sets = AREAS[area]
    return context.appFor(someone(sets ? town.reachOf(...sets) : 'everywhere'))
  }
  const getOf =
    (app: TestApp) =>
    async (path: string): Promise<{ status: number; body: never }> => {
      const response = await app.request(path)
      const text = await response.text()
      return { status: response.status, body: (text ? JSON.parse(text) : undefined) as never }
    }
  const sorted = (ids: number[]) => [...ids].sort((a, b) => a - b)

  describe.each(Object.keys(AREAS))('of %s', (area) => {
    const sets = AREAS[area]
    const expected = (layer: LayerId) => idsOfArea(town, layer, sets)

    test.each(LAYER_IDS)(
      '%s: list, pages, ids, facets, rows by ids and export hold the same features',
      async (layer) => {
        const get = getOf(await appOf(area))
        const idsOf = ({ features }: { features: { id: number }[] }) => features.map(({ id }) => id)
        const everyId = idsOfArea(town, layer, undefined)
        expect(idsOf((await get(`/api/v1/${layer}?limit=1000`)).body)).toEqual(expected(layer))
        expect((await get(`/api/v1/${layer}/ids`)).body).toEqual({
          ids: expected(layer),
          total: expected(layer).length,
          truncated: false,
        })
        expect(idsOf((await get(`/api/v1/${layer}?ids=${everyId.join()}`)).body)).toEqual(expected(layer))
        expect((await get(`/api/v1/${layer}/facets`)).body).toMatchObject({ total: expected(layer).length })
        expect(idsOf((await get(`/api/v1/exports/${layer}`)).body)).toEqual(expected(layer))
        const paged: number[] = []
        for (let cursor: string | null = '0'; cursor !== null; ) {
          const page = (await get(`/api/v1/${layer}?limit=2&cursor=${cursor}`)).body as {
            features: { id: number }[]
            next: string | null
          }
          paged.push(...idsOf(page))
          cursor = page.next
        }
        expect(paged).toEqual(expected(layer))
      },
    )

    test('one feature: there inside; outside answered as one that never was', async () => {
      const get = getOf(await appOf(area))
      for (const { layer, id } of town.all) {
        const { status, body } = await get(`/api/v1/${layer}/${id}`)
        const inside = expected(layer).includes(id)
        expect({ layer, id, status }).toEqual({ layer, id, status: inside ? 200 : 404 })
        if (inside) continue
        const never = (await get(`/api/v1/${layer}/987654`)).body as { detail: string }
        expect((body as { detail: string }).detail).toBe(never.detail.replace('987654', String(id)))
      }
    })

    test.each(LAYER_IDS)(
      '%s: tiles hold the features of the list, and their bounds are those of the features',
      async (layer) => {
        const app = await appOf(area)
        const found = new Set<number>()
        for (const { z, x, y } of tilesAround(BOX, 14)) {
          const response = await app.request(`/tiles/${layer}/${z}/${x}/${y}.mvt`)
          expect([200, 204]).toContain(response.status)
          expect(response.headers.get('cache-control')).toBe('private, no-cache')
          expect(response.headers.get('vary')).toBe('Cookie, Authorization, Accept-Encoding')
          for (const id of idsInTile(await response.arrayBuffer())) found.add(id)
        }
        expect(sorted([...found])).toEqual(expected(layer))
        const { bounds } = (await getOf(app)(`/tiles/${layer}.json`)).body as { bounds?: number[] }
        const [box] = await context.database.sql.unsafe<{ box: number[] | null }[]>(
          `SELECT CASE WHEN count(*) > 0 THEN ARRAY[min(ST_XMin(geom)), min(ST_YMin(geom)), max(ST_XMax(geom)), max(ST_YMax(geom))] END AS box
         FROM ${TABLES[layer]} WHERE id = ANY($1::bigint[])`,
          [expected(layer)],
        )
        if (box!.box === null) expect(bounds).toBeUndefined()
        else for (const [side, degrees] of box!.box.entries()) expect(bounds![side]).toBeCloseTo(degrees, 6)
      },
    )

    test('counts, workspace, search, cells at a point and figures agree with the lists', async () => {
      const get = getOf(await appOf(area))
      const counts = Object.fromEntries(LAYER_IDS.map((layer) => [layer, expected(layer).length]))
      expect((await get('/api/v1/counts')).body).toMatchObject({
        counts,
        hazardsOpen: expected('hazards').length,
      })
      const workspace = (await get('/api/v1/workspace')).body as { bbox: number[] | null; dataTime: unknown }
      const isEmpty = Object.values(counts).every((count) => count === 0)
      expect(workspace).toMatchObject({ counts, empty: isEmpty })
      expect(workspace.bbox === null).toBe(isEmpty)
      expect(workspace.dataTime === null).toBe(isEmpty)

      const results = ['幢', '网格', '社区', '警格', '楼道', '东门', '路', '绿地', '0', '西南']
      for (const q of results) {
        const { body } = await get(`/api/v1/search?limit=100&q=${encodeURIComponent(q)}`)
        for (const { layer, id } of (body as { results: { layer: LayerId; id: number }[] }).results)
          expect(expected(layer), `${layer} ${id} found by ${q}`).toContain(id)
      }
      const named = (await get(`/api/v1/search?limit=100&q=${encodeURIComponent('幢')}`)).body as {
        results: { id: number }[]
      }
      expect(sorted(named.results.map(({ id }) => id))).toEqual(expected('buildings'))

      for (const cells of ['communities', 'grids', 'micro-grids'] as const) {
        const hazards = (await get(`/api/v1/figures/hazards?cells=${cells}`)).body as Figures
        expect(hazards).toMatchObject({ total: expected('hazards').length, open: expected('hazards').length })
        const patrols = (await get(`/api/v1/figures/patrols?cells=${cells}`)).body as Figures
        expect(patrols).toMatchObject({ checkpoints: expected('checkpoints').length })
        for (const { id } of [...hazards.cells, ...patrols.cells]) expect(expected(cells)).toContain(id)
        const coverage = (await get(`/api/v1/figures/coverage?kind=aed&cells=${cells}`)).body as Figures
        expect(sorted(coverage.cells.map(({ id }) => id))).toEqual(expected(cells))
      }
    })

    test('a place outside is not found; inside, what holds it is named', async () => {
      const app = await appOf(area)
      const admin = await context.app()
      for (const layer of ['communities', 'grids', 'micro-grids', 'buildings'] as const) {
        for (const id of idsOfArea(town, layer, undefined)) {
          const { properties } = (await getOf(admin)(`/api/v1/${layer}/${id}`)).body as {
            properties: { code: string | null }
          }
          if (properties.code === null) continue
          const path = `/api/v1/places/${properties.code}`
          const { status, body } = await getOf(app)(path)
          expect({ path, status }).toEqual({ path, status: expected(layer).includes(id) ? 200 : 404 })
          if (status === 200) expect(body).toEqual((await getOf(admin)(path)).body)
        }
      }
    })

    test('cells at a point are those in reach, and by name those that hold them; the community alone has a topology', async () => {
      const get = getOf(await appOf(area))
      const known = (layer: LayerId, id: number) =>
        town.all.find((one) => one.layer === layer && one.id === id)!
      for (const [east, north] of [
        [5, 5],
        [5, 15],
        [25, 5],
        [25, 15],
        [5, 25],
        [25, 35],
      ]) {
        const { body } = await get(`/api/v1/cells?lng=${120 + east! / 1000}&lat=${31 + north! / 1000}`)
        const found = Object.values(body as Record<string, { layer: LayerId; id: number } | null>).flatMap(
          (cell) => cell ?? [],
        )
        const reached = found.filter(({ layer, id }) => expected(layer).includes(id))
        for (const { layer, id } of found) {
          const holdsOne = reached.some((inner) =>
            known(inner.layer, inner.id).cells.includes(known(layer, id).cells.at(-1)!),
          )
          expect(holdsOne, `${layer} ${id} at ${east}, ${north}`).toBe(true)
        }
        const there = town.all.filter(
          ({ layer, id }) =>
            expected(layer).includes(id) &&
            (layer === 'communities' || layer === 'grids' || layer === 'micro-grids') &&
            coversBox(layer, id, town, east!, north!),
        )
        expect(reached).toHaveLength(there.length)
      }
      for (const id of idsOfArea(town, 'communities', undefined)) {
        const { status } = await get(`/api/v1/communities/${id}/topology`)
        expect(status).toBe(expected('communities').includes(id) ? 200 : 404)
      }
    })
  })

  test('a code outside does not tell which roads meet that cell', async () => {
    const get = getOf(await appOf('a community'))
    for (const layer of ['roads', 'zones'] as const) {
      const inside = (await get(`/api/v1/${layer}/ids?parent=990101001001`)).body
      expect(inside).toMatchObject({ total: 2 })
      expect((await get(`/api/v1/${layer}/ids?parent=990101001002`)).body).toMatchObject({ total: 0 })
    }
  })

  test('an overlap is told without the community outside that takes part in it', async () => {
    const { save } = client(context)
    const { plot, put } = await import('../support/small-hierarchy.ts')
    const { ids } = await save({
      puts: [put('communities', -1, null, plot(-10, 5, 2, 10), { name: '重叠社区', code: '990101001009' })],
    })
    const { save: again, deletionOf } = client(context)
    try {
      for (const [area, other] of [
        ['everywhere', ids['-1']],
        ['a community', null],
      ] as const) {
        const get = getOf(await appOf(area))
        const { findings } = (await get(`/api/v1/communities/${town.a.community}/topology`)).body as {
          findings: { kind: string; layer: string; otherId: number | null; otherCode: string | null }[]
        }
        const overlap = findings.find(({ kind, layer }) => kind === 'overlap' && layer === 'communities')!
        expect(overlap.otherId).toBe(other)
        expect(overlap.otherCode).toBe(other === null ? null : '990101001009')
      }
    } finally {
      await again({ deletes: [await deletionOf('communities', ids['-1'] as number)] })
    }
  })

  describe('for those who are not signed in', () => {
    test('published layers are read whole, the others and everything over many layers not at all', async () => {
      const app = await context.appFor(anonymous('facilities', 'roads'))
      const perLayer = (layer: LayerId) => [
        `/api/v1/${layer}`,
        `/api/v1/${layer}/ids`,
        `/api/v1/${layer}/facets`,
        `/api/v1/${layer}/${idsOfArea(town, layer, undefined)[0]}`,
        `/tiles/${layer}.json`,
        `/tiles/${layer}/14/${tileHere.x}/${tileHere.y}.mvt`,
      ]
      for (const layer of LAYER_IDS)
        for (const path of perLayer(layer)) {
          const { status } = await app.request(path)
          const published = layer === 'facilities' || layer === 'roads'
          expect({ path, status }).toEqual({ path, status: published ? 200 : 401 })
        }
      for (const path of [
        '/api/v1/workspace',
        '/api/v1/counts',
        '/api/v1/search?q=1',
        '/api/v1/places/990101001001',
        '/api/v1/cells?lng=120.005&lat=31.005',
        '/api/v1/zone-layers',
        '/api/v1/events',
        '/api/v1/history',
        '/api/v1/settings',
        '/api/v1/figures/hazards',
        '/api/v1/facilities/as-of?time=2026-11-20T08:00:00Z',
        `/api/v1/facilities/${town.a.facilities[0]}/versions`,
        `/api/v1/facilities/${town.a.facilities[0]}/versions/1`,
        '/api/v1/exports/facilities',
        `/api/v1/notes?layer=facilities&feature=${town.a.facilities[0]}`,
        `/api/v1/photos?layer=facilities&feature=${town.a.facilities[0]}`,
      ]) {
        const response = await app.request(path)
        expect({ path, status: response.status }).toEqual({ path, status: 401 })
        await response.body?.cancel()
      }
    })
    test('with nothing published there is nothing', async () => {
      const app = await context.appFor(anonymous())
      for (const path of ['/api/v1/roads', '/tiles/roads.json', '/tiles/roads/14/0/0.mvt'])
        expect((await app.request(path)).status).toBe(401)
    })
  })
})

interface Figures {
  cells: { id: number }[]
}

const TABLES: Record<LayerId, string> = {
  communities: 'community',
  grids: 'grid',
  'micro-grids': 'micro_grid',
  buildings: 'building',
  zones: 'zone',
  landcover: 'landcover',
  roads: 'road',
  facilities: 'facility',
  checkpoints: 'checkpoint',
  hazards: 'hazard',
}

/** Whether a cell of the towns covers a point, by the names that say where it lies. */
function coversBox(layer: LayerId, id: number, town: TwoCommunities, east: number, north: number): boolean {
  const { cells } = town.all.find((one) => one.layer === layer && one.id === id)!
  const community = north < 20 ? 'A' : 'B'
  const side = east < 20 ? 'W' : 'E'
  const half = north % 20 < 10 ? 'S' : 'N'
  return [community, community + side, community + half + side].includes(cells.at(-1)!)
}

const tileHere = (() => {
  const [x, y] = toMercator([120.0055, 31.0055, 120.0055, 31.0055])
  const size = 40_075_016.685578488 / 2 ** 14
  return {
    x: Math.floor((x + 20_037_508.342789244) / size),
    y: Math.floor((20_037_508.342789244 - y) / size),
  }
})()
