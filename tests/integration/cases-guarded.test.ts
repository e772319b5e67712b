import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { describe, expect, test } from 'vitest'
import { HAZARD_STATES } from '../../geodata/hazards/hazard.schema.ts'
import { CASE_STATES } from '../../geodata/hazards/workflow.ts'
import { createApp } from '../../server/app.ts'
import { bringHistories } from '../../server/cases/begin-cases.store.ts'
import { sweepCases } from '../../server/cases/sweep-cases.ts'
import { startOutbox } from '../../server/live/outbox.ts'
import { openPhotoStore } from '../../server/photos/open-photo-store.ts'
import { connect, openDatabase } from '../../server/platform/database.ts'
import { ADMINISTRATOR, askedBy } from '../support/administrator.ts'
import { caseClient, caseReport } from '../support/case-client.ts'
import { freshDatabase, onBothDatabases } from '../support/on-both-databases.ts'
import { collection, feature, post } from '../support/upload-geojson.ts'

const MINUTE = 60_000
const START = Date.parse('2026-03-16T09:00:00+08:00')
onBothDatabases('cases that nobody may forget', (context) => {
  const clock = { now: START }
  const { as, get, act, done, begin, dispatched, newDepartment } = caseClient(context, clock)

  const sweep = (at: number) => {
    clock.now = at
    return sweepCases(context.database.sql, new Date(at))
  }
  const eventsOf = async (id: number) =>
    (
      await context.database
        .sql`SELECT kind, version FROM event WHERE layer = 'hazards' AND feature_id = ${id} ORDER BY id`
    ).map(({ kind, version }) => [kind, version])

  test('a limit that nears, passes and is long past is written down once each, and live readers hear of it', async () => {
    clock.now = START
    const { id } = await begin()
    expect(await sweep(START + 11 * MINUTE)).toBe(0)
    expect(await sweep(START + 13 * MINUTE)).toBe(1)
    expect(await sweep(START + 14 * MINUTE)).toBe(0)
    expect(await sweep(START + 16 * MINUTE)).toBe(1)
    expect(await sweep(START + 50 * MINUTE)).toBe(1)
    expect(await sweep(START + 500 * MINUTE)).toBe(0)
    const { entries, escalation, version, isLate } = await get(id)
    expect({ escalation, version, isLate }).toEqual({ escalation: 3, version: 1, isLate: true })
    expect(
      entries.map(
        ({ kind, actor, detail }: { kind: string; actor: string; detail: { to?: string } | null }) => [
          kind,
          actor,
          detail?.to,
        ],
      ),
    ).toEqual([
      ['transition', 'local', undefined],
      ['escalated', 'gridward', 'owner'],
      ['escalated', 'gridward', 'coordinator'],
      ['escalated', 'gridward', 'supervisor'],
    ])
    expect(await eventsOf(id)).toEqual([
      ['put', 1],
      ['put', 1],
      ['put', 1],
      ['put', 1],
    ])
    await done(id, { action: 'reject', reason: '不属实' })
    expect(await sweep(START + 9000 * MINUTE)).toBe(0)
  })

  test('who is told when is a setting that holds at once', async () => {
    clock.now = START
    const { id } = await begin()
    const { reminders } = (await as()('GET', '/workflow')).body
    expect(reminders.reminders).toHaveLength(2)
    const put = (first: object, version: number) =>
      as()(
        'PUT',
        '/workflow/reminders',
        { reminders: [first, { level: 3, share: 1, minutes: 60 }] },
        { 'if-match': `"${version}"` },
      )
    expect(await put({ level: 3, share: 1, minutes: 60 }, 1)).toMatchObject({ status: 422 })
    expect(await put({ level: 1, share: 1, minutes: 10 }, 1)).toMatchObject({
      status: 200,
      body: { version: 2, example: false },
    })
    expect(await sweep(START + 4 * MINUTE)).toBe(0)
    expect(await sweep(START + 6 * MINUTE)).toBe(1)
    expect(await sweep(START + 16 * MINUTE)).toBe(1)
    expect(await sweep(START + 50 * MINUTE)).toBe(0)
    expect((await get(id)).escalation).toBe(2)
    expect(await put({ level: 1, share: 0.2, minutes: 120 }, 2)).toMatchObject({ status: 200 })
    await done(id, { action: 'reject', reason: '不属实' })
  })

  test('two processes that sweep at once write every entry once', async () => {
    clock.now = START
    const { id } = await begin()
    clock.now = START + 20 * MINUTE
    await Promise.all([1, 2, 3].map(() => sweepCases(context.database.sql, new Date(clock.now))))
    await sweepCases(context.database.sql, new Date(clock.now))
    expect((await get(id)).entries).toHaveLength(2)
    await done(id, { action: 'reject', reason: '不属实' })
  })

  test('a suspension ends by itself, at its end and not when somebody looks', async () => {
    clock.now = START
    const { id } = await dispatched(await newDepartment('城管科'))
    await done(id, { action: 'suspend', reason: '等配件', until: '2026-03-18T09:00:00+08:00' })
    // Over by far were the clock running.
    expect(await sweep(START + 47 * 60 * MINUTE)).toBe(0)
    expect(await sweep(START + 50 * 60 * MINUTE)).toBe(1)
    const going = await get(id)
    expect(going).toMatchObject({
      suspendedUntil: null,
      dueAt: '2026-03-25T01:00:00.000Z',
      state: 'dispatched',
    })
    expect(going.entries.at(-1)).toMatchObject({
      kind: 'resumed',
      at: '2026-03-18T01:00:00.000Z',
      actor: 'gridward',
    })
    expect((await as()('GET', `/cases?clock=suspended`)).body.cases).toEqual([])
  })

  test('limits and days that change move no deadline that runs; the next one goes by them', async () => {
    clock.now = START
    const { id } = await begin()
    const { body: workflow } = await as()('GET', '/workflow')
    expect(workflow.limits.example).toBe(true)
    const limits = workflow.limits.limits.map((limit: { clock: string }) =>
      limit.clock === 'verify' ? { ...limit, kind: 'working-days', amount: 1 } : { ...limit, amount: 3 },
    )
    const put = (path: string, body: object, version: number) =>
      as()('PUT', path, body, { 'if-match': `"${version}"` })
    expect(await put('/workflow/limits', { limits: [...limits, limits[0]] }, 1)).toMatchObject({
      status: 422,
    })
    expect(await put('/workflow/limits', { limits }, 1)).toMatchObject({
      status: 200,
      body: { version: 2, example: false, limits },
    })
    expect(await put('/workflow/limits', { limits }, 1)).toMatchObject({
      status: 412,
      body: { currentVersion: 2 },
    })
    const { body: calendar } = await as()('GET', '/calendar')
    expect(calendar.days).toContainEqual({ day: '2026-02-28', kind: 'workday', name: '春节调休上班' })
    const days = [...calendar.days, { day: '2026-03-17', kind: 'holiday', name: '本地假日' }]
    expect(await put('/calendar', { days }, 1)).toMatchObject({ status: 200, body: { version: 2 } })
    expect((await get(id)).dueAt).toBe('2026-03-16T01:15:00.000Z')
    // From Monday 9:00 over the holiday to Wednesday 9:00.
    expect(await done(id, { action: 'accept' })).toMatchObject({ dueAt: '2026-03-18T01:00:00.000Z' })
    const odd = [{ subject: 'state', key: 'toString', zh: '办结', en: 'Done' }]
    expect(await put('/workflow/labels', { labels: odd }, 1)).toMatchObject({ status: 422 })
    const labels = [{ subject: 'state', key: 'closed', zh: '办结', en: 'Done' }]
    expect(await put('/workflow/labels', { labels }, 1)).toMatchObject({ status: 200 })
    expect((await as()('GET', '/workflow')).body.states).toContainEqual(
      expect.objectContaining({ state: 'closed', zh: '办结', ended: true }),
    )
    const kinds = await context.database
      .sql`SELECT DISTINCT kind FROM event WHERE kind IN ('case', 'calendar') ORDER BY kind`
    expect(kinds.map(({ kind }) => kind)).toEqual(['calendar', 'case'])
  })

  test('an import brings the state it has, and cannot move on a case that is here', async () => {
    // An import is of now.
    clock.now = Date.now() + MINUTE
    const hazard = (id: string, properties: object) =>
      feature(
        {
          sourceId: id,
          title: '导入',
          categoryCode: '06036',
          reportedAt: '2026-03-01T00:00:00Z',
          ...properties,
        },
        { type: 'Point', coordinates: [120.5, 31.5] },
      )
    const upload = (...features: object[]) => post(context, collection(...features), { layer: 'hazards' })
    const handling = { state: 'handling', dueAt: '2026-03-20T00:00:00Z' }
    expect(await upload(hazard('x:1', handling), hazard('x:2', { state: 'closed' }))).toMatchObject({
      status: 201,
    })
    const cases = (await as()('GET', '/cases?source=import&sort=-reportedAt')).body.cases
    expect(cases.map(({ state }: { state: string }) => state).sort()).toEqual(['closed', 'handling'])
    const open = cases.find(({ state }: { state: string }) => state === 'handling')
    const whole = await get(open.id)
    expect(whole.entries).toMatchObject([{ kind: 'imported', fromState: null, toState: 'handling' }])
    expect(whole.clocks).toMatchObject([
      { clock: 'handle', limitKind: 'given', dueAt: '2026-03-20T00:00:00.000Z' },
    ])
    const moved = await upload(
      hazard('x:1', { ...handling, state: 'closed' }),
      hazard('x:2', { state: 'closed', title: '改名' }),
    )
    expect(moved.json).toMatchObject({ layers: { hazards: { updated: 1, rejected: 1 } } })
    expect(JSON.stringify(moved.json)).toContain('/api/v1/cases/{id}/actions')
    expect(await done(open.id, { action: 'finish' })).toMatchObject({ state: 'handled' })
    expect((await upload(hazard('x:1', handling))).json).toMatchObject({
      layers: { hazards: { updated: 0, rejected: 0 } },
    })
    expect(await get(open.id)).toMatchObject({ state: 'handled' })
  })

  test('what comes without a deadline gets that of its state, and a file that comes again takes it from nobody', async () => {
    clock.now = Date.now() + MINUTE
    const { sql } = context.database
    const hazard = (id: string, properties: object) =>
      feature(
        {
          sourceId: id,
          title: '无期限',
          categoryCode: '06036',
          reportedAt: '2026-03-01T00:00:00Z',
          ...properties,
        },
        { type: 'Point', coordinates: [120.5, 31.5] },
      )
    const upload = (...features: object[]) => post(context, collection(...features), { layer: 'hazards' })
    const file = [hazard('y:1', { state: 'pending_verify' }), hazard('y:2', { state: 'closed' })]
    expect((await upload(...file)).json).toMatchObject({ layers: { hazards: { created: 2 } } })
    const isOpen = '/cases?clock=none&open=true'
    expect((await as()('GET', isOpen)).body.cases).toEqual([])
    const [row] = await sql<{ id: number }[]>`SELECT id FROM hazard WHERE source_id = 'y:1'`
    const whole = await get(row!.id)
    expect(whole.clocks).toMatchObject([{ clock: 'verify', limitAmount: expect.any(Number) }])
    expect(whole.entries).toMatchObject([{ kind: 'imported', dueAt: whole.dueAt }])
    expect((await upload(...file)).json).toMatchObject({ layers: { hazards: { unchanged: 2 } } })
    const renamed = hazard('y:1', { state: 'pending_verify', title: '改名' })
    expect((await upload(renamed)).json).toMatchObject({ layers: { hazards: { updated: 1, rejected: 0 } } })
    expect(await get(row!.id)).toMatchObject({ title: '改名', dueAt: whole.dueAt })
    // As hazards are that were here before there were cases.
    await sql.begin(async (tx) => {
      await bringHistories(tx)
      const [{ id }] = await tx<[{ id: number }]>`
        INSERT INTO hazard (title, category_standard, category_kind, category_code, severity, state, reported_at, source_id, geom)
        SELECT title, category_standard, category_kind, category_code, severity, 'reported', reported_at, 'y:3', geom
        FROM hazard WHERE id = ${row!.id} RETURNING id`
      await tx`
        INSERT INTO case_entry (hazard_id, seq, at, kind, to_state, actor)
        VALUES (${id}, 1, ${new Date(START)}, 'imported', 'reported', 'x')`
      await tx`
        INSERT INTO hazard_case (hazard_id, entries, state_since, last_at, source)
        VALUES (${id}, 1, ${new Date(START)}, ${new Date(START)}, 'import')`
    })
    const [old] = (await as()('GET', isOpen)).body.cases
    await sweep(clock.now)
    expect((await as()('GET', isOpen)).body.cases).toEqual([])
    expect((await get(old.id)).entries).toMatchObject([
      { kind: 'imported' },
      { kind: 'deadline', actor: 'gridward' },
    ])
  })

  test('a photo that a history tells of stays, and none of another hazard can be told of', async () => {
    clock.now = START
    const { sql } = context.database
    const [{ id }, other] = [await begin(), await begin()]
    const photos = [randomUUID(), randomUUID()]
    for (const [index, photo] of photos.entries())
      await sql`INSERT INTO photo (id, layer, feature_id, author, width, height, bytes)
        VALUES (${photo}, 'hazards', ${index === 0 ? id : other.id}, 'test', 4, 3, 2)`
    const foreign = await act(id, { action: 'note', note: '看照片', photos })
    expect(foreign).toMatchObject({ status: 422, body: { detail: expect.stringContaining(photos[1]!) } })
    const told = await done(id, { action: 'accept', photos: [photos[0]] })
    expect(told.entries.at(-1).photos).toEqual([photos[0]])
    expect(await as()('DELETE', `/photos/${photos[0]}`)).toMatchObject({
      status: 409,
      body: { code: 'wrong-state' },
    })
    expect(await as()('DELETE', `/photos/${photos[1]}`)).toMatchObject({ status: 204 })
  })

  test('the database knows the same clocks as the table of the workflow', async () => {
    for (const state of HAZARD_STATES) {
      const [row] = await context.database.sql<
        [{ clock: string | null }]
      >`SELECT gridward_case_clock(${state}) AS clock`
      expect([state, row.clock]).toEqual([state, CASE_STATES[state].clock])
    }
  })

  test('a history cannot be altered, and no entry put where it does not follow', async () => {
    clock.now = START
    const { id } = await begin()
    const { sql } = context.database
    const before =
      await sql`SELECT count(*)::int AS count, md5(string_agg(e::text, ',' ORDER BY hazard_id, seq)) AS sum FROM case_entry e`
    for (const statement of [
      `UPDATE case_entry SET actor = 'nobody'`,
      'DELETE FROM case_entry',
      'TRUNCATE case_entry',
      `UPDATE case_entry SET note = 'x' WHERE false`,
    ])
      await expect(sql.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' })
    const insert = (seq: number, from: string | null, to: string, kind: string, at: string) =>
      sql`INSERT INTO case_entry (hazard_id, seq, at, kind, from_state, to_state, actor)
        VALUES (${id}, ${seq}, ${at}::text::timestamptz, ${kind}, ${from}, ${to}, 'x')`.then()
    const later = '2026-03-16T09:01:00+08:00'
    for (const [seq, from, to, kind, at] of [
      [3, 'reported', 'closed', 'transition', later],
      [2, 'closed', 'reopened', 'transition', later],
      [2, null, 'reported', 'transition', later],
      [2, 'reported', 'closed', 'note', later],
      [2, 'reported', 'closed', 'imported', later],
      [2, 'reported', 'pending_verify', 'transition', '2026-03-16T08:59:00+08:00'],
    ] as const)
      await expect(insert(seq, from, to, kind, at), `${seq} ${kind} ${to}`).rejects.toMatchObject({
        constraint_name: 'case_entry_follows',
      })
    expect(
      await sql`SELECT count(*)::int AS count, md5(string_agg(e::text, ',' ORDER BY hazard_id, seq)) AS sum FROM case_entry e`,
    ).toEqual(before)
  })
})

describe('the role that the guide makes', () => {
  test('moves cases on and cannot alter a history', async () => {
    const { env, remove } = await freshDatabase('postgres')
    const role = `gridward_cases_${process.pid}`
    const owner = connect(env.databaseUrl!, 1)
    try {
      const guide = await readFile(new URL('../../.github/SECURITY.md', import.meta.url), 'utf8')
      const [, statements] = /```sql\n([\s\S]*?)```/.exec(guide)!
      await owner.unsafe(statements!.replaceAll('gridward_app', role))
      await owner.unsafe(`ALTER ROLE ${role} PASSWORD 'for this test'`)
      const url = Object.assign(new URL(env.databaseUrl!), { username: role, password: 'for this test' }).href
      const database = await openDatabase({ ...env, databaseUrl: url }, 'server')
      const outbox = await startOutbox(database)
      try {
        const app = createApp({ database, outbox, env, photos: openPhotoStore(env) }, askedBy(ADMINISTRATOR))
        const send = (path: string, body: object, headers = {}) =>
          app.request(`/api/v1${path}`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...headers },
            body: JSON.stringify(body),
          })
        const begun = await send('/cases', caseReport())
        expect(begun.status).toBe(201)
        const { id } = (await begun.json()) as { id: number }
        expect((await send(`/cases/${id}/actions`, { action: 'accept' }, { 'if-match': '"1"' })).status).toBe(
          200,
        )
        for (const statement of [
          `UPDATE case_entry SET actor = 'nobody'`,
          'DELETE FROM case_entry',
          'TRUNCATE case_entry',
          'DROP TABLE case_entry',
          'ALTER TABLE case_entry DISABLE TRIGGER ALL',
          'ALTER TABLE hazard DISABLE TRIGGER follows_history',
        ])
          await expect(database.sql.unsafe(statement), statement).rejects.toMatchObject({ code: '42501' })
      } finally {
        outbox.close()
        await database.close()
      }
    } finally {
      await owner.unsafe(`DROP OWNED BY ${role}; DROP ROLE ${role}`).catch(() => {})
      await owner.end()
      await remove()
    }
  })
})
