import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type DatabaseContext, onBothDatabases } from '../support/on-both-databases.ts'
import { plot, put, spot } from '../support/small-hierarchy.ts'
import { tinyJpeg } from '../support/tiny-jpeg.ts'
import { outside, twoAreas } from '../support/two-areas.ts'
import { cells, clientOf, supervisor } from '../support/writer.ts'

const MISSING = 987_654
const AED = { kind: 'aed' }

const line = (...positions: [east: number, north: number][]) => ({
  type: 'LineString',
  coordinates: positions.map(([east, north]) => spot(east, north).coordinates),
})

onBothDatabases('an edit stays in the area of its writer', (context) => {
  const { all, areas, by, inA, refused } = twoAreas(context)

  test('what stands elsewhere answers every write as what does not exist', async () => {
    const person = inA()
    const body = { type: 'Feature', geometry: spot(5, 25), properties: AED }
    const version = { 'if-match': '"1"' }
    const [there] = [areas.b.facilities[0]!]
    for (const [method, sent] of [
      ['PUT', body],
      ['PATCH', { properties: { kind: 'gate' } }],
      ['DELETE', undefined],
    ] as const) {
      const [real, none] = [
        await refused(() => person.call(method, `/facilities/${there}`, sent, version)),
        await refused(() => person.call(method, `/facilities/${MISSING}`, sent, version)),
      ]
      expect(real.status).toBe(404)
      const text = (answer: typeof real, id: number) =>
        JSON.stringify(answer.body).replaceAll(String(id), 'ID')
      expect(text(real, there)).toBe(text(none, MISSING))
    }
    for (const edit of [
      (id: number) => ({ puts: [put('facilities', id, 1, spot(5, 5), AED)], deletes: [] }),
      (id: number) => ({ puts: [], deletes: [{ layer: 'facilities', id, version: 1 }] }),
    ])
      for (const path of ['/changes', '/changes/check']) {
        const conflictsOf = async (id: number) => {
          const sent = { ...edit(id), ...(path === '/changes' ? { id: randomUUID() } : {}) }
          const { status, body } = await refused(() => person.call('POST', path, sent))
          return JSON.stringify({ status, conflicts: body.conflicts }).replaceAll(String(id), 'ID')
        }
        const real = await conflictsOf(there)
        expect(real).toContain('"current":null')
        expect(real).toBe(await conflictsOf(MISSING))
      }
  })

  test('in one’s own area cells, buildings, points, roads and zones are made, changed and deleted', async () => {
    const person = inA()
    const made = await person.save({
      puts: [
        put('facilities', -1, null, spot(6, 6), AED),
        put('buildings', -2, null, plot(7, 7, 8, 8), { use: 'residential', households: 1 }),
        put('roads', -3, null, line([1, 1], [39, 1]), { name: '槐荫路', kind: 'minor' }),
        // along the border, exactly
        put('zones', -4, null, plot(0, 0, 40, 20), { zoneLayer: 'police', code: 'A1', name: '一号警格' }),
        await person.putOf('grids', areas.a.west, { geometry: plot(0, 0, 19, 20) }),
        await person.putOf('grids', areas.a.east, { geometry: plot(19, 0, 40, 20) }),
        await person.putOf('micro-grids', areas.a.southWest, { geometry: plot(0, 0, 19, 10) }),
        await person.putOf('micro-grids', areas.a.northWest, { geometry: plot(0, 10, 19, 20) }),
      ],
    })
    const { ids } = made
    await person.save({
      puts: [
        await person.putOf('roads', ids['-3'], { properties: { name: '槐荫东路' } }),
        await person.putOf('grids', areas.a.west, { geometry: plot(0, 0, 20, 20) }),
        await person.putOf('grids', areas.a.east, { geometry: plot(20, 0, 40, 20) }),
        await person.putOf('micro-grids', areas.a.southWest, { geometry: plot(0, 0, 20, 10) }),
        await person.putOf('micro-grids', areas.a.northWest, { geometry: plot(0, 8, 20, 20) }),
      ],
      deletes: [
        await person.deletionOf('facilities', ids['-1']),
        await person.deletionOf('buildings', ids['-2']),
        await person.deletionOf('zones', ids['-4']),
      ],
    })
    await person.save({ deletes: [await person.deletionOf('roads', ids['-3'])] })
  })

  test('a shape that reaches out by rounding is let in, one that reaches out by a metre is not', async () => {
    const person = inA()
    const off = (degrees: number) => {
      const geometry = structuredClone(plot(38, 18, 40, 20))
      for (const position of geometry.coordinates[0]![0]!)
        if (position[1]! > 31.0195) position[1] = Math.round((position[1]! + degrees) * 1e7) / 1e7
      return { puts: [put('landcover', -1, null, geometry, { kind: 'green' })] }
    }
    const { ids } = await person.save(off(1e-7))
    await person.save({ deletes: [await person.deletionOf('landcover', ids['-1'])] })
    expect(await refused(() => person.send(off(1e-5)))).toMatchObject(outside('landcover', -1))
  })

  test('nothing is drawn elsewhere, nor told of what stands there', async () => {
    const person = inA()
    const wrongCode = { name: '试探', code: '990101001009001' }
    for (const one of [
      put('facilities', -1, null, spot(5, 25), AED),
      put('facilities', -1, null, spot(90, 90), AED),
      put('buildings', -1, null, plot(5, 25, 6, 26), { use: 'residential', households: 1 }),
      put('communities', -1, null, plot(60, 60, 61, 61), { name: '新社区', code: '990101001077' }),
      put('communities', -1, null, plot(1, 1, 2, 2), { name: '社区里的社区', code: '990101001078' }),
      put('grids', -1, null, plot(21, 21, 22, 22), wrongCode),
      put('micro-grids', -1, null, plot(10, 15, 12, 25), { name: '跨界' }),
      put('roads', -1, null, line([5, 15], [5, 25]), { kind: 'minor' }),
      put('zones', -1, null, plot(5, 15, 6, 25), { zoneLayer: 'police', code: 'X', name: '跨界' }),
      put('landcover', -1, null, plot(5, 25, 6, 26), { kind: 'water' }),
    ]) {
      const answer = await refused(() => person.send({ puts: [one] }))
      expect(answer, JSON.stringify(one)).toMatchObject(outside(one.layer))
      // The code of the community in which the grid would lie is not told.
      expect(answer.body.detail).not.toContain('990101001002')
      const { geometry, properties } = one
      const single = await refused(() =>
        person.call('POST', `/${one.layer}`, { type: 'Feature', geometry, properties }),
      )
      expect(single, JSON.stringify(one)).toMatchObject({ status: 403, body: { code: 'outside-area' } })
    }
  })

  test('a point or building that would leave the area stays', async () => {
    const person = inA()
    const facility = areas.a.facilities[0]!
    for (const geometry of [spot(5, 25), spot(90, 90)]) {
      const moved = await person.putOf('facilities', facility, { geometry })
      expect(await refused(() => person.send({ puts: [moved] }))).toMatchObject(
        outside('facilities', facility),
      )
    }
    const building = await person.putOf('buildings', areas.a.buildings[1]!, { geometry: plot(5, 22, 6, 23) })
    expect(await refused(() => person.send({ puts: [building] }))).toMatchObject(
      outside('buildings', areas.a.buildings[1]),
    )
  })

  test('zones, roads and land cover that reach out are not changed and not deleted', async () => {
    const { ids } = await all.save({
      puts: [
        put('roads', -1, null, line([15, 15], [15, 25]), { name: '跨界路', kind: 'minor' }),
        put('zones', -2, null, plot(2, 12, 8, 28), { zoneLayer: 'police', code: 'P2', name: '警格' }),
        put('landcover', -3, null, plot(30, 19, 31, 21), { kind: 'water', name: '界河' }),
        put('roads', -4, null, line([22, 35], [38, 35]), { name: '北岸路', kind: 'minor' }),
      ],
    })
    const person = inA()
    for (const [layer, id] of [
      ['roads', ids['-1']],
      ['zones', ids['-2']],
      ['landcover', ids['-3']],
    ] as const) {
      const renamed = await person.putOf(layer, id, { properties: { name: '改名' } })
      expect(await refused(() => person.send({ puts: [renamed] }))).toMatchObject(outside(layer, id))
      const deletion = await person.deletionOf(layer, id)
      expect(await refused(() => person.send({ deletes: [deletion] }))).toMatchObject(outside(layer, id))
    }
    const elsewhere = { layer: 'roads', id: ids['-4'], version: 1 }
    expect(await refused(() => person.send({ deletes: [elsewhere] }))).toMatchObject({ status: 412 })
    await by([cells({ communities: [areas.a.community, areas.b.community] })]).save({
      deletes: await Promise.all(
        (['-1', '-4'] as const).map(async (key) => all.deletionOf('roads', ids[key] as number)),
      ),
    })
  })

  test('a deletion is taken back only by those in whose area it stood', async () => {
    const { ids } = await all.save({ puts: [put('facilities', -1, null, spot(7, 7), AED)] })
    const id = ids['-1'] as number
    await inA().save({ deletes: [{ layer: 'facilities', id, version: 1 }] })
    // Anyone who knows the version of the deletion might bring it back into their own area.
    const back = (geometry: unknown) => ({ puts: [put('facilities', id, 2, geometry, AED)] })
    const other = by([cells({ communities: [areas.b.community] })])
    const stolen = await refused(() => other.send(back(spot(5, 25))))
    expect(stolen).toMatchObject({ status: 412 })
    expect(stolen.body.conflicts).toEqual([{ layer: 'facilities', id, expectedVersion: 2, current: null }])
    expect(await refused(() => inA().send(back(spot(5, 25))))).toMatchObject(outside('facilities', id))
    const restored = await inA().save(back(spot(7, 7)))
    expect(restored.features[0]).toMatchObject({ id, version: 3 })
    await all.save({ deletes: [await all.deletionOf('facilities', id)] })
  })

  test('without a cell nothing is written, and a token’s area holds within its owner’s', async () => {
    const facility = put('facilities', -1, null, spot(6, 6), AED)
    for (const reach of [
      [],
      [cells({})],
      [cells({ communities: [areas.a.community] }), cells({ grids: [areas.b.west] })],
    ]) {
      const person = by(reach)
      expect(await refused(() => person.send({ puts: [facility] }))).toMatchObject(outside('facilities', -1))
      const change = put('facilities', areas.a.facilities[0]!, 1, spot(5, 5.5), AED)
      expect(await refused(() => person.send({ puts: [change] }))).toMatchObject({ status: 412 })
    }
    const narrowed = by([
      cells({ communities: [areas.a.community] }),
      cells({ grids: [areas.a.west, areas.b.west] }),
    ])
    const { ids } = await narrowed.save({ puts: [facility] })
    await narrowed.save({ deletes: [await narrowed.deletionOf('facilities', ids['-1'])] })
    const east = put('facilities', -1, null, spot(25, 6), AED)
    expect(await refused(() => narrowed.send({ puts: [east] }))).toMatchObject(outside('facilities', -1))
  })

  test('what one was answered is not told another who sends the same edit', async () => {
    const id = randomUUID()
    const body = { id, puts: [put('facilities', -1, null, spot(6, 7), AED)], deletes: [] }
    const first = await inA().call('POST', '/changes', body)
    expect(first.status).toBe(200)
    expect((await inA().call('POST', '/changes', body)).body).toEqual(first.body)
    const other = clientOf(
      context,
      supervisor([cells({ communities: [areas.b.community] })], { name: 'other' }),
    )
    const answer = await refused(() => other.call('POST', '/changes', body))
    expect(answer).toMatchObject({ status: 409, body: { code: 'id-reused' } })
    await inA().save({ deletes: [await inA().deletionOf('facilities', first.body.ids['-1'])] })
  })

  describe('notes and photos', () => {
    const photo = async (of: DatabaseContext, feature: number) => {
      const response = await (await of.app()).request(`/api/v1/photos?layer=facilities&feature=${feature}`, {
        method: 'POST',
        headers: { 'content-type': 'image/jpeg' },
        body: await tinyJpeg(),
      })
      return { status: response.status, body: await response.json() }
    }
    const ofA = (): DatabaseContext => {
      const app = context.appFor(supervisor([cells({ communities: [areas.a.community] })]))
      return Object.create(context, { app: { value: () => app } })
    }

    test('are written on what is in reach, and on nothing else', async () => {
      const note = (feature: number) => ({ layer: 'facilities', feature, text: '已检查' })
      const there = areas.b.facilities[0]!
      expect(await refused(() => inA().call('POST', '/notes', note(there)))).toMatchObject({ status: 404 })
      expect(await refused(() => photo(ofA(), there))).toMatchObject({ status: 404 })
      const own = await inA().call('POST', '/notes', note(areas.a.facilities[0]!))
      expect(own).toMatchObject({ status: 201, body: { author: 'weiduan' } })
      const picture = await photo(ofA(), areas.a.facilities[0]!)
      expect(picture.status).toBe(201)
      expect((await inA().call('DELETE', `/photos/${picture.body.id}`)).status).toBe(204)
    })

    test('of what is out of reach are neither changed nor deleted nor brought back', async () => {
      const of = (feature: number) => ({ layer: 'facilities', feature, text: '原文' })
      const { body: theirs } = await all.call('POST', '/notes', of(areas.b.facilities[0]!))
      const { body: gone } = await all.call('POST', '/notes', of(areas.b.facilities[0]!))
      const version = { 'if-match': '"1"' }
      await all.call('DELETE', `/notes/${gone.id}`, undefined, version)
      const picture = await photo(context, areas.b.facilities[0]!)
      const text = { text: '改写' }
      // With a version that is out of date too: a conflict would show the note.
      for (const headers of [version, { 'if-match': '"9"' }])
        for (const [method, path, body] of [
          ['PATCH', `/notes/${theirs.id}`, text],
          ['DELETE', `/notes/${theirs.id}`, undefined],
          ['POST', `/notes/${gone.id}/restore`, undefined],
          ['DELETE', `/photos/${picture.body.id}`, undefined],
        ] as const) {
          const answer = await refused(() => inA().call(method, path, body, headers))
          expect(answer, `${method} ${path}`).toMatchObject({ status: 404, body: { code: 'not-found' } })
        }
    })

    test('outlive the feature in the area in which it stood', async () => {
      const { ids } = await all.save({ puts: [put('facilities', -1, null, spot(8, 8), AED)] })
      const { body: note } = await all.call('POST', '/notes', {
        layer: 'facilities',
        feature: ids['-1'],
        text: '原文',
      })
      await all.save({ deletes: [await all.deletionOf('facilities', ids['-1'])] })
      const version = { 'if-match': '"1"' }
      const other = by([cells({ communities: [areas.b.community] })])
      const path = `/notes/${note.id}`
      expect((await refused(() => other.call('PATCH', path, { text: '改写' }, version))).status).toBe(404)
      expect((await inA().call('PATCH', path, { text: '改写' }, version)).status).toBe(200)
    })
  })

  test('a file is imported by those alone whose area is everywhere', async () => {
    const features = [{ type: 'Feature', id: 'f1', geometry: spot(6, 6), properties: AED }]
    const collection = { type: 'FeatureCollection', features }
    const app = await context.appFor(supervisor([cells({ communities: [areas.a.community] })]))
    for (const query of ['', '?dryRun=true']) {
      const form = new FormData()
      form.append('layer', 'facilities')
      form.append('file', new Blob([JSON.stringify(collection)]), 'f.geojson')
      const answer = await refused(() =>
        Promise.resolve(app.request(`/api/v1/imports${query}`, { method: 'POST', body: form })),
      )
      expect(answer.status).toBe(403)
      expect(await answer.json()).toMatchObject({ code: 'outside-area' })
    }
  })
})
