import { beforeAll, describe, expect, test } from 'vitest'
import { lastEventId } from '../../server/live/events.store.ts'
import { hearEvents } from '../support/hear-events.ts'
import { onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { client, plot, put, spot } from '../support/small-hierarchy.ts'
import { someone, type TwoCommunities, twoCommunities } from '../support/two-communities.ts'
import { collection, feature, post } from '../support/upload-geojson.ts'

const pointBox = (east: number, north: number) => [
  ...spot(east, north).coordinates,
  ...spot(east, north).coordinates,
]

onBothDatabases('events in reach', (context) => {
  let town: TwoCommunities
  let readers: Record<'everywhere' | 'A' | 'AW' | 'B' | 'nothing', TestApp>
  beforeAll(async () => {
    town = await twoCommunities(context)
    readers = {
      everywhere: await context.app(),
      A: await context.appFor(someone(town.reachOf(['A']))),
      AW: await context.appFor(someone(town.reachOf(['AW']))),
      B: await context.appFor(someone(town.reachOf(['B']))),
      nothing: await context.appFor(someone(town.reachOf([]))),
    }
  })
  const last = () => lastEventId(context.database.sql)
  const { save, putOf, deletionOf } = client(context)
  const facility = async (east: number, north: number) => {
    const { ids } = await save({
      puts: [put('facilities', -1, null, spot(east, north), { kind: 'aed', name: '甲' })],
    })
    return ids['-1'] as number
  }
  /** What each reader hears of what `body` does, as it happens and when it comes back afterwards. */
  async function heardOf(body: () => Promise<unknown>) {
    const before = await last()
    await body()
    const after = await last()
    const heard = {} as Record<
      keyof typeof readers,
      Omit<Awaited<ReturnType<typeof hearEvents>>[number], 'id'>[]
    >
    for (const [name, app] of Object.entries(readers)) {
      const events = await hearEvents(app, before, after)
      heard[name as keyof typeof readers] = events.map(({ id: _, ...event }) => event)
    }
    return heard
  }
  const history = async (app: TestApp, query = '') =>
    ((await (await app.request(`/api/v1/history?limit=500${query}`)).json()) as { events: Entry[] }).events

  test('an edit is heard by those who reach its feature, and the stream goes on for the others', async () => {
    const id = await facility(5, 5)
    const heard = await heardOf(async () =>
      save({ puts: [await putOf('facilities', id, { properties: { name: '乙' } })] }),
    )
    const edit = { kind: 'put', layer: 'facilities', featureId: id, version: 2, box: pointBox(5, 5) }
    expect(heard).toEqual({ everywhere: [edit], A: [edit], AW: [edit], B: [], nothing: [] })
  })

  test('as it happens, too, and in order', async () => {
    const before = await last()
    const reading = Promise.all(
      (['A', 'B', 'nothing'] as const).map((name) => hearEvents(readers[name], before, before + 6)),
    )
    await new Promise((done) => setTimeout(done, 100))
    const ids: number[] = []
    for (const [east, north] of [
      [5, 5],
      [5, 25],
      [6, 5],
      [6, 25],
      [7, 25],
      [90, 90],
    ])
      ids.push(await facility(east!, north!))
    const [a, b, nothing] = await reading
    expect(a!.map(({ featureId }) => featureId)).toEqual([ids[0], ids[2]])
    expect(b!.map(({ featureId }) => featureId)).toEqual([ids[1], ids[3], ids[4]])
    expect(nothing).toEqual([])
  })

  test('what leaves the reach is told as deleted where it was, what comes into it where it is; neither tells the other place', async () => {
    const id = await facility(6, 6)
    const heard = await heardOf(async () =>
      save({ puts: [await putOf('facilities', id, { geometry: spot(6, 26) })] }),
    )
    const common = { layer: 'facilities', featureId: id }
    const left = { kind: 'delete', ...common, version: 1, box: pointBox(6, 6) }
    expect(heard).toEqual({
      everywhere: [
        { kind: 'put', ...common, version: 2, box: [...spot(6, 6).coordinates, ...spot(6, 26).coordinates] },
      ],
      A: [left],
      AW: [left],
      B: [{ kind: 'put', ...common, version: 2, box: pointBox(6, 26) }],
      nothing: [],
    })
    const of = (events: Entry[]) =>
      events.filter(({ featureId, layer }) => featureId === id && layer === 'facilities')
    expect(of(await history(readers.A))).toMatchObject([
      { kind: 'delete', version: 1, bbox: pointBox(6, 6), name: '甲' },
      { kind: 'put', version: 1, bbox: pointBox(6, 6) },
    ])
    expect(of(await history(readers.B))).toMatchObject([{ kind: 'put', version: 2, bbox: pointBox(6, 26) }])
    expect(of(await history(readers.nothing))).toEqual([])
    // A box around the other place finds nothing of it.
    const there = '&bbox=120.0055,31.0255,120.0065,31.0265'
    expect(of(await history(readers.everywhere, there))).toHaveLength(1)
    expect(of(await history(readers.A, there))).toEqual([])
  })

  test('a deletion is heard by those who reached the feature, and by no one else', async () => {
    const id = await facility(7, 7)
    const heard = await heardOf(async () => save({ deletes: [await deletionOf('facilities', id)] }))
    const gone = { kind: 'delete', layer: 'facilities', featureId: id, version: 1, box: pointBox(7, 7) }
    expect(heard).toEqual({ everywhere: [gone], A: [gone], AW: [gone], B: [], nothing: [] })
  })

  test('a road and a zone that cross the border are heard on both sides', async () => {
    const [inA, across] = [
      town.all.find(({ layer, cells }) => layer === 'roads' && !cells.includes('B'))!,
      town.all.find(({ layer, cells }) => layer === 'zones' && cells.includes('A') && cells.includes('B'))!,
    ]
    const heard = await heardOf(async () =>
      save({
        puts: [
          await putOf('roads', inA.id, { properties: { name: '槐荫东路' } }),
          await putOf('zones', across.id, { properties: { name: '二号警格' } }),
        ],
      }),
    )
    const layers = (name: keyof typeof readers) => heard[name].map(({ layer }) => layer).sort()
    expect(layers('A')).toEqual(['roads', 'zones'])
    expect(layers('B')).toEqual(['zones'])
    expect(layers('nothing')).toEqual([])
  })

  test('an import is told with the box of what is in reach of it', async () => {
    const spots = [spot(8, 8), spot(8, 28), spot(9, 28), spot(90, 90)]
    const file = collection(...spots.map((geometry) => feature({ kind: 'aed' }, geometry)))
    const heard = await heardOf(async () => {
      expect(await post(context, file, { layer: 'facilities' })).toMatchObject({ status: 201 })
    })
    const box = (...corners: [number, number][]) =>
      corners.flatMap(([east, north]) => spot(east, north).coordinates)
    const told = (box: number[]) => [{ kind: 'import', layer: 'facilities', box }]
    expect(heard).toEqual({
      everywhere: told(box([8, 8], [90, 90])),
      A: told(box([8, 8], [8, 8])),
      AW: told(box([8, 8], [8, 8])),
      B: told(box([8, 28], [9, 28])),
      nothing: [],
    })
  })

  test('a note is heard by those who reach its feature, also when that was deleted', async () => {
    const id = await facility(5, 6)
    const { call } = client(context)
    const heard = await heardOf(async () => {
      expect(
        (await call('POST', '/notes', { layer: 'facilities', feature: id, text: '门锁了' })).status,
      ).toBe(201)
    })
    const told = [{ kind: 'note', layer: 'facilities', featureId: id }]
    expect(heard).toEqual({ everywhere: told, A: told, AW: told, B: [], nothing: [] })
    const before = (await last()) - 1
    await save({ deletes: [await deletionOf('facilities', id)] })
    const after = await last()
    const kinds = async (app: TestApp) => (await hearEvents(app, before, after)).map(({ kind }) => kind)
    expect(await kinds(readers.A)).toEqual(['note', 'delete'])
    expect(await kinds(readers.B)).toEqual([])
  })

  describe('history', () => {
    test('versions are those by which the feature was in reach; layers as of a time hold what was in reach then', async () => {
      const id = await facility(8, 6)
      const moment = async () => {
        await new Promise((done) => setTimeout(done, 5))
        return new Date().toISOString()
      }
      const inA = await moment()
      await save({
        puts: [await putOf('facilities', id, { geometry: spot(8, 26), properties: { name: '丙' } })],
      })
      const inB = await moment()
      await save({ deletes: [await deletionOf('facilities', id)] })
      const gone = await moment()
      const versions = async (app: TestApp) => {
        const response = await app.request(`/api/v1/facilities/${id}/versions`)
        const body = (await response.json()) as { versions?: { version: number; how: string }[] }
        return body.versions ? body.versions.map(({ version, how }) => `${version} ${how}`) : response.status
      }
      expect(await versions(readers.everywhere)).toEqual(['2 deleted', '2 edited', '1 created'])
      expect(await versions(readers.A)).toEqual(['1 created'])
      expect(await versions(readers.B)).toEqual(['2 deleted', '2 edited'])
      expect(await versions(readers.nothing)).toBe(404)
      const status = async (app: TestApp, version: number) =>
        (await app.request(`/api/v1/facilities/${id}/versions/${version}`)).status
      expect(await Promise.all([1, 2].map((version) => status(readers.A, version)))).toEqual([200, 404])
      expect(await Promise.all([1, 2].map((version) => status(readers.B, version)))).toEqual([404, 200])
      expect(await Promise.all([1, 2].map((version) => status(readers.nothing, version)))).toEqual([404, 404])
      const asOf = async (app: TestApp, time: string) => {
        const path = `/api/v1/facilities/as-of?limit=1000&time=${encodeURIComponent(time)}`
        const { features } = (await (await app.request(path)).json()) as { features: { id: number }[] }
        return features.some((feature) => feature.id === id)
      }
      for (const [time, seen] of [
        [inA, ['everywhere', 'A', 'AW']],
        [inB, ['everywhere', 'B']],
        [gone, []],
      ] as const)
        for (const [name, app] of Object.entries(readers))
          expect({ name, time, found: await asOf(app, time) }).toEqual({
            name,
            time,
            found: (seen as readonly string[]).includes(name),
          })
    })

    test('the latest changes come in pages that miss nothing of what is in reach and tell nothing else', async () => {
      const known = (cell: string) =>
        new Set(town.all.filter(({ cells }) => cells.includes(cell)).map(({ layer, id }) => `${layer} ${id}`))
      const inB = known('B')
      const paged: Entry[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const path: string = `/api/v1/history?limit=3${cursor && `&cursor=${cursor}`}`
        const page = (await (await readers.A.request(path)).json()) as {
          events: Entry[]
          next: string | null
        }
        paged.push(...page.events)
        cursor = page.next
      }
      expect(paged).toEqual(await history(readers.A))
      expect(paged.length).toBeGreaterThan(20)
      const inA = known('A')
      for (const { layer, featureId } of paged)
        expect(inB.has(`${layer} ${featureId}`) && !inA.has(`${layer} ${featureId}`)).toBe(false)
      for (const one of inA)
        expect(
          paged.some(({ layer, featureId }) => `${layer} ${featureId}` === one),
          one,
        ).toBe(true)
    })
  })

  test('notes and photos of a feature outside are none, as of one that never was; of one that was deleted inside they stay', async () => {
    const id = await facility(9, 6)
    const { call } = client(context)
    const note = (await call('POST', '/notes', { layer: 'facilities', feature: id, text: '灯坏了' })).body
    const read = async (app: TestApp) => {
      const list = (await (await app.request(`/api/v1/notes?layer=facilities&feature=${id}`)).json()) as {
        notes: unknown[]
      }
      const photos = await app.request(`/api/v1/photos?layer=facilities&feature=${id}`)
      expect(photos.status).toBe(200)
      return [list.notes.length, (await app.request(`/api/v1/notes/${note.id}`)).status]
    }
    for (const body of [
      async () => {},
      async () => void (await save({ deletes: [await deletionOf('facilities', id)] })),
    ]) {
      await body()
      expect(await read(readers.everywhere)).toEqual([1, 200])
      expect(await read(readers.AW)).toEqual([1, 200])
      expect(await read(readers.B)).toEqual([0, 404])
      expect(await read(readers.nothing)).toEqual([0, 404])
    }
  })

  test('a community that is deleted is heard by whoever had it', async () => {
    const { ids } = await save({
      puts: [put('communities', -1, null, plot(200, 0, 210, 10), { name: '东社区', code: '990101001008' })],
    })
    const id = ids['-1'] as number
    const reach = [{ communities: [id], grids: [], 'micro-grids': [] }]
    const app = await context.appFor(someone(reach))
    const before = await last()
    await save({ deletes: [await deletionOf('communities', id)] })
    const after = await last()
    expect(await hearEvents(app, before, after)).toMatchObject([
      { kind: 'delete', layer: 'communities', featureId: id },
    ])
    expect(await hearEvents(readers.A, before, after)).toEqual([])
  })
})

interface Entry {
  id: number
  kind: string
  layer: string
  featureId: number | null
  version: number | null
  name: string | null
  bbox: number[] | null
}
