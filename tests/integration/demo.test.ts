import { expect, test } from 'vitest'
import { contentsOf } from '../../server/demo/demo.store.ts'
import { seedDemo } from '../../server/demo/seed-demo.ts'
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

  test('never replaces what somebody drew or imported', async () => {
    const { database } = context
    await database.sql`UPDATE road SET batch_id = NULL WHERE id = (SELECT min(id) FROM road)`
    expect(await contentsOf(database.sql)).toBe('other')
    await expect(seedDemo(database, { ...SMALL, replace: true })).rejects.toMatchObject({
      code: 'bad-request',
    })
  })
})
