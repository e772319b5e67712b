import { beforeAll, describe, expect, test } from 'vitest'
import { HAZARD_STATES } from '../../geodata/hazards/hazard.schema.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { LAYER_IDS } from '../../geodata/shared/layer.ts'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { canonicalFilter } from '../../server/features/feature.filter.ts'
import { listIds } from '../../server/features/ids.store.ts'
import { sortKeys } from '../../server/features/sort.sql.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { box, post } from '../support/upload-geojson.ts'

interface Row {
  id: number
  properties: Record<string, unknown>
}

onBothDatabases('filters', (context) => {
  const get = async (path: string) => {
    const response = await (await context.app()).request(path)
    return { status: response.status, body: await response.json() }
  }
  const good = async (path: string) => {
    const { status, body } = await get(path)
    expect(status, JSON.stringify(body)).toBe(200)
    return body
  }
  const ids = async (layer: string, query = ''): Promise<number[]> =>
    (await good(`/api/v1/${layer}/ids?${query}`)).ids
  const rows = async (layer: string, query = ''): Promise<Row[]> =>
    (await good(`/api/v1/${layer}?geometry=false&limit=10000&${query}`)).features
  const create = async (layer: string, geometry: unknown, properties: unknown): Promise<number> => {
    const response = await (await context.app()).request(`/api/v1/${layer}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'Feature', geometry, properties }),
    })
    const body = await response.json()
    expect(response.status, JSON.stringify(body)).toBe(201)
    return body.id
  }
  const point = (lng: number, lat: number) => ({ type: 'Point', coordinates: [lng, lat] })
  const hazard = (title: string, more: object = {}, at = point(100, 20)) =>
    create('hazards', at, {
      title,
      categoryCode: '06036',
      reportedAt: '2026-11-19T23:40:00Z',
      ...more,
    })

  beforeAll(() => seedDemo(context.database, { buildings: 300, nowIso: '2026-01-01T00:00:00Z' }))

  describe('areas', () => {
    test('an area finds what it touches, not what only its box touches', async () => {
      const inside = await create('facilities', point(100.001, 20.001), { kind: 'aed', name: '内' })
      await create('facilities', point(100.009, 20.009), { kind: 'aed', name: '角' })
      const building = await create('buildings', box(100.004, 20.0001, 100.02, 20.0005), { name: '跨' })
      const triangle = 'area=100,20;100.01,20;100,20.01'
      expect(await ids('facilities', triangle)).toEqual([inside])
      expect(await ids('buildings', triangle)).toEqual([building])
      expect(await ids('facilities', `${triangle}&parent=990101001001`)).toEqual([])
    })
    test.each([
      ['100,20;100.01,20.01;100.01,20;100,20.01', 'crosses or touches itself'],
      ['179,0;-179,0;-179,1', 'antimeridian'],
      ['1,1;2,2', 'at least 3'],
      ["100,20;100.01,20;100,20.01'); DROP TABLE facility; --", 'expected longitude,latitude'],
    ])('%s is refused with words', async (area, words) => {
      const { status, body } = await get(`/api/v1/facilities?area=${encodeURIComponent(area)}`)
      expect(status).toBe(400)
      expect(body).toMatchObject({ code: 'invalid-parameter', detail: expect.stringContaining(words) })
    })
  })

  describe('periods', () => {
    test('a day is one of China Standard Time, and includes its last second', async () => {
      const morning = await hazard('清晨', { reportedAt: '2026-11-20T00:00:00+08:00' })
      const night = await hazard('深夜', { reportedAt: '2026-11-20T23:59:59.999+08:00' })
      await hazard('次日', { reportedAt: '2026-11-21T00:00:00+08:00' })
      expect(await ids('hazards', 'from=2026-11-20&to=2026-11-20')).toEqual([morning, night])
      const instants = `from=2026-11-19T16:00:00Z&to=${encodeURIComponent('2026-11-20T23:59:59.999+08:00')}`
      expect(await ids('hazards', instants)).toEqual([morning])
    })
    test('layers other than hazards are asked when they changed', async () => {
      expect(await ids('grids', 'from=2020-01-01')).toHaveLength((await ids('grids')).length)
      expect(await ids('grids', 'to=2020-01-01')).toEqual([])
    })
    test.each([
      'from=2026-02-30',
      'from=0000-01-01',
      'to=9999-12-31',
      'from=now',
      'from=2026-11-21&to=2026-11-20',
    ])('%s is refused', async (query) => {
      expect(await get(`/api/v1/hazards/ids?${query}`)).toMatchObject({
        status: 400,
        body: { code: 'invalid-parameter' },
      })
    })
  })

  describe('ids and sorting', () => {
    test('every sort of every layer lists each feature once, and reversing it keeps unknowns last', async () => {
      for (const layer of LAYER_IDS) {
        const all = (await rows(layer)).map((row) => row.id)
        expect(all.length, layer).toBeGreaterThan(0)
        for (const sort of sortKeys(layer).keys()) {
          for (const direction of ['', '-']) {
            const list = await good(`/api/v1/${layer}/ids?sort=${direction}${sort}`)
            expect(list.total, `${layer} ${sort}`).toBe(all.length)
            expect(
              [...list.ids].sort((a: number, b: number) => a - b),
              `${layer} ${sort}`,
            ).toEqual(all)
          }
        }
      }
    })
    test('Chinese names sort by pinyin, numbers by value, nameless last, equals by id', async () => {
      const at = 'area=101,20;101.1,20;101.1,20.1;101,20.1'
      const names = ['网格10', '安宁', '网格9', null, 'Zoo', '柳堤', '安宁', 'beta', '重庆路']
      const made = new Map<number, string | null>()
      for (const name of names)
        made.set(await create('facilities', point(101.01, 20.01), { kind: 'aed', name }), name)
      const listed = await ids('facilities', `${at}&sort=name`)
      expect(listed.map((id) => made.get(id))).toEqual([
        '安宁',
        '安宁',
        'beta',
        '重庆路',
        '柳堤',
        '网格9',
        '网格10',
        'Zoo',
        null,
      ])
      const [first, second] = listed
      expect(first!).toBeLessThan(second!)
      const reversed = await ids('facilities', `${at}&sort=-name`)
      expect(reversed.map((id) => made.get(id)).slice(0, 3)).toEqual(['Zoo', '网格10', '网格9'])
      expect(reversed.at(-1)).toBe(listed.at(-1))
      expect(reversed.slice(-3, -1)).toEqual([first, second])
    })
    test('severity and state sort by what they mean, not by their letters', async () => {
      const at = 'bbox=102,20,102.1,20.1'
      for (const severity of ['medium', 'critical', 'low', 'high'])
        await hazard(severity, { severity, dueAt: '2026-12-01T00:00:00Z' }, point(102.05, 20.05))
      // What is over has no deadline.
      await context.database.sql.begin(async (tx) => {
        await tx`INSERT INTO case_entry (hazard_id, seq, at, kind, action, from_state, to_state, actor)
          SELECT id, 2, now(), 'transition', 'reject', 'reported', 'rejected', 'test' FROM hazard WHERE title = 'low'`
        await tx`UPDATE hazard SET state = 'rejected', due_at = NULL WHERE title = 'low'`
      })
      const named = async (sort: string) => {
        const order = await ids('hazards', `${at}&sort=${sort}`)
        const found = await rows('hazards', `ids=${order.join(',')}`)
        expect(found.map((row) => row.id)).toEqual(order)
        return found.map((row) => row.properties.title)
      }
      expect(await named('-severity')).toEqual(['critical', 'high', 'medium', 'low'])
      expect(await named('severity')).toEqual(['low', 'medium', 'high', 'critical'])
      expect((await named('dueAt')).at(-1)).toBe('low')
      expect((await named('-dueAt')).at(-1)).toBe('low')
    })
    test('more ids than a list takes: the flag says so and the total is whole', async () => {
      const all = await ids('buildings', 'sort=-name')
      const cut = await listIds(context.database.read, 'buildings', {}, 'everywhere', '-name', 10)
      expect(cut).toEqual({ ids: all.slice(0, 10), total: all.length, truncated: true })
      const whole = await listIds(context.database.read, 'buildings', {}, 'everywhere', '-name', all.length)
      expect(whole).toMatchObject({ total: all.length, truncated: false })
    })
    test.each([['sort=id;DROP TABLE building'], ['sort=geom'], ['sort=__proto__'], ['sort=--id'], ['sort=']])(
      '%s is not a sort',
      async (query) => {
        expect(await get(`/api/v1/buildings/ids?${query}`)).toMatchObject({ status: 400 })
      },
    )
  })

  describe('rows by id', () => {
    test('rows come in the order asked for, once each, without those that are gone or filtered out', async () => {
      const [a, b, c] = await ids('buildings')
      const asked = [c, 999_999_999, a, b, c].join(',')
      const page = await good(`/api/v1/buildings?ids=${asked}&geometry=false`)
      expect(page.features.map((row: Row) => row.id)).toEqual([c, a, b])
      expect(page).toMatchObject({ numberReturned: 3, next: null })
      expect(page.features[0].geometry).toBeNull()
      expect(await rows('buildings', `ids=${asked}&area=0,0;1,0;0,1`)).toEqual([])
    })
    test('a limit goes through the ids place by place', async () => {
      const order = (await ids('buildings', 'sort=-id')).slice(0, 5)
      const seen: number[] = []
      let cursor: string | null = '0'
      for (let turn = 0; cursor !== null && turn < 9; turn++) {
        const page = await good(`/api/v1/buildings?ids=${order.join(',')}&limit=2&cursor=${cursor}`)
        seen.push(...page.features.map((row: Row) => row.id))
        cursor = page.next
      }
      expect(seen).toEqual(order)
    })
    test('500 ids are a window, 501 are not; signs, fractions and words are refused', async () => {
      const many = (count: number) => Array.from({ length: count }, (_, i) => i + 1).join(',')
      expect((await get(`/api/v1/buildings?ids=${many(500)}&geometry=false`)).status).toBe(200)
      for (const list of [many(501), '-1', '1.5', '1,,2', '', '9007199254740993', '1) OR true --'])
        expect(await get(`/api/v1/buildings?ids=${encodeURIComponent(list)}`), list).toMatchObject({
          status: 400,
        })
    })
  })

  describe('facets', () => {
    const cases = ['', 'kind=06036,01013', 'state=reported&severity=high', 'kind=06036&severity=low,high']
    test.each(cases)('the figures for hazards with “%s” are those that the lists give', async (query) => {
      const { total, facets } = await good(`/api/v1/hazards/facets?${query}`)
      expect(total).toBe((await ids('hazards', query)).length)
      expect(facets.map((facet: { property: string }) => facet.property)).toEqual([
        'kind',
        'state',
        'severity',
      ])
      for (const { property, values } of facets) {
        const others = new URLSearchParams(query)
        others.delete(property)
        const without = await ids('hazards', others.toString())
        expect(values.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(
          without.length,
        )
        for (const { value, count } of values) {
          others.set(property, value)
          expect(await ids('hazards', others.toString()), `${property}=${value}`).toHaveLength(count)
        }
      }
    })
    test('a selected value stays in its facet though nothing has it', async () => {
      const { facets } = await good('/api/v1/checkpoints/facets?state=high&area=0,0;1,0;0,1')
      expect(facets).toEqual([
        { property: 'kind', values: [] },
        { property: 'state', values: [{ value: 'high', count: 0 }] },
      ])
    })
    test('layers without kinds have a total alone', async () => {
      expect(await good('/api/v1/micro-grids/facets')).toEqual({
        total: (await ids('micro-grids')).length,
        facets: [],
      })
    })
  })

  describe('counts', () => {
    const counts = (query: string) => good(`/api/v1/counts?${query}`)
    test('the count of a layer is the length of its list, whatever filters it', async () => {
      const [grid] = await rows('grids')
      const code = String(grid!.properties.code)
      for (const query of [
        '',
        `parent=${code}`,
        `parent=${code}&q=1`,
        'bbox=120,31,121,32&from=2020-01-01',
        'area=120.6,31.2;120.7,31.3;120.6,31.4',
        'unassigned=true',
      ]) {
        const { counts: found, hazardsOpen } = await counts(query)
        for (const [layer, count] of Object.entries(found))
          expect((await ids(layer, query)).length, `${layer} ${query}`).toBe(count)
        const open = HAZARD_STATES.filter((state) => state !== 'closed' && state !== 'rejected')
        expect(hazardsOpen).toBe((await ids('hazards', `${query}&state=${open.join(',')}`)).length)
      }
    })
    test('a layer that cannot be asked has no count, which is no zero', async () => {
      const [grid] = await rows('grids')
      const inGrid = (await counts(`parent=${grid!.properties.code}`)).counts
      expect(inGrid).not.toHaveProperty('communities')
      expect(inGrid).toMatchObject({ grids: 1, buildings: expect.any(Number), roads: expect.any(Number) })
      expect(Object.keys((await counts('unassigned=true')).counts).sort()).toEqual([
        'buildings',
        'checkpoints',
        'facilities',
        'grids',
        'hazards',
        'micro-grids',
      ])
    })
    test.each(['parent=12', 'from=2026-02-02&to=2026-02-01', 'kind=aed', 'area=0,0;1,1'])(
      '%s is refused',
      async (query) => expect(await get(`/api/v1/counts?${query}`)).toMatchObject({ status: 400 }),
    )
  })

  describe('texts', () => {
    test('% and _ stand for themselves', async () => {
      const id = await create('facilities', point(103, 20), { kind: 'aed', name: '100%_满' })
      expect(await ids('facilities', `q=${encodeURIComponent('%_')}`)).toEqual([id])
      expect(await ids('facilities', `q=${encodeURIComponent('_%')}`)).toEqual([])
      expect(await ids('facilities', `q=${encodeURIComponent('\\')}`)).toEqual([])
    })
    test.each([
      `kind=${encodeURIComponent("aed') OR 1=1 --")}`,
      `parent=${encodeURIComponent("990101001001' OR '1'='1")}`,
      'severity=high',
      'kind[]=aed',
      'where=true',
      'q=',
    ])('%s does not reach the database as text', async (query) => {
      expect((await get(`/api/v1/facilities/ids?${query}`)).status).toBe(400)
    })
    test('a quote in the text is looked for', async () => {
      const id = await create('facilities', point(103, 20), { kind: 'aed', name: `O'Neil "1"` })
      expect(await ids('facilities', `q=${encodeURIComponent("o'neil")}`)).toEqual([id])
    })
  })

  test('unknown households: sums leave them out and say how many; all unknown is null, not zero', async () => {
    await create('communities', box(105, 20, 105.02, 20.02), { code: '990105001001', name: '未知社区' })
    const path = '/api/v1/places/990105001001'
    const sums = async () => {
      const { counts } = await good(path)
      const [row] = await rows('communities', 'q=990105001001')
      expect(row!.properties).toMatchObject({
        households: counts.households,
        householdsUnknown: counts.householdsUnknown,
        population: counts.population,
      })
      return [counts.households, counts.householdsUnknown, counts.population]
    }
    expect(await sums()).toEqual([0, 0, 0])
    const house = (lng: number, more: object) =>
      create('buildings', box(lng, 20.001, lng + 0.001, 20.002), more)
    const unknown = await house(105.001, { name: '甲' })
    expect(await sums()).toEqual([null, 1, null])
    const known = await house(105.003, { name: '乙', households: 12, population: 0 })
    expect(await sums()).toEqual([12, 1, 0])
    const inside = 'parent=990105001001'
    expect(await ids('buildings', `${inside}&sort=households`)).toEqual([known, unknown])
    expect(await ids('buildings', `${inside}&sort=-households`)).toEqual([known, unknown])
    const [row] = await rows('buildings', `ids=${unknown}`)
    expect(row!.properties).toMatchObject({ households: null, population: null })
  })

  test('an export holds what the list of the same filter holds, and unknown figures come back as unknown', async () => {
    const home = 'area=106,20;106.01,20;106.01,20.01;106,20.01'
    const unknown = await create('buildings', box(106.001, 20.001, 106.002, 20.002), { name: '未登记' })
    const known = await create('buildings', box(106.003, 20.001, 106.004, 20.002), {
      name: '空楼',
      households: 0,
    })
    const app = await context.app()
    for (const query of [
      home,
      `ids=${known},${unknown}`,
      `${home}&from=2020-01-01&q=${encodeURIComponent('楼')}`,
    ]) {
      const exported = await (await app.request(`/api/v1/exports/buildings?${query}`)).json()
      expect(exported.features.map((row: Row) => row.id)).toEqual(await ids('buildings', query))
      expect(exported.features.length).toBeGreaterThan(0)
    }
    const file = await (await app.request(`/api/v1/exports/buildings?${home}`)).text()
    const report = await post(context, file, { layer: 'buildings' })
    expect(report.json).toMatchObject({ layers: { buildings: { read: 2, unchanged: 2 } } })
    const again = await rows('buildings', `ids=${unknown},${known}`)
    expect(again.map((row) => row.properties.households)).toEqual([null, 0])
  })

  test('filters that ask the same have one form, which asks the same again', async () => {
    const one = canonicalFilter({ kind: ['b', 'a', 'b'], q: ' Liu Di', unassigned: false, from: undefined })
    const other = canonicalFilter({ q: 'liudi', kind: ['a', 'b'] })
    expect(one.toString()).toBe(other.toString())
    expect(canonicalFilter({ unassigned: false }).toString()).toBe('')
    expect(LAYERS.hazards.timeProperty).toBe('reportedAt')
  })
})
