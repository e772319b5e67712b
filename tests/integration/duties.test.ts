import { beforeAll, describe, expect, test } from 'vitest'
import type { DutyResult } from '../../geodata/duties/duty-analysis.schema.ts'
import type { GroupsResult } from '../../geodata/duties/groups.schema.ts'
import type { OverlayResult } from '../../geodata/duties/overlay.schema.ts'
import { analyses } from '../support/analyses.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { patrolTown } from '../support/patrol-town.ts'
import { plot, put, spot } from '../support/small-hierarchy.ts'
import { twoAreas } from '../support/two-areas.ts'

const A = '990101001001'

onBothDatabases('duties', (context) => {
  const { all, areas, inA } = twoAreas(context)
  const { call, save } = all
  const { answer } = analyses(call)
  const duty = (role: string, layer: string, feature: number, holder: string, more: object = {}) => ({
    ...{ id: null, version: null, role, layer, feature, holder },
    ...more,
  })
  const send = (changes: object, by = all) => by.call('POST', '/duties/changes', changes)
  const of = async (layer: string, feature: number, by = all) =>
    (await by.call('GET', `/duties/of?layer=${layer}&feature=${feature}`)).body.duties as {
      role: string
      holder: string
    }[]
  const count = async () =>
    (await context.database.sql<[{ count: number }]>`SELECT count(*)::int AS count FROM duty`)[0].count

  beforeAll(async () => {
    await patrolTown(context, 2)
  })

  describe('kept', () => {
    test('are put and deleted by their versions, and taken back by what the answer holds', async () => {
      const { west } = areas.a
      const made = await send({
        puts: [duty('grid-head', 'grids', west, ' 网格长 01 ', { note: '周末轮值' })],
      })
      expect(made, JSON.stringify(made.body)).toMatchObject({
        status: 200,
        body: { duties: [{ version: 1, holder: '网格长 01', current: true, name: '西网格' }] },
      })
      const { id } = made.body.duties[0]
      const past = duty('grid-head', 'grids', west, '网格长 02', { id, version: 1, until: '2020-01-01' })
      const changed = await send({ puts: [past] })
      expect(changed.body.duties).toMatchObject([{ id, version: 2, current: false, note: null }])
      expect(await send({ puts: [past] })).toMatchObject({
        status: 412,
        body: { code: 'version-conflict', conflicts: [{ id, currentVersion: 2 }] },
      })
      const back = await send(changed.body.undo)
      expect(back.body.duties).toMatchObject([{ id, version: 3, holder: '网格长 01', note: '周末轮值' }])
      const gone = await send({ deletes: [{ id, version: 3 }] })
      expect(await of('grids', west)).toEqual([])
      const again = await send(gone.body.undo)
      expect(again.body.duties).toMatchObject([{ version: 1, holder: '网格长 01' }])
      await send(again.body.undo)
      expect(await count()).toBe(0)
      const [event] = await context.database.sql`
        SELECT before, after, detail FROM event WHERE kind = 'duty' ORDER BY id DESC LIMIT 1`
      expect(event).toMatchObject({ before: { duties: [{ holder: '网格长 01' }] }, detail: { deleted: 1 } })
    })

    test('all or nothing: one that cannot be leaves none of the others', async () => {
      const { west, southWest } = areas.a
      const good = duty('grid-head', 'grids', west, '甲')
      const refused = [
        [{ puts: [good, good] }, 409, 'name-conflict'],
        [{ puts: [good, duty('grid-head', 'grids', 9_999_999, '甲')] }, 404, 'not-found'],
        [{ puts: [good], deletes: [{ id: 9_999_999, version: 1 }] }, 412, 'version-conflict'],
        [{ puts: [good, duty('grid-head', 'micro-grids', southWest, '甲')] }, 422, 'invalid-body'],
        [{ puts: [duty('grid-head', 'grids', west, '\u0000')] }, 422, 'invalid-body'],
        [{ puts: [{ ...good, since: '2026-13-01' }] }, 422, 'invalid-body'],
      ] as const
      for (const [body, status, code] of refused)
        expect(await send(body), JSON.stringify(body)).toMatchObject({ status, body: { code } })
      expect(await count()).toBe(0)
    })

    test('a building has its own leader first, then the heads around it; elsewhere there is nobody to see', async () => {
      const { community, west, southWest, buildings } = areas.a
      const made = await send({
        puts: [
          duty('area-staff', 'communities', community, '专职 1'),
          duty('grid-head', 'grids', west, '网格长 1'),
          duty('micro-grid-head', 'micro-grids', southWest, '微网格长 1'),
          duty('building-leader', 'buildings', buildings[0]!, '楼栋长 1'),
          duty('building-leader', 'buildings', areas.b.buildings[0]!, '楼栋长 2'),
        ],
      })
      expect((await of('buildings', buildings[0]!)).map(({ holder }) => holder)).toEqual([
        '楼栋长 1',
        '微网格长 1',
        '网格长 1',
        '专职 1',
      ])
      const scoped = inA()
      expect(await of('buildings', areas.b.buildings[0]!, scoped)).toEqual([])
      expect((await scoped.call('GET', '/duties?limit=2')).body.duties).toHaveLength(2)
      const { duties } = (await scoped.call('GET', '/duties')).body
      expect(duties.map(({ holder }: { holder: string }) => holder)).not.toContain('楼栋长 2')
      expect((await scoped.call('GET', '/duties/holders')).body.holders).toHaveLength(4)
      // Neither made nor deleted outside one's area.
      const foreign = made.body.duties[4]
      for (const body of [
        { puts: [duty('grid-head', 'grids', areas.b.west, '甲')] },
        { deletes: [{ id: foreign.id, version: foreign.version }] },
      ])
        expect(await send(body, scoped)).toMatchObject({ status: 404 })
      expect(await send(made.body.undo)).toMatchObject({ status: 200 })
      expect(await count()).toBe(0)
    })
  })

  describe('analysed', () => {
    const assign = (more: object) => ({ maxTargets: 2, maxHouseholds: 300, ...more })
    const ask = async (params: object) => {
      const analysis = await answer('duty', params, [A])
      return { ...analysis, result: analysis.result as unknown as DutyResult }
    }

    test('gaps are told with their households, staff of a community cover its micro-grids', async () => {
      const { community, west, buildings } = areas.a
      const made = await send({
        puts: [
          duty('area-staff', 'communities', community, '专职 1'),
          duty('grid-head', 'grids', west, '网格长 1'),
          duty('building-leader', 'buildings', buildings[1]!, '楼栋长 1'),
          duty('building-leader', 'buildings', buildings[2]!, '楼栋长 9', { until: '2020-01-01' }),
        ],
      })
      const { result, parts, notes } = await ask({})
      const sums = Object.fromEntries(result.coverage.map((row) => [row.role, row]))
      expect(sums['grid-head']).toMatchObject({ targets: 2, gaps: 1, households: 450 })
      expect(sums['area-staff']).toMatchObject({ targets: 4, gaps: 0, holders: 1, maxHouseholds: 450 })
      expect(sums['building-leader']).toMatchObject({ targets: 4, gaps: 3, householdsUncovered: 250 })
      expect(sums['post-keeper']).toMatchObject({ targets: 2, covered: 0 })
      expect(sums['area-staff']!.loads[0]!.spreadMetres).toBeGreaterThan(1000)
      // One grid, four micro-grids, three buildings without a leader, four without a second.
      expect(parts).toMatchObject([
        { part: 'gap', count: 12, geometry: 'MultiPolygon' },
        { part: 'post-gap', count: 2, geometry: 'Point' },
        { part: 'held', count: 6, geometry: 'MultiPolygon' },
      ])
      expect(notes).toContainEqual({
        code: 'households-unknown',
        values: { role: 'building-leader', count: 1 },
      })
      await send(made.body.undo)
    })

    test('what nobody has is handed out within limits, adopted at once and taken back at once', async () => {
      const { buildings } = areas.a
      const made = await send({
        puts: [duty('building-leader', 'buildings', buildings[0]!, '楼栋长 1')],
      })
      const { id, result, notes } = await ask({
        roles: ['building-leader'],
        assign: assign({ role: 'building-leader', people: ['楼栋长 2'] }),
      })
      // 100 | 200 | 150 | unknown: all fit two people who may have two each, and 300 households.
      expect(result.proposal).toMatchObject({
        asked: 3,
        assigned: 3,
        unassigned: 0,
        proven: true,
        peopleMissing: null,
      })
      expect(notes.map(({ code }) => code)).toEqual(['households-unknown'])
      const adopted = await call('POST', '/duties/adopt', { analysis: id })
      expect(adopted, JSON.stringify(adopted.body)).toMatchObject({ status: 200 })
      expect(adopted.body.duties).toHaveLength(3)
      // It speaks of what was there before.
      expect((await call('GET', `/analyses/${id}`)).body.staleSince).not.toBeNull()
      expect((await call('POST', '/duties/adopt', { analysis: id })).body.duties).toEqual([])
      expect(await send(adopted.body.undo)).toMatchObject({ status: 200 })
      expect(await count()).toBe(1)
      await send(made.body.undo)
    })

    test('limits that cannot be kept: as many as can be are handed out, and how many people are missing is said', async () => {
      const { result, notes } = await ask({
        roles: ['building-leader'],
        assign: assign({ role: 'building-leader', maxTargets: 1, maxHouseholds: 180, people: ['甲'] }),
      })
      // 200 households are over the limit alone; of the other three one has somebody.
      expect(result.proposal).toMatchObject({
        asked: 4,
        assigned: 1,
        tooLarge: 1,
        peopleMissing: { atLeast: 2, enough: 2 },
      })
      expect(notes.map(({ code }) => code).sort()).toEqual([
        'households-unknown',
        'people-missing',
        'too-large-alone',
      ])
      const nobody = await ask({ roles: ['grid-head'], assign: assign({ role: 'grid-head' }) })
      expect(nobody.result.proposal).toBeNull()
      expect(nobody.notes).toContainEqual({
        code: 'nobody-to-assign',
        values: { role: 'grid-head', targets: 2 },
      })
      expect(await call('POST', '/duties/adopt', { analysis: nobody.id })).toMatchObject({
        status: 409,
        body: { code: 'wrong-state' },
      })
    })
  })

  test('groups: neighbours on a street, with a leader, become fire watches; the few that are left are named', async () => {
    const { ids } = await save({
      puts: Array.from({ length: 12 }, (_, at) =>
        put('facilities', -1 - at, null, spot(at < 9 ? 5.5 + at * 0.5 : 30.5 + at * 0.1, 10.1), {
          kind: 'shop',
          name: `店${at + 1}`,
        }),
      ),
    })
    const analysis = await answer('groups', { premises: 'facilities', kinds: ['shop'], label: '联防' }, [A])
    expect(analysis.result as unknown as GroupsResult).toMatchObject({
      premises: 12,
      grouped: 9,
      leftOver: 3,
      count: 1,
      groups: [
        { number: 1, shops: 9, leader: '店5', isSmall: false },
        { shops: 3, isSmall: true },
      ],
    })
    expect(analysis.notes).toContainEqual({
      code: 'groups-too-small',
      values: { groups: 1, premises: 3, least: 8, names: ['店11'] },
    })
    const adopted = await call('POST', '/duties/adopt', { analysis: analysis.id })
    expect(adopted.body.duties).toHaveLength(9)
    expect(await of('facilities', ids['-5'])).toMatchObject([
      { role: 'fire-watch-leader', holder: '联防 001' },
    ])
    await send(adopted.body.undo)
    expect(await count()).toBe(0)
  })

  test('overlay: shares of cells by area and households are exact, and what a zone border cuts is found', async () => {
    await save({
      puts: [
        // All of A but its eastern quarter; a sliver of it is in the second.
        put('zones', -1, null, plot(-5, -5, 30, 20), { zoneLayer: 'police', code: 'J1', name: '一警格' }),
        put('zones', -2, null, plot(29.9999, -5, 36, 20), {
          zoneLayer: 'police',
          code: 'J2',
          name: '二警格',
        }),
      ],
    })
    const analysis = await answer('overlay', { zoneLayer: 'police', level: 'micro-grids' }, [A])
    const result = analysis.result as unknown as OverlayResult
    expect(result).toMatchObject({
      cells: 4,
      split: 2,
      whole: 2,
      zones: [{ code: 'J1' }, { code: 'J2' }, { zone: null }],
    })
    const [{ total }] = await context.database.sql<[{ total: number }]>`
      SELECT sum(ST_Area(geom::geography)) AS total FROM micro_grid WHERE community_id = ${areas.a.community}`
    expect(result.squareMetres / total).toBeCloseTo(1, 4)
    for (const { pieces, squareMetres, overlapSquareMetres } of result.rows) {
      const parts = pieces.reduce((sum, piece) => sum + piece.squareMetres, 0)
      expect((parts - overlapSquareMetres) / squareMetres).toBeCloseTo(1, 9)
    }
    const east = result.rows.find(({ main, households }) => main?.code === 'J1' && households === 150)!
    expect(east.pieces.map(({ code, households }) => [code, households])).toEqual([
      ['J1', 150],
      ['J2', 0],
      [null, 0],
    ])
    // Half of it, less the strip that two zones share; a fifth is in none.
    expect(east.pieces.map(({ areaShare }) => areaShare)).toEqual([
      expect.closeTo(0.5, 4),
      expect.closeTo(0.3, 4),
      expect.closeTo(0.2, 4),
    ])
    expect(analysis.notes.map(({ code }) => code)).toEqual(['zones-overlap'])
    expect(analysis.parts).toMatchObject([
      { part: 'piece', count: 8 },
      { part: 'mismatch', count: 4 },
    ])
    // A border across the cells: what is cut off has corners that no grid of coordinates has.
    const slanted = plot(-5, -5, 45, 25)
    slanted.coordinates[0]![0]!.splice(2, 1)
    await save({ puts: [put('zones', -3, null, slanted, { zoneLayer: 'party', code: 'D1', name: '党建' })] })
    const party = await answer('overlay', { zoneLayer: 'party', level: 'grids' }, [A])
    for (const { pieces, squareMetres } of (party.result as unknown as OverlayResult).rows) {
      expect(pieces.length).toBe(2)
      expect(pieces.reduce((sum, piece) => sum + piece.squareMetres, 0) / squareMetres).toBeCloseTo(1, 9)
    }
    const unknown = await call('POST', '/analyses', { kind: 'overlay', params: { zoneLayer: 'nothing' } })
    const failed = await analyses(call).finish(unknown.body.id)
    expect(failed).toMatchObject({ state: 'failed', problem: { code: 'invalid-body' } })
  })
})
