import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { client, plot, put, smallHierarchy, spot } from '../support/small-hierarchy.ts'
import { collection, feature, post } from '../support/upload-geojson.ts'

const migration = (name: string) => readFile(new URL(`../../migrations/${name}`, import.meta.url), 'utf8')

onBothDatabases('history', (context) => {
  const { call, save, get, putOf, deletionOf } = client(context)
  const versions = async (layer: string, id: number, query = '') => {
    const answer = await call('GET', `/${layer}/${id}/versions${query}`)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
    return answer.body
  }
  const brief = async (layer: string, id: number) =>
    (await versions(layer, id)).versions.map((entry: { version: number; how: string; changed: string[] }) => [
      entry.version,
      entry.how,
      ...entry.changed,
    ])
  const idOf = async (table: string, sourceId: string) =>
    (
      await context.database.sql`SELECT id FROM ${context.database.sql(table)} WHERE source_id = ${sourceId}`
    )[0]!.id as number
  const tick = () => new Promise((resolve) => setTimeout(resolve, 5))
  const as = async (path: string) => {
    const answer = await call('GET', path)
    expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 })
    return answer.body
  }

  test('an import, a newer file, an edit, a deletion and a restoration are all told, with who, how and what', async () => {
    const road = (name: string) =>
      collection(
        feature(
          { name, kind: 'main' },
          {
            type: 'LineString',
            coordinates: [
              [121, 32],
              [121.01, 32],
            ],
          },
          { id: 'r1' },
        ),
      )
    expect((await post(context, road('槐荫路'), { layer: 'roads', source: 'town' })).status).toBe(201)
    expect((await post(context, road('槐荫大道'), { layer: 'roads', source: 'town' })).status).toBe(201)
    const [row] = await context.database.sql`SELECT id, source_id FROM road WHERE name = '槐荫大道'`
    const id = row!.id as number
    await call(
      'PATCH',
      `/roads/${id}`,
      {
        properties: { kind: 'path' },
        geometry: {
          type: 'LineString',
          coordinates: [
            [121, 32],
            [121.02, 32],
          ],
        },
      },
      { 'if-match': '"2"' },
    )
    await save({ note: '废止', deletes: [await deletionOf('roads', id)] })
    expect(await brief('roads', id)).toEqual([
      [3, 'deleted'],
      [3, 'edited', 'geometry', 'kind'],
      [2, 'imported', 'name'],
      [1, 'imported'],
    ])
    // To restore: what a version held, put on top of the deletion.
    const old = await as(`/roads/${id}/versions/2`)
    expect(old).toMatchObject({
      version: 2,
      properties: { name: '槐荫大道', kind: 'main', sourceId: row!.source_id },
    })
    const restored = await save({ note: '恢复', puts: [put('roads', id, 4, old.geometry, old.properties)] })
    expect(restored.features[0]).toMatchObject({
      id,
      version: 5,
      geometry: old.geometry,
      properties: { kind: 'main', sourceId: row!.source_id },
    })
    const told = await versions('roads', id)
    expect(told.versions.map(({ how }: { how: string }) => how)).toEqual([
      'restored',
      'deleted',
      'edited',
      'imported',
      'imported',
    ])
    expect(told.versions.map(({ actor }: { actor: string }) => actor)).toEqual([
      'local',
      'local',
      'local',
      'local',
      'local',
    ])
    expect(told.versions[0]).toMatchObject({
      to: null,
      changeSet: { id: restored.id, note: '恢复' },
      from: restored.at,
    })
    expect(told.versions[1]).toMatchObject({ to: restored.at, changeSet: { note: '废止' } })
    expect(told.versions[2].changeSet).toBeNull()
    // Each version ends where the next begins, a deletion between them counts too.
    const ends = told.versions.map(({ to }: { to: string | null }) => to)
    const begins = told.versions.map(({ from }: { from: string }) => from)
    expect(ends.slice(1)).toEqual(begins.slice(0, -1))
    // The source that brings it again finds the same row.
    expect(await idOf('road', row!.source_id)).toBe(id)
  })

  test('versions come in pages, and one that was not kept is answered with those that were', async () => {
    const { ids } = await save({
      puts: [put('facilities', -1, null, spot(1, 1), { kind: 'aed', name: '0' })],
    })
    const id = ids['-1']
    for (let name = 1; name <= 6; name += 1)
      await save({ puts: [await putOf('facilities', id, { properties: { name: String(name) } })] })
    const seen: number[] = []
    let cursor = ''
    for (;;) {
      const page = await versions('facilities', id, `?limit=3${cursor}`)
      seen.push(...page.versions.map(({ version }: { version: number }) => version))
      for (const { version, changed } of page.versions) expect(changed).toEqual(version === 1 ? [] : ['name'])
      if (page.next === null) break
      cursor = `&cursor=${page.next}`
    }
    expect(seen).toEqual([7, 6, 5, 4, 3, 2, 1])
    expect(await call('GET', `/facilities/${id}/versions/8`)).toMatchObject({
      status: 404,
      body: { detail: expect.stringContaining('7, 6, 5') },
    })
    expect(await call('GET', '/facilities/99999/versions')).toMatchObject({ status: 404 })
    for (const path of [
      `/facilities/${id}/versions/0`,
      `/facilities/${id}/versions/1.5`,
      `/facilities/${id}/versions/99999999999`,
      `/facilities/${id}/versions?limit=0`,
      `/facilities/${id}/versions?cursor=x`,
      `/facilities/x/versions`,
    ])
      expect(await call('GET', path), path).toMatchObject({ status: 400 })
  })

  test('a time between two moves of a border gives the old border, the cell of a point then, and one version of each feature', async () => {
    const code = '990101003001'
    const ids = await smallHierarchy(context, code, 100)
    const at = [(await versions('grids', ids.west)).versions[0].from as string]
    for (const border of [15, 25]) {
      await tick()
      const moved = await save({
        puts: [
          await putOf('grids', ids.west, { geometry: plot(0, 100, border, 120) }),
          await putOf('grids', ids.east, { geometry: plot(border, 100, 40, 120) }),
        ],
      })
      at.push(moved.at)
    }
    await tick()
    const merged = await save({
      puts: [await putOf('grids', ids.west, { geometry: plot(0, 100, 40, 120) })],
      deletes: [await deletionOf('grids', ids.east)],
    })
    at.push(merged.at)
    const box = 'bbox=120,31.1,120.04,31.12'
    const bordersAt = async (time: string) => {
      const { features } = await as(`/grids/as-of?time=${encodeURIComponent(time)}&${box}`)
      return features.map(({ id, geometry }: { id: number; geometry: { coordinates: number[][][][] } }) => [
        id,
        Math.max(...geometry.coordinates[0]![0]!.map(([lng]) => lng!)),
      ])
    }
    expect(await bordersAt(at[0]!)).toEqual([
      [ids.west, 120.02],
      [ids.east, 120.04],
    ])
    expect(await bordersAt(at[1]!)).toEqual([
      [ids.west, 120.015],
      [ids.east, 120.04],
    ])
    expect(await bordersAt(at[2]!)).toEqual([
      [ids.west, 120.025],
      [ids.east, 120.04],
    ])
    expect(await bordersAt(at[3]!)).toEqual([[ids.west, 120.04]])
    expect(await bordersAt(new Date(Date.parse(at[1]!) - 1).toISOString())).toEqual([
      [ids.west, 120.02],
      [ids.east, 120.04],
    ])
    expect(await bordersAt('1999-01-01T00:00:00Z')).toEqual([])
    const gridAt = async (time?: string) =>
      (await as(`/cells?lng=120.022&lat=31.105${time ? `&time=${encodeURIComponent(time)}` : ''}`)).grid?.code
    expect([
      await gridAt(at[0]!),
      await gridAt(at[1]!),
      await gridAt(at[2]!),
      await gridAt(at[3]!),
      await gridAt(),
    ]).toEqual([`${code}002`, `${code}002`, `${code}001`, `${code}001`, `${code}001`])
    expect(await as(`/cells?lng=120.022&lat=31.105&time=1999-01-01T00:00:00Z`)).toEqual({
      community: null,
      grid: null,
      microGrid: null,
    })
    // What followed tells so, and the codes that were in force stay with the versions that had them.
    expect(await brief('buildings', ids.buildings[2]!)).toContainEqual([2, 'followed', 'code'])
    const then = await as(`/buildings/as-of?time=${at[0]}&${box}`)
    expect(
      then.features.map(({ properties }: { properties: { gridCode: string } }) => properties.gridCode),
    ).toEqual([`${code}001`, `${code}001`, `${code}002`, `${code}002`])
  })

  test('a layer as of a time comes in pages that miss nothing, and one instant sees a change set whole', async () => {
    const { ids } = await save({
      puts: [1, 2, 3, 4, 5].map((number) =>
        put('zones', -number, null, plot(200 + number, 0, 200.5 + number, 1), {
          name: String(number),
          zoneLayer: 'police',
        }),
      ),
    })
    const all = [-1, -2, -3, -4, -5].map((number) => ids[number] as number)
    await tick()
    const changed = await save({
      puts: await Promise.all(
        all.slice(0, 3).map((id) => putOf('zones', id, { properties: { name: '新' } })),
      ),
      deletes: [await deletionOf('zones', all[4]!)],
    })
    const names = async (time: string) => {
      const found: string[] = []
      let cursor = ''
      for (;;) {
        const page = await as(`/zones/as-of?time=${time}&bbox=120.2,31,120.21,31.01&limit=2${cursor}`)
        expect(page.truncated).toBe(page.next !== null)
        expect(page.features.length).toBeGreaterThan(0)
        found.push(
          ...page.features.map(({ properties }: { properties: { name: string } }) => properties.name),
        )
        if (page.next === null) return found
        cursor = `&cursor=${page.next}`
      }
    }
    expect(await names(changed.at)).toEqual(['新', '新', '新', '4'])
    expect(await names(new Date(Date.parse(changed.at) - 1).toISOString())).toEqual(['1', '2', '3', '4', '5'])
  })

  test('times that are none, odd boxes and unknown parameters are refused; + in a URL means +', async () => {
    const get = (query: string) => call('GET', `/grids/as-of?${query}`)
    for (const query of [
      '',
      'time=',
      'time=now',
      'time=2026-11-20',
      'time=2026-13-01T00:00:00Z',
      'time=0000-01-01T00:00:00Z',
      'time=9999-12-31T23:59:59-14:00',
      "time=2026-11-20T00:00:00Z';--",
      'time=2026-11-20T00:00:00Z&limit=1001',
      'time=2026-11-20T00:00:00Z&bbox=1,2,3',
      'time=2026-11-20T00:00:00Z&colour=red',
    ])
      expect(await get(query), query).toMatchObject({ status: 400 })
    expect(await get('time=2026-11-20T08:00:00+08:00')).toMatchObject({
      status: 200,
      body: { time: '2026-11-20T00:00:00.000Z' },
    })
    expect(await get('time=2026-11-20T08:00:00Z&bbox=170,-10,-170,10')).toMatchObject({
      status: 200,
      body: { features: [] },
    })
    expect(await call('GET', '/cells?lng=1&lat=1&time=yesterday')).toMatchObject({ status: 400 })
    expect(await call('GET', '/castles/1/versions')).toMatchObject({ status: 404 })
  })

  test('a point that a border gives to another cell gets no version, and settling writes no history', async () => {
    const ids = await smallHierarchy(context, '990101003002', 300)
    await save({
      puts: [
        await putOf('micro-grids', ids.southWest, { geometry: plot(0, 300, 4, 310) }),
        put('micro-grids', -1, null, plot(4, 300, 20, 310), { name: '新' }),
      ],
    })
    expect((await get('facilities', ids.facilities[0]!)).properties.microGridCode).toBe('99010100300200103')
    expect(await brief('facilities', ids.facilities[0]!)).toEqual([[1, 'created']])
    expect(await brief('micro-grids', ids.southWest)).toEqual([
      [2, 'edited', 'geometry'],
      [1, 'created'],
    ])
    const hazard = (
      await save({
        puts: [
          put('hazards', -1, null, spot(5.5, 305.5), {
            title: '堆物',
            categoryCode: '06036',
            reportedAt: '2026-11-20T07:40:00+08:00',
            dueAt: '2026-11-21T08:00:00+08:00',
          }),
        ],
      })
    ).ids['-1']
    await save({ puts: [await putOf('hazards', hazard, { properties: { severity: 'high' } })] })
    expect((await as(`/hazards/${hazard}/versions/1`)).properties).toMatchObject({
      reportedAt: '2026-11-19T23:40:00.000Z',
      dueAt: '2026-11-21T00:00:00.000Z',
      severity: 'medium',
      microGridCode: '99010100300200103',
    })
    expect(await brief('hazards', hazard)).toEqual([
      [2, 'edited', 'severity'],
      [1, 'created'],
    ])
  })

  test('the latest changes of a box come newest first, with who made them', async () => {
    const { ids } = await save({
      puts: [put('landcover', -1, null, plot(900, 0, 901, 1), { kind: 'water', name: '新河' })],
    })
    const { events, next } = await as('/history?bbox=120.9,31,120.901,31.001&limit=10')
    expect(events).toEqual([
      expect.objectContaining({
        kind: 'put',
        layer: 'landcover',
        featureId: ids['-1'],
        name: '新河',
        actor: 'local',
      }),
    ])
    expect(next).toBeNull()
    const first = await as('/history?limit=2')
    const second = await as(`/history?limit=2&cursor=${first.next}`)
    expect(second.events[0].id).toBeLessThan(first.events[1].id)
    expect((await as('/history?bbox=179,31,-179,31.001')).events).toEqual([])
  })

  test('the migration takes rows that are there already, and says of them what is known', async () => {
    class Back extends Error {}
    await expect(
      context.database.sql.begin(async (tx) => {
        await tx`CREATE SCHEMA older`
        await tx`SET LOCAL search_path TO older, public`
        await tx.unsafe(await migration('0001_places.sql'))
        await tx.unsafe(`
          INSERT INTO import_batch (kind, source) VALUES ('osm', 'osm');
          INSERT INTO road (name, kind, geom, version, source_version, batch_id) SELECT name, 'main', ST_GeomFromText('LINESTRING(0 0,1 1)', 4326), version, source_version, 1
          FROM (VALUES ('imported', 2, 2), ('edited', 3, 2), ('created', 1, NULL)) AS t (name, version, source_version)`)
        await tx.unsafe(await migration('0002_versions.sql'))
        const rows = await tx`SELECT name, how, updated_by FROM road ORDER BY id`
        expect(rows.map(({ name, how, updated_by }) => [name, how, updated_by])).toEqual([
          ['imported', 'imported', null],
          ['edited', 'edited', null],
          ['created', 'created', null],
        ])
        await tx`UPDATE road SET version = version + 1 WHERE name = 'edited'`
        expect((await tx`SELECT version, "row"->>'name' AS name, ended FROM feature_version`)[0]).toEqual({
          version: 3,
          name: 'edited',
          ended: 'update',
        })
        throw new Back()
      }),
    ).rejects.toBeInstanceOf(Back)
  })
})
