import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { afterDeletion } from '../../geodata/editing/change-set.ts'
import { lockCells } from '../../server/features/cells.store.ts'
import type { TransactionSql } from '../../server/platform/database.ts'
import { onBothDatabasesOfItsOwn } from '../support/on-both-databases.ts'
import { client, hierarchies, plot, put, spot } from '../support/small-hierarchy.ts'
import { box, collection, feature, post } from '../support/upload-geojson.ts'

const CELLS = ['community', 'grid', 'micro_grid'] as const
const ROWS = ['zone', 'landcover', 'road'] as const

onBothDatabasesOfItsOwn('cells that rows without cells of their own meet', (context) => {
  const { call, save, get, putOf, deletionOf } = client(context)
  const fresh = hierarchies(context, '9901010110')

  /** What stands in the columns, and what comparing the shapes of all rows with those of all cells gives. */
  async function expectFresh() {
    for (const table of ROWS)
      for (const cell of CELLS) {
        const rows = await context.database.sql.unsafe(
          `SELECT t.id, t.${cell}_ids::text AS stored,
             coalesce((SELECT array_agg(c.id ORDER BY c.id) FROM ${cell} c WHERE ST_Intersects(c.geom, t.geom)), '{}')::text AS met
           FROM ${table} t ORDER BY t.id`,
        )
        expect(rows.length).toBeGreaterThan(0)
        expect(
          rows.filter(({ stored, met }) => stored !== met),
          `${cell}_ids of ${table}`,
        ).toEqual([])
      }
  }
  const line = (...positions: [east: number, north: number][]) => ({
    type: 'LineString',
    coordinates: positions.map(([east, north]) => spot(east, north).coordinates),
  })
  /** In the west, close to the border with the east; across that border; far from every cell. */
  async function withRows() {
    const ids = await fresh()
    const { north } = ids
    const made = await save({
      puts: [
        put('roads', -1, null, line([16, north + 2], [19, north + 2]), { name: '西路', kind: 'minor' }),
        put('roads', -2, null, line([15, north + 12], [25, north + 12]), { name: '跨界路', kind: 'minor' }),
        put('zones', -3, null, plot(16, north + 4, 19, north + 6), { zoneLayer: 'police', name: '警格' }),
        put('landcover', -4, null, plot(16, north + 7, 19, north + 13), { kind: 'green', name: '绿地' }),
        put('landcover', -5, null, plot(70, north, 71, north + 1), { kind: 'green', name: '远处' }),
      ],
    })
    const of = (name: number) => made.ids[String(name)] as number
    return { ...ids, road: of(-1), crossing: of(-2), zone: of(-3), green: of(-4), far: of(-5) }
  }
  const met = async (table: (typeof ROWS)[number], id: number) => {
    const [row] = await context.database.sql.unsafe(
      `SELECT community_ids AS communities, grid_ids AS grids, micro_grid_ids AS "microGrids", version FROM ${table} WHERE id = $1`,
      [id],
    )
    return row
  }

  test('are known of new rows, whatever level, and none of what lies outside', async () => {
    const ids = await withRows()
    expect(await met('road', ids.road)).toEqual({
      communities: [ids.community],
      grids: [ids.west],
      microGrids: [ids.southWest],
      version: 1,
    })
    expect(await met('road', ids.crossing)).toMatchObject({
      grids: [ids.west, ids.east],
      microGrids: [ids.northWest, ids.northEast],
    })
    expect(await met('landcover', ids.far)).toMatchObject({ communities: [], grids: [], microGrids: [] })
    await expectFresh()
  })

  test('follow a border that moves over them, without a new version', async () => {
    const ids = await withRows()
    const { north } = ids
    await save({
      puts: [
        await putOf('grids', ids.west, { geometry: plot(0, north, 15.5, north + 20) }),
        await putOf('grids', ids.east, { geometry: plot(15.5, north, 40, north + 20) }),
        await putOf('micro-grids', ids.southWest, { geometry: plot(0, north, 15.5, north + 10) }),
        await putOf('micro-grids', ids.southEast, { geometry: plot(15.5, north, 40, north + 10) }),
      ],
    })
    for (const [table, id] of [
      ['road', ids.road],
      ['zone', ids.zone],
    ] as const)
      expect(await met(table, id)).toMatchObject({
        grids: [ids.east],
        microGrids: [ids.southEast],
        version: 1,
      })
    await expectFresh()
    await save({
      puts: [await putOf('communities', ids.community, { geometry: plot(0, north, 17, north + 20) })],
    })
    expect(await met('road', ids.crossing)).toMatchObject({ communities: [ids.community] })
    await save({
      puts: [await putOf('communities', ids.community, { geometry: plot(0, north, 10, north + 20) })],
    })
    expect(await met('road', ids.crossing)).toMatchObject({ communities: [] })
    await expectFresh()
    const [kept] = await context.database.sql`
      SELECT count(*) AS count FROM feature_version WHERE layer IN ('roads', 'zones', 'landcover')`
    expect(kept).toEqual({ count: 0 })
  })

  test('follow a split, a merge and a cell that is deleted and restored', async () => {
    const ids = await withRows()
    const { north } = ids
    const split = await save({
      puts: [
        await putOf('grids', ids.west, { geometry: plot(0, north, 20, north + 10) }),
        put('grids', -1, null, plot(0, north + 10, 20, north + 20), { name: '新网格' }),
      ],
    })
    const created = split.ids['-1'] as number
    expect(await met('landcover', ids.green)).toMatchObject({ grids: [ids.west, created] })
    await expectFresh()

    await save({
      puts: [await putOf('grids', ids.west, { geometry: plot(0, north, 20, north + 20) })],
      deletes: [await deletionOf('grids', created)],
    })
    expect(await met('landcover', ids.green)).toMatchObject({ grids: [ids.west] })
    await expectFresh()

    const { geometry, properties } = await get('micro-grids', ids.southWest)
    await save({
      deletes: [
        await deletionOf('micro-grids', ids.southWest),
        await deletionOf('buildings', ids.buildings[0]!),
      ],
    })
    expect(await met('road', ids.road)).toMatchObject({ grids: [ids.west], microGrids: [] })
    await expectFresh()
    await save({ puts: [put('micro-grids', ids.southWest, afterDeletion(1), geometry, properties)] })
    expect(await met('road', ids.road)).toMatchObject({ microGrids: [ids.southWest] })
    await expectFresh()
  })

  test('follow a row that moves; an edit that moves nothing writes it once', async () => {
    const ids = await withRows()
    const { north } = ids
    await save({
      puts: [
        await putOf('roads', ids.road, { geometry: line([30, north + 2], [35, north + 15]) }),
        await putOf('zones', ids.zone, { geometry: plot(60, north, 61, north + 1) }),
        await putOf('landcover', ids.far, { geometry: plot(1, north + 1, 39, north + 19) }),
      ],
    })
    expect(await met('road', ids.road)).toMatchObject({
      microGrids: [ids.southEast, ids.northEast],
      version: 2,
    })
    await expectFresh()

    // A cell that is only renamed leaves the rows in it alone, and so does a statement that writes the same shape again.
    const places = () =>
      context.database
        .sql`SELECT ctid::text AS place FROM road UNION ALL SELECT ctid::text FROM landcover ORDER BY place`
    const before = await places()
    await save({ puts: [await putOf('grids', ids.west, { properties: { name: '改名' } })] })
    await context.database.sql`UPDATE community SET geom = geom`
    expect(await places()).toEqual(before)
    await save({ puts: [await putOf('roads', ids.crossing, { properties: { name: '改名路' } })] })
    expect(await met('road', ids.crossing)).toMatchObject({ grids: [ids.west, ids.east], version: 2 })
    await expectFresh()
  })

  test('are told to nobody: neither by features, exports and events nor by versions', async () => {
    const ids = await withRows()
    await save({ puts: [await putOf('roads', ids.road, { properties: { name: '西二路' } })] })
    await save({ deletes: [await deletionOf('zones', ids.zone)] })
    const app = await context.app()
    const texts = [
      JSON.stringify(await get('roads', ids.road)),
      JSON.stringify((await call('GET', '/roads?limit=100')).body),
      JSON.stringify((await call('GET', `/roads/${ids.road}/versions/1`)).body),
      JSON.stringify((await call('GET', `/roads/as-of?time=${new Date().toISOString()}`)).body),
      await (await app.request('/api/v1/exports/roads')).text(),
      JSON.stringify(await context.database.sql`SELECT before, after FROM event`),
      JSON.stringify(await context.database.sql`SELECT "row" FROM feature_version`),
    ]
    for (const text of texts) {
      expect(text).toContain('西')
      expect(text).not.toMatch(/community_?ids|micro_?grid_?ids|"grid_?ids/i)
    }
  })

  test('follow an import of rows, and one of cells, new and moved', async () => {
    const code = '990101029001'
    const send = async (layer: string, ...features: unknown[]) => {
      const { json } = await post(context, collection(...features), { layer, source: 'test' })
      expect(json, JSON.stringify(json)).toMatchObject({ skipped: { total: 0 }, changed: true })
    }
    const road = (lng: number) => ({
      type: 'LineString',
      coordinates: [
        [lng, 25.001],
        [lng + 0.004, 25.001],
      ],
    })
    const grid = (name: string, west: number, east: number) =>
      feature({ code: `${code}${name}`, name }, box(west, 25, east, 25.01), { id: name })
    await send(
      'roads',
      ...[120.001, 120.006, 120.02].map((lng, i) =>
        feature({ kind: 'minor', name: `${i}路` }, road(lng), { id: `r${i}` }),
      ),
    )
    await send('communities', feature({ code, name: '社区' }, box(120, 25, 120.01, 25.01), { id: 'c' }))
    await send('grids', grid('001', 120, 120.005), grid('002', 120.005, 120.01))
    const counts = () => context.database.sql`
      SELECT name, cardinality(community_ids) AS communities, cardinality(grid_ids) AS grids FROM road
      WHERE source_id LIKE 'test:%' ORDER BY name`
    expect(await counts()).toEqual([
      { name: '0路', communities: 1, grids: 2 },
      { name: '1路', communities: 1, grids: 1 },
      { name: '2路', communities: 0, grids: 0 },
    ])
    await expectFresh()
    await send('grids', grid('001', 120, 120.0065), grid('002', 120.0065, 120.01))
    await send(
      'roads',
      ...[120.0001, 120.006, 120.008].map((lng, i) =>
        feature({ kind: 'minor', name: `${i}路` }, road(lng), { id: `r${i}` }),
      ),
    )
    expect(await counts()).toEqual([
      { name: '0路', communities: 1, grids: 1 },
      { name: '1路', communities: 1, grids: 2 },
      { name: '2路', communities: 1, grids: 1 },
    ])
    await expectFresh()
  })

  test('are right when a row is written while a border moves: one waits for the other', async () => {
    // The embedded database has one session: nobody else writes while a transaction is open.
    if (context.engine === 'embedded') return
    const ids = await withRows()
    const { north } = ids
    const { sql } = context.database
    let written: Promise<{ ids: Record<string, number> }> | undefined
    await sql.begin(async (tx) => {
      await lockCells(tx, 'exclusive')
      await tx`UPDATE grid SET geom = ST_GeomFromGeoJSON(${JSON.stringify(plot(0, north, 15.5, north + 20))}) WHERE id = ${ids.west}`
      written = save({
        puts: [
          put('roads', -1, null, line([16, north + 3], [19, north + 3]), { name: '新路', kind: 'minor' }),
        ],
      })
      await expect
        .poll(
          () => tx`SELECT count(*) AS count FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        )
        .toEqual([{ count: 1 }])
    })
    const created = (await written!).ids['-1']!
    expect(await met('road', created)).toMatchObject({ grids: [], communities: [ids.community] })
    await expectFresh()
  })

  test('are found for what was there before, when a database is upgraded', async () => {
    const ids = await withRows()
    const { sql } = context.database
    const migration = await readFile(new URL('../../migrations/0007_cells_met.sql', import.meta.url), 'utf8')
    const undo = async (tx: TransactionSql) => {
      await tx.unsafe(`DROP FUNCTION gridward_meet_cells, gridward_meet_rows, gridward_meeting CASCADE`)
      for (const table of ROWS)
        await tx.unsafe(`ALTER TABLE ${table} ${CELLS.map((cell) => `DROP COLUMN ${cell}_ids`).join(', ')}`)
    }
    await sql.begin(undo)
    await sql.begin((tx) => tx.unsafe(migration))
    expect(await met('road', ids.crossing)).toMatchObject({ grids: [ids.west, ids.east] })
    await expectFresh()
  })
})
