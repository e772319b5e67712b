import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, inject, test } from 'vitest'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { type Contents, contentsOf } from '../support/shared-engines.ts'
import { buildTerritory } from '../support/territory.ts'
import { tinyJpeg } from '../support/tiny-jpeg.ts'

/** Without what differs between databases that are equally new: when they were made. */
const comparable = ({ tables, sequences, guards }: Contents) => ({
  tables: tables.filter(({ name }) => name !== 'gridward_migration'),
  sequences,
  guards,
})

onBothDatabases('a test that leaves rows, photos and statistics', (context) => {
  beforeAll(async () => {
    const picture = await tinyJpeg()
    await buildTerritory(context, { lng: 120, code: '990101001001', mark: '甲堤', picture })
    await context.database.sql`ANALYZE`
  })
  test('has left them', async () => {
    const { tables } = await contentsOf(context.database.sql)
    expect(tables.filter(({ rows }) => rows.length > 0).length).toBeGreaterThan(20)
    expect(existsSync(join(context.deps.env.dataFolder, 'photos'))).toBe(true)
  })
})

onBothDatabases('the next one in the same worker', (context) => {
  test('finds none of them', async () => {
    const { sql } = context.database
    expect(comparable(await contentsOf(sql))).toEqual(comparable(inject('sharedEngines').asNew))
    expect(existsSync(join(context.deps.env.dataFolder, 'photos'))).toBe(false)
    expect(
      await sql`SELECT tablename FROM pg_stats WHERE schemaname = 'public' AND tablename <> 'spatial_ref_sys'`,
    ).toEqual([])
  })
})
