import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { Alarm } from '../../geodata/walls/alarm.schema.ts'
import type { WallFigure, WallPicture } from '../../geodata/walls/picture.schema.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { pastHazard } from '../support/past-hazard.ts'
import { client, put, smallHierarchy, spot } from '../support/small-hierarchy.ts'
import { cells, clientOf, supervisor } from '../support/writer.ts'

const DAY = 1440

onBothDatabases('what walls show', (context) => {
  const all = client(context)
  let area: Awaited<ReturnType<typeof smallHierarchy>>
  let departmentId: number
  const hazards: Record<string, number> = {}
  const inWest = () => clientOf(context, supervisor([cells({ grids: [area.west] })], { role: 'supervisor' }))

  async function picture(query = '', who = all): Promise<WallPicture> {
    const answer = await who.call('GET', `/walls/picture${query}`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return answer.body
  }
  const figure = ({ figures }: WallPicture, id: WallFigure['id']) => figures.find((one) => one.id === id)!
  const keys = ({ alarms }: WallPicture) => alarms.alarms.map(({ key }) => key)
  const keyOf = (name: string) => `hazard:${hazards[name]}`
  const alarmOf = ({ alarms }: WallPicture, name: string): Alarm | undefined =>
    [...alarms.alarms, ...alarms.shelved].find(({ key }) => key === keyOf(name))

  beforeAll(async () => {
    area = await smallHierarchy(context, '990101001001')
    const [department] = await context.database.sql<[{ id: number }]>`
      INSERT INTO department (name) VALUES ('城管中队') RETURNING id`
    departmentId = department.id
    const west = { community: area.community, grid: area.west, microGrid: area.southWest }
    const east = { community: area.community, grid: area.east, microGrid: area.southEast }
    // Late since half an hour; it was late a day ago, too, and had another owner then: nobody.
    hazards.late = await pastHazard(context, {
      title: '占用消防通道',
      severity: 'high',
      at: [5, 5],
      cells: west,
      history: [
        { minutesAgo: 2 * DAY, state: 'reported', dueIn: -2 * DAY + 15 },
        { minutesAgo: DAY - 60, state: 'dispatched', dueIn: -30, departmentId },
        { minutesAgo: 60, state: 'handling', dueIn: -30, departmentId },
      ],
    })
    hazards.soon = await pastHazard(context, {
      title: '暴露垃圾',
      at: [25, 5],
      cells: east,
      history: [{ minutesAgo: 300, state: 'dispatched', dueIn: 90, departmentId }],
    })
    hazards.unowned = await pastHazard(context, {
      title: '群租',
      at: [26, 5],
      cells: east,
      history: [{ minutesAgo: 40, state: 'reported', dueIn: -25 }],
    })
    hazards.quiet = await pastHazard(context, {
      title: '乱堆物料',
      at: [27, 5],
      cells: east,
      history: [{ minutesAgo: 40, state: 'handling', dueIn: 3 * DAY, departmentId }],
    })
    hazards.done = await pastHazard(context, {
      title: '充电桩异常',
      at: [6, 6],
      cells: west,
      history: [
        { minutesAgo: 3 * DAY, state: 'reported', dueIn: -3 * DAY + 15 },
        { minutesAgo: 0, state: 'closed', dueIn: null },
      ],
    })
    const site = (id: number, east: number) =>
      put('checkpoints', id, null, spot(east, 5), {
        name: `东门 ${-id}`,
        siteType: 'other',
        intervalMinutes: 60,
        graceMinutes: 10,
      })
    const { ids } = await all.save({ puts: [site(-1, 5), site(-2, 25)] })
    await context.database.sql`UPDATE checkpoint SET created_at = now() - interval '3 days'`
    const visit = (checkpoint: number, minutesAgo: number) => context.database.sql`
      INSERT INTO patrol_visit (id, checkpoint_id, started_at, ended_at, source, state, person)
      SELECT ${randomUUID()}, ${checkpoint}, t, t, 'check-in', 'visited', 'weiduan'
      FROM (SELECT now() - make_interval(mins => ${minutesAgo}) AS t) AS moment`
    await visit(ids['-1'], 130)
    await visit(ids['-2'], 20)
    hazards.site = ids['-1']
  })

  test('the figures count what is open, each with what it is measured by and what it was a day ago', async () => {
    const shown = await picture()
    expect(figure(shown, 'overdue')).toMatchObject({
      ...{ value: 2, of: 2, outOf: 4, target: 0, isOff: true, unknown: null },
      yesterday: { value: 2 },
      // Nothing is recorded of then.
      lastWeek: { value: null },
    })
    expect(figure(shown, 'due-soon')).toMatchObject({ value: 1, outOf: 4, isOff: false })
    expect(figure(shown, 'unassigned')).toMatchObject({ value: 1, outOf: 4, yesterday: { value: 2 } })
    expect(figure(shown, 'sites-missed')).toMatchObject({ value: 1, outOf: 2, isOff: true })
    expect(shown.hazardCount).toBe(4)
    expect(shown.hazards.map(({ id }) => id)).toEqual(
      ['late', 'unowned', 'soon', 'quiet'].map((name) => hazards[name]),
    )
    expect(shown.hazards[0]).toMatchObject({
      owner: '城管中队',
      gridName: '西网格',
      lngLat: [120.005, 31.005],
    })
    expect((await picture('', inWest())).area).toMatchObject({ names: ['西网格'], count: 1 })
    expect(shown.area).toMatchObject({ names: [], bbox: [120, 31, 120.04, 31.02] })
  })

  test('what nobody can know is not zero', async () => {
    const [nowhere] = await Promise.all([
      picture('', clientOf(context, supervisor([cells({ grids: [999_999] })], { role: 'supervisor' }))),
    ])
    expect(figure(nowhere, 'sites-missed')).toMatchObject({ value: null, unknown: 'no-sites', isOff: false })
    expect(figure(nowhere, 'coverage-today')).toMatchObject({ value: null, unknown: 'no-sites' })
    expect(nowhere).toMatchObject({ hazards: [], hazardCount: 0, area: { bbox: null } })
    expect(nowhere.sources.find(({ id }) => id === 'hazards')).toMatchObject({ state: 'unknown' })
  })

  test('alarms stand the worst first, one for each hazard and missed site', async () => {
    const shown = await picture()
    expect(keys(shown)).toEqual([keyOf('late'), keyOf('unowned'), keyOf('soon'), `site:${hazards.site}`])
    expect(alarmOf(shown, 'unowned')).toMatchObject({ kinds: ['overdue', 'unassigned'], owner: null })
    expect(shown.alarms.groups).toMatchObject([
      { gridName: '西网格', count: 2, worstKey: keyOf('late') },
      { gridName: '东网格', count: 2 },
    ])
    expect(shown.alarms.flood).toBeNull()
  })

  test('a tour stops in each grid, and knows the worst there', async () => {
    const { tour } = await picture()
    expect(tour.map(({ name, open, overdue, worstKey }) => ({ name, open, overdue, worstKey }))).toEqual([
      { name: '西网格', open: 1, overdue: 1, worstKey: keyOf('late') },
      { name: '东网格', open: 3, overdue: 1, worstKey: keyOf('unowned') },
    ])
  })

  test('whoever reaches one grid sees what lies in it, and is refused the cells beside it', async () => {
    const west = inWest()
    const shown = await picture('', west)
    expect(shown.hazards.map(({ id }) => id)).toEqual([hazards.late])
    expect(JSON.stringify(shown)).not.toContain('东网格')
    expect(figure(shown, 'sites-missed')).toMatchObject({ value: 1, outOf: 1 })
    const east = await all.get('grids', area.east)
    const refused = await west.call('GET', `/walls/picture?cells=${east.properties.code}`)
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } })
    const answered = await west.call('POST', `/alarms/${keyOf('soon')}/acknowledge`, {})
    expect(answered).toMatchObject({ status: 404, body: { code: 'not-found' } })
  })

  test('a layout is kept under one name and shows its cells; of a token that reaches none of them nothing is zero', async () => {
    const code = (await all.get('grids', area.east)).properties.code
    const input = { name: '东大厅', area: [code], figures: [{ id: 'overdue', target: 3 }], language: 'en' }
    const made = await all.call('POST', '/walls/layouts', input)
    expect(made).toMatchObject({ status: 201, body: { version: 1, tour: { dwellSeconds: 30 } } })
    expect(await all.call('POST', '/walls/layouts', { ...input, name: '东大厅' })).toMatchObject({
      ...{ status: 409, body: { code: 'name-conflict' } },
    })
    const shown = await picture(`?layout=${encodeURIComponent('东大厅')}`)
    expect(shown).toMatchObject({
      layout: { id: made.body.id, language: 'en' },
      area: { names: ['东网格'], count: 1 },
      figures: [{ id: 'overdue', value: 1, outOf: 3, target: 3, isOff: false }],
    })
    expect(shown.tour.map(({ name }) => name)).toEqual(['东南', '东北'])
    const outside = await picture(`?layout=${encodeURIComponent('东大厅')}`, inWest())
    expect(outside).toMatchObject({
      hazards: [],
      figures: [{ value: null, unknown: 'nothing-reached', isOff: false }],
    })
    const path = `/walls/layouts/${made.body.id}`
    const version = { 'if-match': '"1"' }
    expect(await inWest().call('PUT', path, input, version)).toMatchObject({
      ...{ status: 422, body: { code: 'invalid-body' } },
    })
    // Naming cells of their own does not make it theirs.
    for (const [how, body] of [['PUT', { ...input, area: [] }] as const, ['DELETE', undefined] as const])
      expect(await inWest().call(how, path, body, version)).toMatchObject({
        ...{ status: 403, body: { code: 'outside-area' } },
      })
    expect(await all.call('PUT', path, { ...input, sound: true }, version)).toMatchObject({
      body: { version: 2, sound: true },
    })
    expect(await all.call('DELETE', path, undefined, version)).toMatchObject({ status: 412 })
    expect(await all.call('DELETE', path, undefined, { 'if-match': '"2"' })).toMatchObject({ status: 204 })
    expect(await all.call('GET', `/walls/picture?layout=${encodeURIComponent('东大厅')}`)).toMatchObject({
      ...{ status: 404, body: { code: 'not-found' } },
    })
  })

  test('an answered alarm is answered on every wall, and one that got worse is new again', async () => {
    const answer = (name: string, how: string, body: object = {}) =>
      all.call('POST', `/alarms/${encodeURIComponent(keyOf(name))}/${how}`, body)
    expect(await answer('late', 'acknowledge', { note: '已派人' })).toMatchObject({
      ...{ status: 200, body: { state: 'acknowledged', mark: { by: 'local', note: '已派人' } } },
    })
    expect(await answer('late', 'withdraw')).toMatchObject({ body: { state: 'new', mark: null } })
    const withdrawn = await picture()
    expect(alarmOf(withdrawn, 'late')).toMatchObject({ state: 'new' })
    expect(withdrawn.lastAnswer).toBeNull()
    await answer('late', 'acknowledge')
    const shown = await picture('', inWest())
    expect(alarmOf(shown, 'late')).toMatchObject({ state: 'acknowledged' })
    expect(shown.lastAnswer).toMatchObject({ by: 'local', title: '占用消防通道' })
    expect(keys(await picture()).indexOf(keyOf('late'))).toBe(3)
    await context.database.sql`UPDATE hazard_case SET escalation = 2 WHERE hazard_id = ${hazards.late!}`
    await touch()
    expect(alarmOf(await picture(), 'late')).toMatchObject({ state: 'new', mark: null })

    expect(await answer('soon', 'shelve', { minutes: 4 })).toMatchObject({ status: 422 })
    expect(await answer('soon', 'shelve', { minutes: 30 })).toMatchObject({ body: { state: 'shelved' } })
    const without = await picture()
    expect(keys(without)).not.toContain(keyOf('soon'))
    expect(without.alarms.counts).toMatchObject({ total: 3, shelved: 1 })
    expect(without.lastAnswer).toMatchObject({ title: '暴露垃圾' })
    // Of what lies beside one's own area nothing is told.
    expect((await picture('', inWest())).lastAnswer).toMatchObject({ title: '占用消防通道' })
    expect(await answer('soon', 'withdraw')).toMatchObject({ body: { state: 'new', mark: null } })
    expect(await answer('soon', 'withdraw')).toMatchObject({ status: 409, body: { code: 'wrong-state' } })
    expect(await answer('quiet', 'acknowledge')).toMatchObject({ status: 404 })
    const told = await context.database
      .sql`SELECT detail->>'change' AS change FROM event WHERE kind = 'alarm' ORDER BY id`
    expect(told.map(({ change }) => change)).toEqual([
      ...['acknowledge', 'withdraw', 'acknowledge', 'shelve', 'withdraw'],
    ])
  })

  /** Something happens, so that pictures are read anew. */
  async function touch() {
    const answer = await all.call('POST', '/checkpoints', {
      type: 'Feature',
      geometry: spot(500, 5),
      properties: { name: '远处', siteType: 'other' },
    })
    expect(answer.status).toBe(201)
  }

  test('a shelved alarm is back once its time is over', async () => {
    await all.call('POST', `/alarms/${keyOf('soon')}/shelve`, { minutes: 5 })
    expect(alarmOf(await picture(), 'soon')).toMatchObject({ state: 'shelved' })
    await context.database
      .sql`UPDATE alarm_mark SET until = now() - interval '1 second' WHERE state = 'shelved'`
    await touch()
    expect(alarmOf(await picture(), 'soon')).toMatchObject({ state: 'new' })
  })

  test('an administrator says how often a source should say something, and two do not overwrite each other', async () => {
    const rule = (version: number, intervalSeconds: number) =>
      all.call(
        'PUT',
        '/walls/sources/hazards',
        { intervalSeconds, isWatched: true },
        { 'if-match': `"${version}"` },
      )
    expect(await rule(0, 600)).toMatchObject({ status: 200, body: { version: 1, intervalSeconds: 600 } })
    expect(await rule(0, 900)).toMatchObject({ status: 412 })
    await touch()
    const source = (await picture()).sources.find(({ id }) => id === 'hazards')
    expect(source).toMatchObject({ intervalSeconds: 600, state: 'fresh' })
    expect(
      await all.call('PUT', '/walls/sources/server', { intervalSeconds: 1, isWatched: true }),
    ).toMatchObject({
      status: 400,
    })
  })
})
