import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { addDays, dayOf } from '../../geodata/campaigns/after-visit.ts'
import { SAFETY_NORMS } from '../../geodata/campaigns/norm.schema.ts'
import { campaignClient, versionOf } from '../support/campaigns.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { twoAreas } from '../support/two-areas.ts'

const TODAY = dayOf(new Date().toISOString())
const ago = (days: number) => addDays(TODAY, -days)

onBothDatabases('registers', (context) => {
  const { all, areas, inA } = twoAreas(context)
  const { call } = all
  const { must, checklist } = campaignClient(call)
  const rows = async (table: string) =>
    (await context.database.sql.unsafe(`SELECT count(*)::int AS count FROM ${table}`))[0]!.count

  describe('premises', () => {
    const file = (building: number, more: object = {}) =>
      call('POST', '/premises', {
        building,
        kind: 'self-built',
        name: '顺达五金',
        filedOn: ago(400),
        ...more,
      })
    const act = (id: number, version: number, action: object) =>
      call('POST', `/premises/${id}/actions`, { on: TODAY, ...action }, versionOf(version))

    test('are filed, checked, closed and opened again, with a history that keeps every step', async () => {
      const { id, version } = (await file(areas.a.buildings[0]!)).body
      const nine = await checklist('premises')
      expect(nine.findings).toHaveLength(9)
      const check = {
        action: 'check',
        checklistId: nine.id,
        checklistVersion: nine.version,
        findings: [{ code: 'ebike' }, { code: 'gas', fixed: true }],
      }
      const visits = await checklist('visit')
      expect(await act(id, version, { ...check, checklistId: visits.id, findings: [] })).toMatchObject({
        status: 404,
      })
      expect(await act(id, version, check)).toMatchObject({
        status: 200,
        body: {
          state: 'checked',
          checkedOn: TODAY,
          openFindings: 1,
          overdue: false,
          nextCheckOn: addDays(TODAY, 365),
        },
      })
      expect(await act(id, version, check)).toMatchObject({ status: 412 })
      // What is told of an earlier day stands in the history, and leaves what the newest check found.
      expect(await act(id, 2, { ...check, findings: [], on: ago(1) })).toMatchObject({
        body: { checkedOn: TODAY, openFindings: 1 },
      })
      expect(await act(id, 3, { action: 'reopen', note: '错' })).toMatchObject({
        status: 409,
        body: { code: 'wrong-state' },
      })
      expect(await act(id, 3, { action: 'close' })).toMatchObject({ status: 422 })
      expect(await act(id, 3, { action: 'close', note: '房屋已拆除' })).toMatchObject({
        body: { state: 'closed', closedOn: TODAY, nextCheckOn: null },
      })
      expect(await act(id, 4, { action: 'reopen', note: '重新营业' })).toMatchObject({
        body: { state: 'checked', closedOn: null },
      })
      const { entries } = (await must(200, 'GET', `/premises/${id}`)).body
      expect(entries.map(({ action, seq }: { action: string; seq: number }) => `${seq} ${action}`)).toEqual([
        '5 reopen',
        '4 close',
        '3 check',
        '2 check',
        '1 file',
      ])
      for (const statement of ['UPDATE premises_entry SET note = NULL', 'DELETE FROM premises_entry'])
        await expect(context.database.sql.unsafe(statement)).rejects.toThrow(/only grow/)
    })

    test('one that waits for its check is overdue; days that have not come, and places elsewhere, are refused', async () => {
      const { id } = (await file(areas.a.buildings[1]!, { name: '老张面馆', kind: 'three-in-one' })).body
      const { premises, counts } = (await must(200, 'GET', '/premises?overdue=true&q=面馆')).body
      expect(premises).toMatchObject([{ id, overdue: true, nextCheckOn: addDays(ago(400), 365) }])
      expect(counts.overdue).toBeGreaterThan(0)
      expect(await act(id, 1, { action: 'close', note: 'x', on: ago(401) })).toMatchObject({ status: 422 })
      expect(await act(id, 1, { action: 'close', note: 'x', on: addDays(TODAY, 1) })).toMatchObject({
        status: 422,
      })
      const before = await rows('premises')
      expect(await file(areas.a.buildings[1]!, { filedOn: addDays(TODAY, 1) })).toMatchObject({ status: 422 })
      expect(await file(9_999_999)).toMatchObject({ status: 404 })
      expect(await file(areas.a.buildings[1]!, { owner: '某人' })).toMatchObject({ status: 422 })
      const foreign = (await file(areas.b.buildings[0]!)).body
      expect(await inA().call('GET', `/premises/${foreign.id}`)).toMatchObject({ status: 404 })
      expect((await inA().call('GET', '/premises')).body.premises).toHaveLength(2)
      expect(await rows('premises')).toBe(before + 1)
    })
  })

  describe('fire-watch groups', () => {
    const record = (more: object, by = all) =>
      by.call('POST', '/fire-watch/entries', {
        id: randomUUID(),
        holder: '联防组 1',
        kind: 'meeting',
        on: TODAY,
        ...more,
      })

    test('are those of the duties, and overdue until they met, drilled and checked each other', async () => {
      const duty = (role: string, layer: string, feature: number, holder: string) => ({
        ...{ id: null, version: null, role, layer, feature, holder },
      })
      const { buildings, facilities } = areas.a
      await must(200, 'POST', '/duties/changes', {
        puts: [
          duty('fire-watch-leader', 'buildings', buildings[0]!, '联防组 1'),
          duty('fire-watch', 'buildings', buildings[1]!, '联防组 1'),
          duty('fire-watch', 'facilities', facilities[0]!, '联防组 1'),
          { ...duty('fire-watch', 'buildings', buildings[2]!, '联防组 1'), until: '2020-01-01' },
          duty('fire-watch', 'buildings', areas.b.buildings[0]!, '联防组 2'),
        ],
      })
      const groups = async (query = '', by = all) =>
        (await by.call('GET', `/fire-watch/groups${query}`)).body.groups
      expect(await groups()).toMatchObject([
        { holder: '联防组 1', members: 3, leader: '11幢', overdue: ['meeting', 'drill', 'mutual-check'] },
        { holder: '联防组 2', members: 1, leader: null },
      ])
      const first = { id: randomUUID(), on: ago(90) }
      expect(await record(first)).toMatchObject({
        status: 201,
        body: { last: { meeting: ago(90) }, overdue: ['drill', 'mutual-check'] },
      })
      expect(await record(first)).toMatchObject({ status: 200 })
      expect(await record({ ...first, holder: '联防组 2' })).toMatchObject({ status: 409 })
      await record({ kind: 'drill', attended: 12 })
      await record({ kind: 'mutual-check', on: ago(31) })
      // By mistake: it stays in the list and no longer counts.
      const mistake = randomUUID()
      await record({ id: mistake, kind: 'mutual-check' })
      const withdraw = (by = all) => by.call('POST', `/fire-watch/entries/${mistake}/withdraw`, {})
      for (const _ of ['said', 'said twice'])
        expect(await withdraw()).toMatchObject({ status: 200, body: { overdue: ['mutual-check'] } })
      expect(await rows('fire_watch_withdrawal')).toBe(1)
      await expect(context.database.sql`DELETE FROM fire_watch_withdrawal`).rejects.toThrow(/only grow/)
      expect(await groups('?overdue=true&q=1')).toMatchObject([{ overdue: ['mutual-check'] }])
      const { members, entries } = (
        await must(200, 'GET', `/fire-watch/group?holder=${encodeURIComponent('联防组 1')}`)
      ).body
      expect(members).toMatchObject([{ leads: true, name: '11幢' }, { leads: false }, { leads: false }])
      expect(entries).toMatchObject([
        expect.objectContaining({ kind: 'mutual-check', withdrawnBy: expect.any(String) }),
        { kind: 'drill', attended: 12, withdrawnBy: null },
        { kind: 'mutual-check' },
        { kind: 'meeting' },
      ])
      // Out of reach there is no such group, and nothing is written for it.
      const before = await rows('fire_watch_entry')
      expect(await groups('', inA())).toHaveLength(1)
      expect(await record({ holder: '联防组 2' }, inA())).toMatchObject({ status: 404 })
      expect(await record({ holder: '没有' })).toMatchObject({ status: 404 })
      expect(await record({ on: addDays(TODAY, 1) })).toMatchObject({ status: 422 })
      expect(await rows('fire_watch_entry')).toBe(before)
      expect((await must(200, 'GET', '/fire-watch/groups?limit=1')).body.next).toBe('联防组 1')
      expect(await groups(`?limit=1&cursor=${encodeURIComponent('联防组 1')}`)).toMatchObject([
        { holder: '联防组 2' },
      ])
    })
  })

  describe('smoke alarms', () => {
    const alarm = (more: object = {}) => ({
      count: 4,
      installedOn: ago(100),
      batteryOn: null,
      testedOn: null,
      ...more,
    })
    const store = (building: number, version: number, more: object = {}, by = all) =>
      by.call('PUT', `/smoke-alarms/${building}`, alarm(more), versionOf(version))
    const send = async (text: string | Uint8Array, dryRun = false, type = 'text/csv') => {
      const response = await (await context.app()).request(`/api/v1/smoke-alarms/import?dryRun=${dryRun}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: text as BodyInit,
      })
      return { status: response.status, body: await response.json() }
    }

    test('the next task is the earliest of test, battery and replacement; what was never tested is due', async () => {
      const [fresh, old, empty, unknown] = areas.a.buildings as [number, number, number, number]
      expect(await store(fresh, 0)).toMatchObject({
        status: 200,
        body: { version: 1, state: 'ok', dueOn: addDays(ago(100), 180), tasks: ['test'] },
      })
      expect(await store(fresh, 0)).toMatchObject({ status: 412, body: { currentVersion: 1 } })
      expect(await store(fresh, 1, { testedOn: ago(155) })).toMatchObject({
        body: { state: 'due', dueOn: addDays(TODAY, 25) },
      })
      expect(
        await store(old, 0, { installedOn: ago(4000), testedOn: ago(1), batteryOn: ago(1) }),
      ).toMatchObject({
        body: { state: 'overdue', dueOn: addDays(ago(4000), 3650), tasks: ['replace'] },
      })
      expect(await store(empty, 0, { count: 0 })).toMatchObject({
        body: { state: 'none', dueOn: null, tasks: [] },
      })
      expect(await store(unknown, 0, { installedOn: null })).toMatchObject({
        body: { state: 'due', dueOn: null, tasks: ['test'] },
      })
      expect(await store(areas.b.buildings[0]!, 0, {}, inA())).toMatchObject({ status: 404 })
      expect(await store(fresh, 2, { testedOn: addDays(TODAY, 1) })).toMatchObject({ status: 422 })
      expect(await store(fresh, 2, { count: -1 })).toMatchObject({ status: 422 })
      const { alarms } = (await must(200, 'GET', '/smoke-alarms')).body
      expect(alarms.map(({ building }: { building: number }) => building)).toEqual([
        unknown,
        old,
        fresh,
        empty,
      ])
      const sums = (await must(200, 'GET', '/smoke-alarms/summary')).body
      expect(sums).toMatchObject({
        buildings: { overdue: 1, due: 2, ok: 0, none: 1 },
        alarms: 12,
        all: 8,
        ids: { overdue: [old] },
      })
      expect((await inA().call('GET', '/smoke-alarms/summary')).body.all).toBe(4)
    })

    test('a file is tried first; rows that cannot be used are told, the others stored, and again changes nothing', async () => {
      const codeOf = async (id: number) => (await must(200, 'GET', `/buildings/${id}`)).body.properties.code
      const [one, two] = [await codeOf(areas.b.buildings[0]!), await codeOf(areas.b.buildings[1]!)]
      const text = [
        'code,count,installed_on,tested_on,note',
        `${one},6,2024/5/1,,"一层,走廊"`,
        `${two},,,,`,
        '9999999999999999999999,1,,,',
        `${await codeOf(areas.b.buildings[2]!)},2,${addDays(TODAY, 9)},,`,
      ].join('\r\n')
      const before = await rows('smoke_alarm')
      const tried = await send(text, true)
      expect(tried).toMatchObject({
        status: 200,
        body: { dryRun: true, rows: 4, created: 1, rejectedCount: 3 },
      })
      expect(tried.body.rejected.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5])
      expect(await rows('smoke_alarm')).toBe(before)
      expect((await send(text)).body).toMatchObject({ created: 1, changed: 0 })
      expect((await send(text)).body).toMatchObject({ created: 0, changed: 0, unchanged: 1 })
      // What a file does not say stays.
      expect((await send(`code,tested_on\n${one},2026-01-02\n`)).body).toMatchObject({ changed: 1 })
      const [stored] = (await must(200, 'GET', `/smoke-alarms?building=${areas.b.buildings[0]}`)).body.alarms
      expect(stored).toMatchObject({
        count: 6,
        installedOn: '2024-05-01',
        testedOn: '2026-01-02',
        note: '一层,走廊',
        version: 2,
      })
    })

    test('a file that is none, or far too large, is refused in words', async () => {
      expect(await send(new Uint8Array([0, 1, 2, 0]))).toMatchObject({
        status: 422,
        body: { code: 'unreadable-file' },
      })
      expect(await send('count\n3')).toMatchObject({ status: 422 })
      expect(await send('code,count\n"3')).toMatchObject({ status: 422 })
      expect(await send('{}', false, 'application/json')).toMatchObject({ status: 415 })
      expect(await send('x'.repeat(5 * 1024 * 1024))).toMatchObject({ status: 413 })
    })
  })

  test('norms are replaced as one; what is overdue goes by them at once', async () => {
    const { version, norms } = (await must(200, 'GET', '/safety-norms')).body
    expect(norms.every(({ example }: { example: boolean }) => example)).toBe(true)
    const next = SAFETY_NORMS.map((code) => ({
      code,
      days:
        code === 'premises-check' ? 36_500 : norms.find((norm: { code: string }) => norm.code === code).days,
    }))
    const replace = (body: object, at: number) => call('PUT', '/safety-norms', body, versionOf(at))
    expect(await replace({ norms: next.slice(1) }, version)).toMatchObject({ status: 422 })
    const changed = await replace({ norms: next }, version)
    expect(changed.body.norms.filter(({ example }: { example: boolean }) => !example)).toMatchObject([
      { code: 'premises-check' },
    ])
    expect(await replace({ norms: next }, version)).toMatchObject({ status: 412 })
    expect((await must(200, 'GET', '/premises')).body.counts.overdue).toBe(0)
    expect(await inA().call('PUT', '/safety-norms', { norms: next }, versionOf(version + 1))).toMatchObject({
      status: 403,
    })
  })
})
