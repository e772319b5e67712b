import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { contentsOf } from '../../server/demo/demo.store.ts'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { lockImports } from '../../server/exchange/import.store.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'

const SMALL = { buildings: 300, nowIso: '2026-06-30T08:00:00.000Z' }

onBothDatabases('the demo area in a database', (context) => {
  test('PostGIS finds every shape valid and every cell where its code says', async () => {
    const { database } = context
    const { layers } = await seedDemo(database, SMALL)
    expect(await contentsOf(database.sql)).toBe('demo')
    const [row] = await database.sql`
      SELECT (SELECT count(*) FROM building) AS buildings,
        (SELECT count(*) FROM building WHERE NOT ST_IsValid(geom)) AS invalid,
        (SELECT count(*) FROM building b JOIN micro_grid m ON m.id = b.micro_grid_id
          WHERE left(b.code, 17) = m.code AND ST_Covers(m.geom, b.geom)) AS in_their_cell,
        (SELECT count(*) FROM building a JOIN building b ON a.id < b.id AND a.geom && b.geom
          AND ST_Intersects(a.geom, b.geom)) AS overlaps,
        (SELECT count(*) FROM road a JOIN road b ON a.id < b.id AND a.geom && b.geom
          AND ST_Crosses(a.geom, b.geom)) AS crossings,
        (SELECT count(*) FROM facility WHERE micro_grid_id IS NULL) AS stray_facilities,
        (SELECT count(*) FROM hazard WHERE building_id IS NULL) AS stray_hazards`
    expect(row).toEqual({
      buildings: layers.buildings,
      invalid: 0,
      in_their_cell: layers.buildings,
      overlaps: 0,
      crossings: 0,
      stray_facilities: 0,
      stray_hazards: 0,
    })
  })

  test('is not made twice by accident, and replaced when asked', async () => {
    const { database } = context
    await expect(seedDemo(database, SMALL)).rejects.toMatchObject({ code: 'bad-request' })
    const { layers } = await seedDemo(database, { ...SMALL, seed: 2, replace: true })
    const [row] = await database.sql`SELECT count(*) AS buildings FROM building`
    expect(row!.buildings).toBe(layers.buildings)
  })

  test('a case has its departments called, as its history tells, also when the area was made anew', async () => {
    const { database } = context
    const app = await context.app()
    const [row] = await database.sql`SELECT id, hazard_id FROM whistle`
    const { whistles } = await (await app.request(`/api/v1/cases/${row!.hazard_id}/whistles`)).json()
    expect(whistles).toHaveLength(1)
    const [{ calls, tasks }] = whistles
    expect(calls.map(({ answer }: { answer: string }) => answer).sort()).toEqual([
      ...['accepted', 'accepted', 'accepted', 'declined'],
    ])
    const done = tasks.filter(({ state }: { state: string }) => state === 'done')
    expect([tasks.length, done.length]).toEqual([3, 1])
    const told = await database.sql`
      SELECT e.detail FROM case_entry e JOIN hazard_case c USING (hazard_id)
      WHERE e.hazard_id = ${row!.hazard_id} AND e.seq <= c.entries AND e.detail ? 'whistle' ORDER BY e.seq`
    expect(told.map(({ detail }) => detail.whistle)).toEqual(Array(7).fill(row!.id))
    expect(told.at(-1)!.detail.task.id).toBe(done[0].id)
    expect(
      told
        .at(-2)!
        .detail.tasks.map(({ id }: { id: number }) => id)
        .sort(),
    ).toEqual(tasks.map(({ id }: { id: number }) => id).sort())
  })

  test('never replaces what somebody drew or imported', async () => {
    const { database } = context
    // Called demo data by its batch, but not by its own id.
    await database.sql`UPDATE road SET source_id = 'file:1' WHERE id = (SELECT min(id) FROM road)`
    expect(await contentsOf(database.sql)).toBe('other')
    await expect(seedDemo(database, { ...SMALL, replace: true })).rejects.toMatchObject({
      code: 'bad-request',
    })
  })

  test('an export is called demo only when all that goes out is', async () => {
    const app = await context.app()
    const exported = async (path: string) => (await app.request(`/api/v1/exports/${path}`)).json()
    expect(await exported('hazards')).toMatchObject({ demo: true })
    expect(await exported('roads')).not.toHaveProperty('demo')
  })

  test('a file that calls itself demo data is real data all the same', async () => {
    const app = await context.app()
    const post = async (name: string, content: object) => {
      const body = new FormData()
      body.set('layer', 'facilities')
      body.set('file', new File([JSON.stringify(content)], name))
      const { batchId } = await (await app.request('/api/v1/imports', { method: 'POST', body })).json()
      return (await (await app.request(`/api/v1/imports/${batchId}`)).json()).kind
    }
    const facility = (properties: object) => ({
      type: 'FeatureCollection',
      demo: true,
      features: [
        {
          type: 'Feature',
          properties: { kind: 'aed', ...properties },
          geometry: { type: 'Point', coordinates: [1, 1] },
        },
      ],
    })
    expect(await post('real.geojson', facility({}))).toBe('geojson')
    expect(await post('demo.geojson', facility({ sourceId: 'demo:facility/none' }))).toBe('demo')
  })

  test('waits for an import that is under way, and then sees what it brought', async () => {
    const { database } = context
    await database.sql`UPDATE road SET source_id = 'demo:road/first' WHERE source_id = 'file:1'`
    await database.sql`DELETE FROM facility WHERE NOT starts_with(source_id, 'demo:')`
    let seeding: Promise<unknown> | undefined
    await database.sql.begin(async (tx) => {
      await lockImports(tx)
      seeding = seedDemo(database, { ...SMALL, replace: true }).catch((error) => error)
      await setTimeout(300)
      await tx`INSERT INTO facility (kind, status, geom, search_text)
        VALUES ('aed', 'in-service', ST_SetSRID(ST_MakePoint(1, 1), 4326), '')`
    })
    expect(await seeding).toMatchObject({ code: 'bad-request' })
  })
})
