import { beforeAll, expect, test } from 'vitest'
import { fromLngLat } from '../../geodata/crs/convert.ts'
import { readDispatchEntry } from '../../geodata/dispatch/read-entry.ts'
import { caseActors } from '../support/case-actor.ts'
import { onBothDatabases, type TestApp } from '../support/on-both-databases.ts'
import { twoAreas } from '../support/two-areas.ts'
import { cells, supervisor } from '../support/writer.ts'

const A = '990101001001'
const HEAD = '工单编号,受理时间,受理渠道,标题,诉求内容,事项类别,紧急程度,事发地址,网格编码,经度,纬度'

onBothDatabases('hotline orders', (context) => {
  const { all, areas, inA } = twoAreas(context)
  const { as, get, act, must } = caseActors(context)
  let app: TestApp
  beforeAll(async () => {
    app = await context.app()
  })

  async function send(content: string | Uint8Array, query = '', by: TestApp = app) {
    const body = new FormData()
    body.set('file', new File([content as BlobPart], '12345.csv'))
    const response = await by.request(`/api/v1/hotline/imports${query}`, { method: 'POST', body })
    return { status: response.status, body: await response.json() }
  }
  const table = (...rows: string[]) => [HEAD, ...rows].join('\r\n')
  const row = (
    number: string,
    more: {
      demand?: string
      category?: string
      address?: string
      cell?: string
      lng?: string
      lat?: string
    } = {},
  ) =>
    [
      number,
      '2026-01-06 07:40',
      '电话',
      '',
      `"${more.demand ?? '楼道堆物'}"`,
      more.category ?? '06036',
      '紧急',
      more.address ?? '',
      more.cell ?? '',
      more.lng ?? '',
      more.lat ?? '',
    ].join(',')
  const counts = async () => {
    const [found] = await context.database.sql`
      SELECT (SELECT count(*)::int FROM hotline_order) AS orders, (SELECT count(*)::int FROM hazard) AS hazards,
        (SELECT count(*)::int FROM case_entry) AS entries`
    return found
  }

  test('each row is told what becomes of it, a dry run changes nothing, and the same file again changes nothing', async () => {
    const [lng, lat] = fromLngLat('GCJ-02', [120.005, 31.005])!.map((degrees) => degrees.toFixed(9))
    const file = table(
      row('H1', { lng: lng!, lat: lat! }),
      row('H2', { cell: `${A}002` }),
      row('H3', { address: '1幢' }),
      row('H4', { category: '没有的' }),
      row('H5', { lng: '110', lat: '30' }),
      row('H1', { demand: '又一条' }),
      row('1.2E+15'),
      '',
    )
    const before = await counts()
    const dry = await send(file, '?dryRun=true&crs=GCJ-02')
    expect(dry, JSON.stringify(dry.body)).toMatchObject({ status: 200 })
    const outcomes = ['created', 'created', 'waits', 'waits', 'waits', 'repeated', 'refused']
    expect(dry.body.rows.map(({ outcome }: { outcome: string }) => outcome)).toEqual(outcomes)
    expect(await counts()).toEqual(before)
    const done = await send(file, '?crs=GCJ-02')
    expect(done.status).toBe(201)
    expect(done.body.counts).toMatchObject({ created: 2, waits: 3, repeated: 1, refused: 1, exists: 0 })
    const codes = done.body.rows.map(({ notes }: { notes: { code: string }[] }) =>
      notes.map(({ code }) => code),
    )
    expect(codes).toEqual([
      [],
      ['placed-by-cell'],
      // Both communities have a 1幢 … 11幢 is its name here.
      ['place-missing'],
      ['category-unknown', 'place-missing'],
      ['coordinates-outside'],
      ['repeated-differs'],
      ['number-rounded'],
    ])
    expect(done.body.rows[6].notes[0]).toEqual({
      code: 'number-rounded',
      zh: expect.stringContaining('1.2E+15'),
      en: expect.stringContaining('1.2E+15'),
    })
    const first = await get(all, done.body.rows[0].hazard)
    expect(first).toMatchObject({
      ...{ source: 'hotline', externalRef: 'H1', state: 'reported', severity: 'high' },
      ...{
        reportedAt: '2026-01-05T23:40:00.000Z',
        lngLat: [expect.closeTo(120.005, 6), expect.closeTo(31.005, 6)],
      },
    })
    expect(first.entries).toMatchObject([{ detail: { order: 'H1', channel: '电话' } }])
    const after = await counts()
    expect(after).toMatchObject({ orders: before!.orders + 5, hazards: before!.hazards + 2 })
    const again = await send(file, '?crs=GCJ-02')
    expect(again).toMatchObject({
      status: 200,
      body: { counts: { created: 0, waits: 0, exists: 5, refused: 1 } },
    })
    const changed = await send(table(row('H2', { cell: `${A}002`, demand: '改了' })))
    expect(changed.body.rows).toMatchObject([{ outcome: 'differs', hazard: done.body.rows[1].hazard }])
    expect(await counts()).toEqual(after)
  })

  test('two imports of one file at once make one case of each order', async () => {
    const file = table(...Array.from({ length: 5 }, (_, at) => row(`T${at}`, { cell: `${A}001` })))
    const both = await Promise.all([send(file), send(file)])
    expect(both.map(({ body }) => body.counts.created).sort()).toEqual([0, 5])
    const [{ made }] = await context.database.sql<[{ made: number }]>`
      SELECT count(*)::int AS made FROM hazard_case WHERE source = 'hotline' AND external_ref LIKE 'T%'`
    expect(made).toBe(5)
  })

  test('orders that wait become cases once they are placed, and only once', async () => {
    const { body } = await all.call('GET', '/hotline/waiting?limit=2')
    expect(body).toMatchObject({
      total: 3,
      orders: [
        { number: 'H3', waits: ['place'] },
        { number: 'H4', waits: ['place', 'category'] },
      ],
      next: 'H4',
    })
    const { body: rest } = await all.call('GET', '/hotline/waiting?cursor=H4')
    expect(rest.orders).toMatchObject([
      { number: 'H5', given: [expect.closeTo(110, 1), expect.closeTo(30, 1)] },
    ])
    const place = (number: string, more: object = {}, version = 1) =>
      all.call(
        'POST',
        `/hotline/orders/${number}/place`,
        { lngLat: [120.005, 31.005], ...more },
        { 'if-match': `"${version}"` },
      )
    expect(await place('H3', {}, 2)).toMatchObject({ status: 412 })
    expect(await place('H4')).toMatchObject({ status: 422, body: { issues: [{ at: '/category' }] } })
    const category = { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '06010' }
    expect(await place('H4', { category })).toMatchObject({ status: 201, body: { waits: [], category } })
    const both = await Promise.all([place('H3'), place('H3')])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
    expect((await inA().call('GET', '/hotline/waiting')).status).toBe(403)
    const scoped = await context.appFor(
      supervisor([cells({ communities: [areas.a.community] })], { role: 'coordinator' }),
    )
    expect(await send(table(row('S1')), '', scoped)).toMatchObject({
      status: 403,
      body: { code: 'outside-area' },
    })
  })
  test('nothing about callers is stored: columns are not read, numbers in texts are taken out', async () => {
    const file = [
      '12345热线工单,,',
      `来电人姓名,联系电话,${HEAD}`,
      `某人,13812345678,${row('P1', { cell: `${A}001`, demand: '请回电13812345678，身份证32050819900101123X' })}`,
    ].join('\n')
    const { body } = await send(file)
    expect(body).toMatchObject({
      masked: 2,
      columns: { personal: ['来电人姓名', '联系电话'] },
      rows: [{ outcome: 'created', notes: [{ code: 'masked' }, { code: 'placed-by-cell' }] }],
    })
    const [{ found }] = await context.database.sql<[{ found: number }]>`
      SELECT count(*)::int AS found FROM (SELECT t::text AS text FROM hotline_order t UNION ALL SELECT t::text FROM hazard t
        UNION ALL SELECT t::text FROM case_entry t UNION ALL SELECT t::text FROM event t UNION ALL SELECT t::text FROM feature_version t) kept
      WHERE text ~ '13812345678|32050819900101123X|某人'`
    expect(found).toBe(0)
  })

  test('hostile and broken files are refused with what is wrong, and leave nothing', async () => {
    const before = await counts()
    const refused = async (content: string | Uint8Array, status: number, code: string, query = '') =>
      expect(await send(content, query)).toMatchObject({ status, body: { code } })
    await refused(Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), 422, 'unreadable-file')
    await refused('', 422, 'unreadable-file')
    await refused('a,b\n1,2', 422, 'unreadable-file')
    await refused(`${'title,\n'.repeat(10)}${table(row('H9'))}`, 422, 'unreadable-file')
    await refused(table('"H9,2026'), 422, 'unreadable-file')
    await refused(table(row('H9', { demand: 'x'.repeat(5000) })), 422, 'unreadable-file')
    await refused(
      table(...Array.from({ length: 5001 }, (_, at) => row(`B${at}`))),
      413,
      'too-large',
      '?crs=GCJ-02',
    )
    await refused(table(row('H9', { lng: '120', lat: '31' })), 400, 'invalid-parameter')
    await refused(table(row('H9')), 400, 'invalid-parameter', '?crs=EPSG:4549')
    const injected = await send(
      table(row(`H9`, { demand: `'); DROP TABLE hazard; --`, address: '=cmd|calc' })),
      '?crs=BD-09&dryRun=true',
    )
    expect(injected).toMatchObject({ status: 200, body: { rows: [{ outcome: 'waits' }] } })
    expect(await counts()).toEqual(before)
    // As a spreadsheet saves it: “工单编号,受理时间,诉求内容” in GB18030.
    const gb = [
      0xb9, 0xa4, 0xb5, 0xa5, 0xb1, 0xe0, 0xba, 0xc5, 0x2c, 0xca, 0xdc, 0xc0, 0xed, 0xca, 0xb1, 0xbc, 0xe4,
      0x2c, 0xcb, 0xdf, 0xc7, 0xf3, 0xc4, 0xda, 0xc8, 0xdd,
    ]
    const read = await send(
      Uint8Array.from([...gb, ...new TextEncoder().encode('\nG1,2026-01-06,x')]),
      '?dryRun=true',
    )
    expect(read.body).toMatchObject({ encoding: 'GB18030', rows: [{ number: 'G1', outcome: 'waits' }] })
  })

  test('the template can be sent as it is, in both languages', async () => {
    for (const lang of ['zh', 'en']) {
      const response = await app.request(`/api/v1/hotline/template?lang=${lang}`)
      const { body } = await send(new Uint8Array(await response.arrayBuffer()), '?dryRun=true&crs=GCJ-02')
      expect(body).toMatchObject({
        columns: { personal: [], unknown: [], repeated: [] },
        rows: [{ outcome: 'waits' }],
      })
    }
  })

  test('contact comes before finishing, two call-backs before closing, each by who may', async () => {
    const { body } = await send(table(row('C1', { cell: `${A}001` })))
    const id = body.rows[0].hazard as number
    const owner = (await all.call('POST', '/departments', { name: '环卫所' })).body.id as number
    const other = (await all.call('POST', '/departments', { name: '园林所' })).body.id as number
    const [own, another, officer] = [
      await as('department', owner),
      await as('department', other),
      await as('officer'),
    ]
    await must(all, id, 'accept', 'file', { action: 'dispatch', departmentId: owner })
    await must(own, id, 'take')
    expect(await act(own, id, { action: 'finish' })).toMatchObject({
      status: 409,
      body: { missing: ['contact'] },
    })
    const owed = async (client = all) => {
      return (await client.call('GET', '/dispatch/owed')).body.owed
        .filter(({ hazard }: { hazard: number }) => hazard === id)
        .map(({ kind, department }: Record<string, unknown>) => [kind, department])
    }
    const ours = { id: owner, name: '环卫所' }
    expect(await owed()).toEqual([['contact', ours]])
    const contact = (client: typeof all, more: object = {}) =>
      client.call('POST', `/cases/${id}/contacts`, { reached: false, note: '无人接听', ...more })
    const mayOf = async (client: typeof all) =>
      (await client.call('GET', `/cases/${id}/hotline`)).body.may as object
    expect([await mayOf(own), await mayOf(another), await mayOf(officer)]).toEqual([
      { unit: true, street: false },
      { unit: false, street: false },
      { unit: false, street: true },
    ])
    expect(await contact(another)).toMatchObject({ status: 403 })
    expect(await contact(officer)).toMatchObject({ status: 403 })
    expect(await contact(own, { note: '请拨13812345678' })).toMatchObject({
      status: 422,
      body: { issues: [{ at: '/note' }] },
    })
    expect((await contact(own)).body.order.firstContactAt).toMatch(/Z$/)
    await must(own, id, 'finish')
    const callBack = (client: typeof all, by: string, more: object = {}) =>
      client.call('POST', `/cases/${id}/call-backs`, { by, satisfied: 'satisfied', solved: true, ...more })
    expect(await owed()).toEqual([
      ['street-call-back', null],
      ['unit-call-back', ours],
    ])
    expect(await callBack(own, 'street')).toMatchObject({ status: 403 })
    expect(await callBack(own, 'unit', { satisfied: 'not-reached' })).toMatchObject({ status: 422 })
    expect(await callBack(own, 'unit', { satisfied: 'dissatisfied' })).toMatchObject({ status: 200 })
    await must(own, id, 'submit')
    expect(await act(officer, id, { action: 'close' })).toMatchObject({
      status: 409,
      body: { missing: ['street-call-back'] },
    })
    const called = await callBack(officer, 'street', { satisfied: 'not-reached', solved: null })
    expect(called.body.order.callBacks).toMatchObject({
      unit: { satisfied: 'dissatisfied', solved: true },
      street: { satisfied: 'not-reached', solved: null },
    })
    await must(officer, id, 'close')
    const { entries } = await get(all, id)
    expect(entries.flatMap(readDispatchEntry).map(({ code }: { code: string }) => code)).toEqual([
      ...['unit', 'not-reached'],
      ...['unit', 'dissatisfied', 'solved'],
      ...['street', 'not-reached'],
    ])
    expect(await contact(all, { by: 'street' })).toMatchObject({ status: 409 })
    const { body: hazards } = await all.call('GET', '/cases?source=desk&limit=1')
    for (const { id: plain } of hazards.cases)
      expect((await all.call('GET', `/cases/${plain}/hotline`)).body.order).toBeNull()
  })

  test('a file of more orders than one statement takes: each case is that of its own order', async () => {
    const many = Array.from({ length: 520 }, (_, index) =>
      row(`M${index}`, { demand: `第${index}处堆物`, lng: '120.005', lat: '31.005' }),
    )
    expect((await send(table(...many), '?crs=EPSG:4326')).body.counts).toMatchObject({ created: 520 })
    const [found] = await context.database.sql`
      SELECT count(*)::int AS own, count(DISTINCT k.due_at)::int AS deadlines
      FROM hotline_order o JOIN hazard h ON h.id = o.hazard_id JOIN hazard_case c ON c.hazard_id = h.id
        JOIN case_entry e ON e.hazard_id = h.id AND e.seq = 1 AND e.action = 'report' AND e.due_at = h.due_at
        JOIN case_clock k ON k.hazard_id = h.id AND k.clock = 'accept' AND k.limit_kind = 'urgent-hours'
      WHERE o.number LIKE 'M%' AND c.external_ref = o.number AND e.detail->>'order' = o.number
        AND h.description = '第' || substr(o.number, 2) || '处堆物' AND c.source = 'hotline'`
    expect(found).toEqual({ own: 520, deadlines: 1 })
  })
})
