import { expect, test } from 'vitest'
import { afterDeletion } from '../../geodata/editing/change-set.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { client, hierarchies, plot, put } from '../support/small-hierarchy.ts'

onBothDatabases('change sets', (context) => {
  const { call, send, save, get, putOf, deletionOf } = client(context)
  const fresh = hierarchies(context, '9901010010')

  test('cells, buildings and points of one set find each other whatever their order, and leave one set of events', async () => {
    const ids = await fresh()
    expect((await get('buildings', ids.buildings[3]!)).properties).toMatchObject({
      code: `${ids.code}0020200001`,
      gridCode: `${ids.code}002`,
    })
    expect((await get('facilities', ids.facilities[1]!)).properties.microGridCode).toBe(`${ids.code}00202`)
    const events = await context.database.sql`
      SELECT layer, count(*) AS count FROM event e JOIN community c ON c.id = ${ids.community}
      WHERE e.north <= ST_YMax(c.geom) AND e.south >= ST_YMin(c.geom) GROUP BY layer ORDER BY layer`
    expect(events.map(({ layer, count }) => `${layer} ${count}`)).toEqual([
      'buildings 4',
      'communities 1',
      'facilities 2',
      'grids 2',
      'micro-grids 4',
    ])
  })

  test('merging two grids takes the micro-grids, buildings and points of the one that goes along', async () => {
    const ids = await fresh()
    const merged = await save({
      note: '合并',
      puts: [await putOf('grids', ids.west, { geometry: plot(0, ids.north, 40, ids.north + 20) })],
      deletes: [await deletionOf('grids', ids.east)],
    })
    expect(merged.deleted).toEqual([{ layer: 'grids', id: ids.east }])
    expect(merged.features[0]).toMatchObject({
      id: ids.west,
      properties: { code: `${ids.code}001`, buildings: 4 },
    })
    expect(merged.followed).toEqual([
      {
        layer: 'micro-grids',
        id: ids.southEast,
        version: 2,
        codeBefore: `${ids.code}00201`,
        codeAfter: `${ids.code}00103`,
      },
      {
        layer: 'micro-grids',
        id: ids.northEast,
        version: 2,
        codeBefore: `${ids.code}00202`,
        codeAfter: `${ids.code}00104`,
      },
      {
        layer: 'buildings',
        id: ids.buildings[2],
        version: 2,
        codeBefore: `${ids.code}0020100001`,
        codeAfter: `${ids.code}0010300001`,
      },
      {
        layer: 'buildings',
        id: ids.buildings[3],
        version: 2,
        codeBefore: `${ids.code}0020200001`,
        codeAfter: `${ids.code}0010400001`,
      },
    ])
    expect(await call('GET', `/grids/${ids.east}`)).toMatchObject({ status: 404 })
    expect((await get('facilities', ids.facilities[1]!)).properties).toMatchObject({
      gridCode: `${ids.code}001`,
      microGridCode: `${ids.code}00104`,
    })

    // Undone: the grid that went comes back as the same one, with its code, and what it held returns to it.
    const undone = await save({
      puts: [
        await putOf('grids', ids.west, { geometry: plot(0, ids.north, 20, ids.north + 20) }),
        put('grids', ids.east, afterDeletion(1), plot(20, ids.north, 40, ids.north + 20), {
          name: '东网格',
          code: `${ids.code}002`,
        }),
      ],
    })
    expect(undone.features[1]).toMatchObject({
      id: ids.east,
      version: 3,
      properties: { code: `${ids.code}002`, buildings: 2 },
    })
    expect((await get('micro-grids', ids.northEast)).properties.code).toBe(`${ids.code}00202`)
    expect((await get('buildings', ids.buildings[3]!)).properties.code).toBe(`${ids.code}0020200001`)
    const [row] = await context.database.sql`SELECT * FROM grid WHERE id = ${ids.east}`
    expect(row!.how).toBe('restored')
  })

  test('splitting a grid gives the new one the micro-grids in it, whose parent nobody named', async () => {
    const ids = await fresh()
    const split = await save({
      puts: [
        await putOf('grids', ids.west, { geometry: plot(0, ids.north, 20, ids.north + 10) }),
        put('grids', -1, null, plot(0, ids.north + 10, 20, ids.north + 20), { name: '新网格' }),
        put('micro-grids', -2, null, plot(0, ids.north + 18, 20, ids.north + 20), { name: '北条' }),
        await putOf('micro-grids', ids.northWest, { geometry: plot(0, ids.north + 10, 20, ids.north + 18) }),
      ],
    })
    const created = split.ids['-1']
    expect(split.features.map(({ properties }: { properties: { code: string } }) => properties.code)).toEqual(
      [`${ids.code}001`, `${ids.code}003`, `${ids.code}00301`, `${ids.code}00302`],
    )
    const [row] = await context.database
      .sql`SELECT grid_id, version FROM micro_grid WHERE id = ${ids.northWest}`
    expect(row).toEqual({ grid_id: created, version: 2 })
    expect(split.followed).toEqual([
      {
        layer: 'buildings',
        id: ids.buildings[1],
        version: 2,
        codeBefore: `${ids.code}0010200001`,
        codeAfter: `${ids.code}0030200001`,
      },
    ])
  })

  test('a border of communities that moves takes grids, micro-grids and buildings along, down to their codes', async () => {
    const one = await fresh()
    const other = await save({
      puts: [
        put('communities', -1, null, plot(40, one.north, 60, one.north + 20), {
          name: '槐荫社区',
          code: `9901010020${one.code.slice(-2)}`,
        }),
        await putOf('communities', one.community, { geometry: plot(0, one.north, 20, one.north + 20) }),
      ],
    })
    // Nothing covers the eastern grid now: it stays where it was.
    expect(other.followed).toEqual([])
    const taken = await save({
      puts: [
        await putOf('communities', other.ids['-1'], { geometry: plot(20, one.north, 60, one.north + 20) }),
      ],
    })
    const code = `9901010020${one.code.slice(-2)}`
    expect(taken.followed.map(({ codeAfter }: { codeAfter: string }) => codeAfter)).toEqual([
      `${code}001`,
      `${code}00101`,
      `${code}00102`,
      `${code}0010100001`,
      `${code}0010200001`,
    ])
    expect((await call('GET', `/micro-grids?q=${code}00102`)).body.numberReturned).toBe(1)
    expect((await get('micro-grids', one.northEast)).properties.communityCode).toBe(code)
  })

  test('everything goes at once: a community, what it holds, and the points stay outside', async () => {
    const ids = await fresh()
    const cells = [ids.southWest, ids.northWest, ids.southEast, ids.northEast].map((id) =>
      deletionOf('micro-grids', id),
    )
    await save({
      deletes: await Promise.all([
        deletionOf('communities', ids.community),
        deletionOf('grids', ids.west),
        deletionOf('grids', ids.east),
        ...cells,
        ...ids.buildings.map((id) => deletionOf('buildings', id)),
      ]),
    })
    expect((await get('facilities', ids.facilities[0]!)).properties).toMatchObject({
      communityCode: null,
      microGridCode: null,
    })
    expect(await call('GET', `/communities/${ids.community}`)).toMatchObject({ status: 404 })
  })

  test('a feature deleted by the set before comes back under its id, and with another code if its own was given away', async () => {
    const ids = await fresh()
    const before = await get('buildings', ids.buildings[0]!)
    const again = put('buildings', before.id, before.version, before.geometry, before.properties)
    await save({ deletes: [{ layer: 'buildings', id: before.id, version: before.version }] })
    expect((await send({ puts: [{ ...again, version: 99 }] })).body).toMatchObject({
      code: 'version-conflict',
      conflicts: [{ layer: 'buildings', id: before.id, expectedVersion: 99, current: null }],
    })
    // An edit that started before the deletion is stale; only one that starts from the deletion brings it back.
    expect((await send({ puts: [again] })).status).toBe(412)
    const back = await save({ puts: [{ ...again, version: before.version + 1 }] })
    const { updatedAt: _, ...properties } = before.properties
    expect(back.features[0]).toMatchObject({
      id: before.id,
      version: 3,
      geometry: before.geometry,
      properties,
    })
    await save({ deletes: [{ layer: 'buildings', id: before.id, version: 3 }] })
    await save({
      puts: [
        put('buildings', -1, null, plot(7, ids.north + 7, 8, ids.north + 8), {
          code: before.properties.code,
        }),
      ],
    })
    const other = await save({ puts: [{ ...again, version: 4 }] })
    expect(other.features[0]).toMatchObject({
      id: before.id,
      version: 5,
      properties: { code: `${ids.code}0010100002` },
    })
    // The single feature's route brings nothing back.
    await save({ deletes: [{ layer: 'buildings', id: before.id, version: 5 }] })
    const { code: __, ...input } = before.properties
    expect(
      await call(
        'PUT',
        `/buildings/${before.id}`,
        { geometry: before.geometry, properties: input },
        { 'if-match': '"5"' },
      ),
    ).toMatchObject({ status: 404 })
    // A new row never gets the id of one that came back.
    expect(
      (await save({ puts: [put('buildings', -1, null, plot(9, ids.north + 9, 9.5, ids.north + 9.5), {})] }))
        .ids['-1'],
    ).toBeGreaterThan(before.id)
  })

  test('a cell that lies outside its parent keeps it when its name, or a far neighbour, is edited', async () => {
    const ids = await fresh()
    // The western grid shrinks away from under its northern micro-grid, into nothing.
    await save({
      puts: [await putOf('grids', ids.west, { geometry: plot(0, ids.north, 20, ids.north + 9) })],
    })
    const renamed = await save({
      puts: [await putOf('micro-grids', ids.northWest, { properties: { name: '还在' } })],
    })
    expect(renamed.features[0].properties).toMatchObject({
      name: '还在',
      gridCode: `${ids.code}001`,
      code: `${ids.code}00102`,
    })
    const far = await save({
      puts: [await putOf('grids', ids.east, { geometry: plot(21, ids.north, 40, ids.north + 20) })],
    })
    expect(far.followed).toEqual([])
  })
})
