import { beforeAll, expect, test } from 'vitest'
import { CELL_LAYERS } from '../../geodata/shared/codes.ts'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { listIds } from '../../server/features/ids.store.ts'
import { tableOf } from '../../server/features/layer.columns.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'

onBothDatabases('what lies in a cell, of layers without cells of their own', (context) => {
  beforeAll(async () => {
    await seedDemo(context.database, { buildings: 600, seed: 3 })
  })

  test.each([['roads'], ['zones'], ['landcover']] as const)(
    '%s: those whose shape meets the cell, neither more nor fewer, and what only its box meets is left out',
    async (layer) => {
      const { sql } = context.database
      let inBoxOnly = 0
      for (const cells of CELL_LAYERS) {
        const expected = await sql.unsafe<{ code: string; ids: number[]; near: number }[]>(
          `SELECT c.code, coalesce(array_agg(t.id ORDER BY t.id) FILTER (WHERE ST_Intersects(c.geom, t.geom)), '{}') AS ids,
             count(t.id)::int AS near
           FROM ${tableOf(cells)} c LEFT JOIN ${tableOf(layer)} t ON t.geom && c.geom GROUP BY c.id, c.code`,
        )
        expect(expected.length).toBeGreaterThan(0)
        for (const { code, ids, near } of expected) {
          const found = await listIds(sql, layer, { parent: code }, 'everywhere', 'id')
          expect(found.ids, code).toEqual(ids)
          inBoxOnly += near - ids.length
        }
      }
      if (layer === 'roads') expect(inBoxOnly).toBeGreaterThan(0)
    },
  )
  test('a cell out of reach tells nothing of where it lies', async () => {
    const { sql } = context.database
    const [own, other] = await sql<{ id: number; code: string }[]>`
      SELECT id, code FROM grid g ORDER BY (SELECT count(*) FROM road WHERE g.id = ANY (grid_ids)) DESC, id LIMIT 2`
    const reach = [{ communities: [], grids: [own!.id], 'micro-grids': [] }]
    // Roads that go from one to the other are in reach, and would be found.
    const [{ both }] = await sql<[{ both: number }]>`
      SELECT count(*)::int AS both FROM road WHERE grid_ids @> ${[own!.id, other!.id]}::bigint[]`
    expect(both).toBeGreaterThan(0)
    const list = async (code: string) => (await listIds(sql, 'roads', { parent: code }, reach, 'id')).ids
    expect((await list(own!.code)).length).toBeGreaterThan(0)
    expect(await list(other!.code)).toEqual([])
  })
})
