import { expect, test } from 'vitest'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { plot, put, spot } from '../support/small-hierarchy.ts'
import { outside, twoAreas } from '../support/two-areas.ts'
import { collection, post } from '../support/upload-geojson.ts'
import { cells } from '../support/writer.ts'

const AED = { kind: 'aed' }

onBothDatabases('an edit stays in the area of its writer', (context) => {
  const { all, areas, by, inA, inWest, refused } = twoAreas(context)

  test('a border shared with a neighbour outside is not moved, by either side of it', async () => {
    const person = inA()
    const grown = await person.putOf('communities', areas.a.community, { geometry: plot(0, 0, 40, 21) })
    const { name, code } = (await all.get('communities', areas.a.community)).properties
    const alone = await refused(() => person.send({ puts: [grown] }))
    expect(alone).toMatchObject(outside('communities', areas.a.community))
    expect(alone.body.detail).toContain(code)
    expect(alone.body.detail).not.toContain(name)
    const theirs = await all.putOf('communities', areas.b.community, { geometry: plot(0, 21, 40, 40) })
    const both = await refused(() => person.send({ puts: [grown, theirs] }))
    expect(both.status).toBe(412)
    expect(both.body.conflicts).toEqual([
      { layer: 'communities', id: areas.b.community, expectedVersion: theirs.version, current: null },
    ])
    const checked = await refused(() => person.call('POST', '/changes/check', { puts: [grown], deletes: [] }))
    expect(checked.body.problem).toMatchObject({ code: 'outside-area', at: { layer: 'communities' } })
    const single = await refused(() =>
      person.call(
        'PATCH',
        `/communities/${areas.a.community}`,
        { geometry: plot(0, 0, 40, 21) },
        { 'if-match': '"1"' },
      ),
    )
    expect(single).toMatchObject({ status: 403, body: { code: 'outside-area' } })
    expect(single.body.at).toBeUndefined()
  })

  test('who has one grid makes no other, and lets nothing of it go to the neighbour', async () => {
    const person = inWest()
    await person.save({
      puts: [await person.putOf('grids', areas.a.west, { properties: { name: '西网格二' } })],
    })
    const { ids } = await person.save({
      puts: [put('micro-grids', -1, null, plot(18, 0, 20, 2), { name: '东南角' })],
    })
    await person.save({ deletes: [await person.deletionOf('micro-grids', ids['-1'])] })
    const half = put('grids', -1, null, plot(10, 0, 20, 20), { name: '另一半' })
    expect(await refused(() => person.send({ puts: [half] }))).toMatchObject(outside('grids', -1))
    // Its southern half, with a building and a point, would belong to the community alone.
    const shrunk = await person.putOf('grids', areas.a.west, { geometry: plot(0, 8, 20, 20) })
    const microGrid = await person.putOf('micro-grids', areas.a.southWest, { geometry: plot(0, 8, 20, 10) })
    const answer = await refused(() => person.send({ puts: [shrunk, microGrid] }))
    expect(answer).toMatchObject({ status: 403, body: { code: 'outside-area' } })
    // The community holds it all: there it is allowed.
    const before = [await all.putOf('grids', areas.a.west), await all.putOf('micro-grids', areas.a.southWest)]
    await inA().save({ puts: [shrunk, microGrid] })
    const back = await Promise.all(
      before.map(async (one) => all.putOf(one.layer, one.id, { geometry: one.geometry })),
    )
    await inA().save({ puts: back })
  })

  test('a deleted cell does not drop its points out of the area', async () => {
    const { ids } = await all.save({
      puts: [
        put('communities', -1, null, plot(0, 100, 10, 110), { name: '河东社区', code: '990101001003' }),
        put('grids', -2, null, plot(0, 100, 10, 110), { name: '第一网格' }),
        put('facilities', -3, null, spot(5, 105), AED),
      ],
    })
    const deletion = await all.deletionOf('grids', ids['-2'])
    const ofGrid = by([cells({ grids: [ids['-2']] })])
    expect(await refused(() => ofGrid.send({ deletes: [deletion] }))).toMatchObject(
      outside('facilities', ids['-3']),
    )
    await by([cells({ communities: [ids['-1']] })]).save({ deletes: [deletion] })
  })

  test('where cells lie on each other, nothing of the other is taken in', async () => {
    const { ids } = await all.save({
      puts: [
        put('communities', -1, null, plot(0, 120, 10, 130), { name: '甲', code: '990101001004' }),
        put('buildings', -3, null, plot(8, 125, 9, 126), { use: 'residential', households: 1 }),
      ],
    })
    const { ids: more } = await all.save({
      puts: [put('communities', -2, null, plot(5, 120, 20, 130), { name: '乙', code: '990101001005' })],
    })
    const person = by([cells({ communities: [more['-2']] })])
    const grid = put('grids', -4, null, plot(5, 120, 20, 130), { name: '第一网格' })
    const answer = await refused(() => person.send({ puts: [grid] }))
    expect(answer).toMatchObject({ status: 403, body: { code: 'outside-area' } })
    expect(answer.body.detail).not.toContain(String(ids['-3']))
    // Away from what the other holds there is nothing against it.
    await person.save({ puts: [put('grids', -4, null, plot(11, 120, 20, 130), { name: '第一网格' })] })
  })

  test('a grid that an import drew in the area, but under another community, is not taken in', async () => {
    const { ids } = await all.save({
      puts: [
        put('communities', -1, null, plot(0, 160, 10, 170), { name: '丙', code: '990101001007' }),
        put('communities', -2, null, plot(20, 160, 40, 170), { name: '丁', code: '990101001008' }),
      ],
    })
    const stray = { type: 'Feature', id: 'g', geometry: plot(22, 162, 24, 164), properties: {} }
    const properties = { name: '飞地', code: '990101001007001' }
    const { json } = await post(context, collection({ ...stray, properties }), { layer: 'grids' })
    expect(json.layers.grids).toMatchObject({ created: 1 })
    const person = by([cells({ communities: [ids['-2']] })])
    const shrunk = { geometry: plot(20, 160, 39, 170) }
    const edit = await person.putOf('communities', ids['-2'], shrunk)
    const answer = await refused(() => person.send({ puts: [edit] }))
    expect(answer).toMatchObject({ status: 403, body: { code: 'outside-area' } })
    expect(answer.body.detail).not.toContain(properties.code)
    await by([cells({ communities: [ids['-1'], ids['-2']] })]).save({ puts: [edit] })
  })

  test('a cell of one’s area that was deleted comes back as it was, and no larger', async () => {
    const name = { name: '河西社区', code: '990101001006' }
    const { ids } = await all.save({ puts: [put('communities', -1, null, plot(0, 140, 10, 150), name)] })
    const id = ids['-1'] as number
    const person = by([cells({ communities: [id] })])
    await person.save({ deletes: [await person.deletionOf('communities', id)] })
    const back = (north: number) => ({ puts: [put('communities', id, 2, plot(0, 140, 10, north), name)] })
    expect(await refused(() => person.send(back(160)))).toMatchObject(outside('communities', id))
    await person.save(back(150))
  })

  test('a check tells what the edit does to cells above one’s area, but not where nor to whom', async () => {
    const person = inWest()
    // Its south-western corner, in which nothing stands, is left to no grid.
    const shrunk = {
      type: 'MultiPolygon',
      coordinates: [
        [
          [
            [0, 2],
            [2, 2],
            [2, 0],
            [20, 0],
            [20, 20],
            [0, 20],
            [0, 2],
          ].map(([east, north]) => spot(east!, north!).coordinates),
        ],
      ],
    }
    const { status, body } = await refused(async () =>
      person.call('POST', '/changes/check', {
        puts: [await person.putOf('grids', areas.a.west, { geometry: shrunk })],
        deletes: [],
      }),
    )
    expect({ status, problem: body.problem }).toEqual({ status: 200, problem: null })
    const gap = body.fresh.find(({ kind }: { kind: string }) => kind === 'gap')
    expect(gap).toMatchObject({ layer: 'communities', otherId: null, geometry: null })
    const stray = body.fresh.find(({ kind }: { kind: string }) => kind === 'stray')
    expect(stray).toMatchObject({ layer: 'micro-grids', id: areas.a.southWest, otherId: areas.a.west })
    expect(stray.geometry).not.toBeNull()
  })
})
