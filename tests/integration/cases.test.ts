import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { Identity } from '../../server/access/identity.ts'
import { CLUTTER, caseClient, caseReport } from '../support/case-client.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { smallHierarchy } from '../support/small-hierarchy.ts'
import { cells } from '../support/writer.ts'

/** A Friday; Saturday and Sunday follow. */
const FRIDAY = Date.parse('2026-03-13T16:00:00+08:00')

onBothDatabases('cases', (context) => {
  const clock = { now: FRIDAY }
  const { as, act, done, newDepartment, ...client } = caseClient(context, clock)
  const dispatched = () => client.dispatched(department)
  let areas: Awaited<ReturnType<typeof smallHierarchy>>
  let department = 0
  let otherDepartment = 0

  beforeAll(async () => {
    areas = await smallHierarchy(context, '990101001001', 0)
    department = await newDepartment('城管科')
    otherDepartment = await newDepartment('环卫所')
  })

  test('a case goes from report to end: owner, clocks and history follow each other', async () => {
    const { status, body: reported, headers } = await as({ role: 'officer' })('POST', '/cases', caseReport())
    expect(status).toBe(201)
    expect(headers.get('etag')).toBe('"1"')
    expect(reported).toMatchObject({
      state: 'reported',
      source: 'officer',
      dueAt: '2026-03-13T08:15:00.000Z',
      department: null,
      isLate: false,
      clocks: [{ clock: 'accept', run: 1, limitKind: 'urgent-hours', limitAmount: 0.25, stoppedAt: null }],
      entries: [{ seq: 1, kind: 'transition', action: 'report', fromState: null, role: 'officer' }],
    })
    const id = reported.id
    clock.now += 20 * 60_000
    const late = (await as()('GET', '/cases?clock=overdue')).body.cases
    // A list counts what is left as the case itself does.
    expect(late).toContainEqual(expect.objectContaining({ id, limitKind: 'urgent-hours' }))
    await done(id, { action: 'accept', note: '已核对照片' })
    await done(id, { action: 'file' })
    const sent = await done(id, { action: 'dispatch', departmentId: department })
    // Five working days from Friday 16:20.
    expect(sent).toMatchObject({ dueAt: '2026-03-20T08:20:00.000Z', department: { name: '城管科' } })
    await done(id, { action: 'take' })
    await done(id, { action: 'finish', note: '已清理' })
    await done(id, { action: 'submit' })
    const closed = await done(id, { action: 'close' })
    expect(closed).toMatchObject({ state: 'closed', dueAt: null, department: { id: department } })
    expect(closed.entries.map(({ seq, action }: { seq: number; action: string }) => [seq, action])).toEqual([
      [1, 'report'],
      [2, 'accept'],
      [3, 'file'],
      [4, 'dispatch'],
      [5, 'take'],
      [6, 'finish'],
      [7, 'submit'],
      [8, 'close'],
    ])
    expect(
      closed.clocks.map((run: { clock: string; stoppedAt: string | null }) => [run.clock, !!run.stoppedAt]),
    ).toEqual([
      ['accept', true],
      ['verify', true],
      ['dispatch', true],
      ['handle', true],
      ['check', true],
    ])
    const { properties } = (await as()('GET', `/hazards/${id}`)).body
    expect(properties).toMatchObject({ state: 'closed', dueAt: null })
    const { body: versions } = await as()('GET', `/hazards/${id}/versions`)
    expect(versions.versions).toHaveLength(closed.version)
  })

  test('the same report sent twice, also at once, is one case; another by its id is refused', async () => {
    const twice = caseReport({ title: '同一件' })
    const answers = await Promise.all([as()('POST', '/cases', twice), as()('POST', '/cases', twice)])
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 201])
    const again = await as()('POST', '/cases', { ...twice, title: '不是同一件' })
    expect(again).toMatchObject({ status: 409, body: { code: 'id-reused' } })
  })

  test('what lacks its reason, is not the next step or is stale changes nothing and says why', async () => {
    const { body } = await as()('POST', '/cases', caseReport())
    const before = await context.database.sql`SELECT count(*) FROM case_entry`
    expect(await act(body.id, { action: 'reject' })).toMatchObject({
      status: 422,
      body: { code: 'invalid-body' },
    })
    expect(await act(body.id, { action: 'close' })).toMatchObject({
      status: 409,
      body: { code: 'wrong-state', state: 'reported' },
    })
    const stale = await as()('POST', `/cases/${body.id}/actions`, { action: 'accept' }, { 'if-match': '"9"' })
    expect(stale).toMatchObject({ status: 412, body: { code: 'version-conflict', currentVersion: 1 } })
    expect(await as()('POST', `/cases/${body.id}/actions`, { action: 'accept' })).toMatchObject({
      status: 428,
    })
    const photo = { action: 'accept', photos: [randomUUID()] }
    expect(await act(body.id, photo)).toMatchObject({ status: 422, body: { code: 'invalid-body' } })
    expect(await context.database.sql`SELECT count(*) FROM case_entry`).toEqual(before)
  })

  test('what is done now follows the last entry, also where that was made by a clock further on', async () => {
    const { id } = (await as()('POST', '/cases', caseReport())).body
    const noted = await done(id, { action: 'note', note: '已到现场' })
    clock.now -= 1000
    const accepted = await done(id, { action: 'accept' })
    clock.now += 1000
    expect(accepted.entries.at(-1)).toMatchObject({ action: 'accept', at: noted.entries.at(-1).at })
  })

  test('a department handles its own cases and no others; what may be done is told to whoever asks', async () => {
    const people = await context.database.sql<{ id: number }[]>`
      INSERT INTO person (username, name, email, role, department_id)
      VALUES ('case-own', '甲', 'case-own@x', 'department', ${department}),
        ('case-other', '乙', 'case-other@x', 'department', ${otherDepartment}), ('case-none', '丙', 'case-none@x', 'department', NULL)
      RETURNING id`
    const [own, other, none] = people.map(({ id }) => ({ role: 'department' as const, personId: id }))
    const sent = await dispatched()
    for (const who of [other!, none!])
      expect(await act(sent.id, { action: 'take' }, who)).toMatchObject({
        status: 403,
        body: { code: 'not-permitted' },
      })
    const seen = async (who: Partial<Identity>) =>
      (await as(who)('GET', `/cases/${sent.id}`)).body.allowed
        .map(({ action }: { action: string }) => action)
        .sort()
    expect(await seen(own!)).toEqual(['ask-extension', 'note', 'return', 'take'])
    expect(await seen(other!)).toEqual(['note'])
    expect(await seen({ role: 'viewer' })).toEqual([])
    expect(await done(sent.id, { action: 'take' }, own!)).toMatchObject({ state: 'handling' })
    expect(
      (await as(own)('GET', '/cases?department=mine&open=true')).body.cases.map(
        (each: { id: number }) => each.id,
      ),
    ).toContain(sent.id)
    expect((await as(other)('GET', '/cases?department=mine')).body.cases).toEqual([])
    expect(await act(sent.id, { action: 'extend' }, own!)).toMatchObject({ status: 403 })
  })

  test('extensions and a suspension move the deadline by working time', async () => {
    clock.now = FRIDAY
    const sent = await dispatched()
    expect(sent.dueAt).toBe('2026-03-20T08:00:00.000Z')
    await done(sent.id, { action: 'ask-extension', reason: '等配件', amount: 1 })
    expect(await act(sent.id, { action: 'ask-extension', reason: '再等' })).toMatchObject({ status: 409 })
    expect(await done(sent.id, { action: 'extend' })).toMatchObject({
      dueAt: '2026-03-23T08:00:00.000Z',
      extensions: 1,
    })
    await done(sent.id, { action: 'ask-extension', reason: '还要', amount: 5 })
    expect(await done(sent.id, { action: 'refuse-extension', reason: '已够' })).toMatchObject({
      extensions: 1,
    })
    // Friday 17:00, until a Tuesday: what was left on Friday is left then.
    clock.now = FRIDAY + 3_600_000
    const paused = await done(sent.id, {
      action: 'suspend',
      reason: '等审批',
      until: '2026-03-24T09:00:00+08:00',
    })
    expect(paused).toMatchObject({ dueAt: null, suspendedUntil: '2026-03-24T01:00:00.000Z' })
    expect(await act(sent.id, { action: 'take' })).toMatchObject({
      status: 409,
      body: { code: 'wrong-state' },
    })
    clock.now = Date.parse('2026-03-24T08:00:00+08:00')
    const going = await done(sent.id, { action: 'resume' })
    // 47 working hours were left; they run from that Tuesday on.
    expect(going).toMatchObject({ dueAt: '2026-03-31T09:00:00.000Z', suspendedUntil: null })
    expect(
      await act(sent.id, { action: 'suspend', reason: '又', until: '2026-04-24T09:00:00+08:00' }),
    ).toMatchObject({
      status: 409,
    })
  })

  test('an edit, a change set and an import leave state and deadline to the history', async () => {
    const { body } = await as()('POST', '/cases', caseReport({ title: '改不动' }))
    const { body: feature } = await as()('GET', `/hazards/${body.id}`)
    const put = (properties: object) =>
      as()('PUT', `/hazards/${body.id}`, { geometry: feature.geometry, properties }, { 'if-match': '"1"' })
    const moved = await put({ ...feature.properties, state: 'closed' })
    expect(moved).toMatchObject({ status: 409, body: { code: 'wrong-state' } })
    expect(moved.body.detail).toContain('/api/v1/cases/{id}/actions')
    expect(await put({ ...feature.properties, dueAt: null })).toMatchObject({ status: 409 })
    const { state: _, dueAt: __, ...rest } = feature.properties
    const kept = await put({ ...rest, title: '改了题目' })
    expect(kept.body.properties).toMatchObject({ title: '改了题目', state: 'reported', dueAt: body.dueAt })
    const born = await as()('POST', '/hazards', {
      geometry: feature.geometry,
      properties: { ...rest, state: 'closed' },
    })
    expect(born).toMatchObject({ status: 409, body: { code: 'wrong-state' } })
    await expect(
      context.database.sql`UPDATE hazard SET state = 'closed' WHERE id = ${body.id}`.then(),
    ).rejects.toMatchObject({ constraint_name: 'hazard_follows_history' })
  })

  test('a hazard that is deleted and comes back goes on with its history', async () => {
    const { body } = await as()('POST', '/cases', caseReport())
    await done(body.id, { action: 'accept' })
    const { body: feature } = await as()('GET', `/hazards/${body.id}`)
    await as()('DELETE', `/hazards/${body.id}`, undefined, { 'if-match': `"${feature.version}"` })
    expect(await as()('GET', `/cases/${body.id}`)).toMatchObject({ status: 404 })
    const {
      communityCode,
      gridCode,
      microGridCode,
      buildingCode,
      sourceId,
      createdAt,
      updatedAt,
      ...properties
    } = feature.properties
    const back = await as()('POST', '/changes', {
      id: randomUUID(),
      puts: [
        {
          layer: 'hazards',
          id: body.id,
          version: feature.version + 1,
          geometry: feature.geometry,
          properties,
        },
      ],
      deletes: [],
    })
    expect(back.status, JSON.stringify(back.body)).toBe(200)
    expect(await done(body.id, { action: 'file' })).toMatchObject({
      state: 'pending_dispatch',
      entries: { length: 3 },
    })
  })

  test('a report that is another of an open case joins it; the nearest of its kind is suggested first', async () => {
    const { body: first } = await as()(
      'POST',
      '/cases',
      caseReport({ title: '消防通道停车', lngLat: [120.0301, 31.0101] }),
    )
    await as()(
      'POST',
      '/cases',
      caseReport({ title: '别的事', lngLat: [120.0304, 31.0101], category: { ...CLUTTER, code: '06010' } }),
    )
    const near = await as()(
      'GET',
      `/cases/similar?lng=120.03011&lat=31.0101&standard=${encodeURIComponent(CLUTTER.standard)}&kind=matter&code=06036&title=${encodeURIComponent('停车占消防通道')}`,
    )
    expect(near.body.cases[0]).toMatchObject({ id: first.id, distanceMetres: expect.closeTo(1, 0) })
    expect(near.body.cases).toHaveLength(2)
    expect(near.body.cases[0].score).toBeGreaterThan(near.body.cases[1].score)
    const second = caseReport({ title: '通道又停车', lngLat: [120.03011, 31.0101], duplicateOf: first.id })
    const joined = await as({ name: 'lin' })('POST', '/cases', second)
    expect(joined).toMatchObject({ status: 200, body: { id: first.id, entries: { length: 2 } } })
    expect(joined.body.entries[1]).toMatchObject({
      kind: 'duplicate',
      actor: 'lin',
      detail: { title: '通道又停车' },
    })
    expect((await as({ name: 'lin' })('POST', '/cases', second)).body.entries).toHaveLength(2)
    await done(first.id, { action: 'reject', reason: '不属实' })
    expect(await as()('POST', '/cases', caseReport({ duplicateOf: first.id }))).toMatchObject({ status: 409 })
  })

  test('what is out of reach is not there, and cannot be moved on or reported into', async () => {
    const { body } = await as()('POST', '/cases', caseReport())
    const elsewhere = { reach: [cells({ communities: [999_999] })] }
    const here = { reach: [cells({ communities: [areas.community] })] }
    expect(await as(elsewhere)('GET', `/cases/${body.id}`)).toMatchObject({ status: 404 })
    expect(await act(body.id, { action: 'accept' }, elsewhere)).toMatchObject({ status: 404 })
    expect((await as(elsewhere)('GET', '/cases')).body.cases).toEqual([])
    expect(await as(elsewhere)('POST', '/cases', caseReport())).toMatchObject({
      status: 403,
      body: { code: 'outside-area' },
    })
    expect(await as(here)('POST', '/cases', caseReport())).toMatchObject({ status: 201 })
  })

  test('pages of a list hold every case once, in its order, whatever the page size', async () => {
    for (const sort of ['dueAt', '-reportedAt', '-stateSince', '-severity']) {
      const whole = (await as()('GET', `/cases?sort=${sort}&limit=200`)).body
      const ids: number[] = []
      let cursor = ''
      do {
        const { body } = await as()('GET', `/cases?sort=${sort}&limit=3${cursor && `&cursor=${cursor}`}`)
        ids.push(...body.cases.map((each: { id: number }) => each.id))
        cursor = body.next ?? ''
      } while (cursor)
      expect(ids, sort).toEqual(whole.cases.map((each: { id: number }) => each.id))
      expect(ids.length).toBeGreaterThan(6)
    }
    expect(await as()('GET', '/cases?cursor=abc')).toMatchObject({
      status: 400,
      body: { code: 'invalid-parameter' },
    })
  })
})
