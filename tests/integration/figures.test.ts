import { beforeAll, expect, test } from 'vitest'
import { LAYERS } from '../../geodata/layers.ts'
import type { Geometry, MultiPolygon } from '../../geodata/shared/geojson.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { settleImport } from '../../server/features/cells.store.ts'
import { upsertFeatures } from '../../server/features/upsert.store.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { box as polygon } from '../support/upload-geojson.ts'

const box = (...sides: Parameters<typeof polygon>): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [polygon(...sides).coordinates as MultiPolygon['coordinates'][number]],
})
const point = (lng: number, lat: number): Geometry => ({ type: 'Point', coordinates: [lng, lat] })
const HOUR = 3_600_000
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()

onBothDatabases('figures', (context) => {
  const get = async (path: string) => {
    const response = await (await context.app()).request(`/api/v1/figures/${path}`)
    return { status: response.status, body: await response.json() }
  }

  beforeAll(async () => {
    await context.database.sql.begin(async (tx) => {
      const [batch] =
        await tx`INSERT INTO import_batch (kind, source) VALUES ('geojson', 'test') RETURNING id`
      const put = (layer: LayerId, rows: [Geometry, Record<string, unknown>][]) =>
        upsertFeatures(
          tx,
          layer,
          rows.map(([geometry, properties], index) => ({
            sourceId: `t:${layer}/${index}`,
            geometry,
            properties: LAYERS[layer].input.parse(properties),
          })),
          batch!.id,
          { name: 'test' },
        )
      await put('communities', [
        [box(120, 31, 120.02, 31.02), { code: '990101001001', name: '柳堤社区', kind: 'community' }],
      ])
      await put('grids', [
        [box(120, 31, 120.01, 31.02), { code: '990101001001001', name: '第一网格', kind: 'general' }],
        [box(120.01, 31, 120.015, 31.02), { code: '990101001001002', name: '第二网格', kind: 'general' }],
        [box(120.015, 31, 120.02, 31.02), { code: '990101001001003', name: '空网格', kind: 'general' }],
      ])
      await put('buildings', [
        [box(120.001, 31.001, 120.002, 31.002), { name: '1幢', use: 'residential', households: 100 }],
        [box(120.003, 31.001, 120.004, 31.002), { name: '2幢', use: 'residential', households: 100 }],
        [box(120.011, 31.001, 120.012, 31.002), { name: '3幢', use: 'residential', households: null }],
      ])
      const facility = (kind: string, status: string) => ({ kind, status })
      await put('facilities', [
        [point(120.001, 31.001), facility('aed', 'in-service')],
        [point(120.002, 31.001), facility('aed', 'planned')],
        [point(120.011, 31.001), facility('aed', 'out-of-service')],
        [point(120.011, 31.002), facility('lift', 'in-service')],
      ])
      const checkpoint = (name: string, more: object) => ({ name, siteType: 'school', risk: 'low', ...more })
      await put('checkpoints', [
        [
          point(120.001, 31.001),
          checkpoint('甲', { risk: 'high', intervalMinutes: 240, serviceMinutes: 10 }),
        ],
        [point(120.002, 31.001), checkpoint('乙', { intervalMinutes: 10_080, serviceMinutes: 7 })],
        [
          point(120.011, 31.001),
          checkpoint('丙', {
            intervalMinutes: 60,
            serviceMinutes: 5,
            timeWindows: [{ from: '22:00', to: '02:00' }],
          }),
        ],
        [point(125, 35), checkpoint('外', { intervalMinutes: 1440, serviceMinutes: 3 })],
      ])
      const hazard = (title: string, state: string, dueAt: string | null) => ({
        title,
        categoryStandard: 'local',
        categoryKind: 'component',
        categoryCode: '1',
        severity: 'low',
        state,
        reportedAt: inHours(-48),
        dueAt,
      })
      await put('hazards', [
        [point(120.001, 31.001), hazard('逾期', 'handling', inHours(-1))],
        [point(120.001, 31.002), hazard('两小时内', 'reported', inHours(1))],
        [point(120.001, 31.003), hazard('三小时后', 'reported', inHours(3))],
        [point(120.001, 31.004), hazard('挂账', 'handling', null)],
        [point(120.001, 31.005), hazard('已结案的不再逾期', 'closed', inHours(-5))],
        [point(120.011, 31.001), hazard('不予立案', 'rejected', inHours(-5))],
        [point(125, 35), hazard('界外', 'reported', inHours(-2))],
      ])
      await settleImport(tx, batch!.id, { name: 'test' }, [])
    })
    const [suspended] = await context.database.sql<[{ id: number; version: number; dueAt: Date | null }]>`
      SELECT id, version, due_at AS "dueAt" FROM hazard WHERE title = '挂账'`
    // The import gave it one.
    expect(suspended.dueAt).not.toBeNull()
    const answer = await (await context.app()).request(`/api/v1/cases/${suspended.id}/actions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'if-match': `"${suspended.version}"` },
      body: JSON.stringify({ action: 'suspend', reason: '等审批', until: inHours(240) }),
    })
    expect(answer.status, await answer.clone().text()).toBe(200)
  })

  test('what is closed is not overdue, what is suspended has no deadline, and what lies outside every cell is counted all the same', async () => {
    const { body } = await get('hazards')
    expect(body).toMatchObject({ total: 7, open: 5, overdue: 2, dueSoon: 1, noDeadline: 1 })
    expect(body.outside).toEqual({ open: 1, overdue: 1, dueSoon: 0, noDeadline: 0 })
    expect(body.cells).toEqual([
      expect.objectContaining({ code: '990101001001001', open: 4, overdue: 1, dueSoon: 1, noDeadline: 1 }),
    ])
  })

  test('visits and minutes of the norms add up to the same by cell, by risk and in all', async () => {
    const { body } = await get('patrols')
    const visits = 1440 / 240 + 1440 / 10_080 + 240 / 60 + 1
    const minutes = (1440 / 240) * 10 + (1440 / 10_080) * 7 + (240 / 60) * 5 + 3
    expect(body.checkpoints).toBe(4)
    expect(body.visitsPerDay).toBeCloseTo(visits, 9)
    expect(body.serviceMinutesPerDay).toBeCloseTo(minutes, 9)
    for (const parts of [body.byRisk, [...body.cells, body.outside]] as { visitsPerDay: number }[][])
      expect(parts.reduce((sum, part) => sum + part.visitsPerDay, 0)).toBeCloseTo(visits, 9)
    expect(body.cells.map(({ code }: { code: string }) => code)).toEqual([
      '990101001001001',
      '990101001001002',
    ])
  })

  test('a planned facility covers nobody, an unknown household is not zero, an empty cell is still listed', async () => {
    const { body } = await get('coverage?kind=aed')
    const rows = body.cells.map(
      (row: Record<string, unknown>) =>
        [row.name, row.facilities, row.notInService, row.households, row.householdsUnknown] as const,
    )
    expect(rows.slice().sort()).toEqual(
      [
        ['空网格', 0, 0, 0, 0],
        ['第一网格', 1, 1, 200, 0],
        ['第二网格', 0, 1, null, 1],
      ].sort(),
    )
    expect(rows.at(-1)![0]).toBe('第一网格')
  })

  test('by community instead of grid, and refused with words for what is no cell or no kind', async () => {
    const { body } = await get('coverage?kind=lift&cells=communities')
    expect(body.cells).toEqual([
      expect.objectContaining({ code: '990101001001', facilities: 1, households: 200 }),
    ])
    for (const path of [
      'coverage',
      'coverage?kind=dragon',
      'hazards?cells=buildings',
      "patrols?cells=grid';--",
    ])
      expect((await get(path)).status, path).toBe(400)
  })

  test('households of a cell beyond what an integer holds are added up all the same', async () => {
    const { sql } = context.database
    const set = (households: number) =>
      sql`UPDATE building SET households = ${households} WHERE name IN ('1幢', '2幢')`
    await set(1_500_000_000)
    try {
      const { body } = await get('coverage?kind=lift&cells=communities')
      expect(body.cells[0]).toMatchObject({ households: 3_000_000_000 })
    } finally {
      await set(100)
    }
  })
})
