import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { recordAudit } from '../../server/audit/record-audit.store.ts'
import { lastEventId } from '../../server/live/events.store.ts'
import { ADDRESS, AED, audited } from '../support/audited.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { spot } from '../support/small-hierarchy.ts'
import { tinyJpeg } from '../support/tiny-jpeg.ts'
import { supervisor } from '../support/writer.ts'

onBothDatabases('the audit trail', (context) => {
  const { ask, entriesOf } = audited(context)

  describe('tells of', () => {
    const version = (number: number) => ({ 'if-match': `"${number}"` })
    const feature = (properties: object, east = 5) => ({
      type: 'Feature',
      geometry: spot(east, 5),
      properties,
    })
    /** One event by the person from their address, of a kind, with these parts of before, after and detail. */
    function told(
      { status, events }: Awaited<ReturnType<typeof ask>>,
      kind: string,
      { before = null, after = null, detail = null, layer = null }: Record<string, unknown>,
    ) {
      expect(status, JSON.stringify(events)).toBeLessThan(300)
      expect(events).toHaveLength(1)
      expect(events[0]).toMatchObject({
        kind,
        layer,
        actor: 'weiduan',
        person_id: 7,
        origin_address: ADDRESS,
        before,
        after,
        detail,
      })
    }
    const layer = 'facilities'

    test('features that are made, changed and deleted', async () => {
      const made = await ask('POST', '/facilities', { body: feature({ ...AED, name: '一号' }) })
      const [old, moved] = [
        { geometry: spot(5, 5), properties: { name: '一号', kind: 'aed' } },
        { geometry: spot(6, 5), properties: { name: '二号', kind: 'aed' } },
      ]
      told(made, 'put', { layer, after: old })
      const path = `/facilities/${made.body.id}`
      const changed = await ask('PUT', path, {
        body: feature({ ...AED, name: '二号' }, 6),
        headers: version(1),
      })
      told(changed, 'put', { layer, before: old, after: moved })
      const deleted = await ask('DELETE', path, { headers: version(2) })
      told(deleted, 'delete', { layer, before: moved })
      const put = { layer, id: made.body.id, version: 3, geometry: spot(6, 5), properties: AED }
      const restored = await ask('POST', '/changes', { body: { id: randomUUID(), puts: [put], deletes: [] } })
      told(restored, 'put', { layer, after: { geometry: spot(6, 5) } })
    })

    test('cells and buildings that followed, with the code they had and have', async () => {
      const square = (size: number) => ({
        type: 'MultiPolygon',
        coordinates: [
          [
            [
              [0, 300],
              [size, 300],
              [size, 310],
              [0, 310],
              [0, 300],
            ].map(([east, north]) => spot(east!, north!).coordinates),
          ],
        ],
      })
      const put = (id: number, of: string, properties: object, version: number | null = null) => ({
        layer: of,
        id,
        version,
        geometry: square(10),
        properties,
      })
      const made = await ask('POST', '/changes', {
        body: {
          id: randomUUID(),
          puts: [
            put(-1, 'communities', { name: '甲', code: '990101001001' }),
            put(-2, 'grids', { name: '一' }),
            put(-3, 'micro-grids', { name: '一之一' }),
          ],
          deletes: [],
        },
      })
      expect(made, JSON.stringify(made.body)).toMatchObject({ status: 200 })
      const { ids } = made.body
      const recoded = await ask('POST', '/changes', {
        body: {
          id: randomUUID(),
          puts: [put(ids['-2'], 'grids', { name: '一', code: '990101001001009' }, 1)],
          deletes: [],
        },
      })
      expect(recoded, JSON.stringify(recoded.body)).toMatchObject({ status: 200 })
      const followed = recoded.events.find(({ layer }) => layer === 'micro-grids')
      expect(followed).toMatchObject({
        actor: 'weiduan',
        origin_address: ADDRESS,
        before: { properties: { code: '99010100100100101' } },
        after: { properties: { code: '99010100100100901' } },
      })
    })

    test('notes and photos', async () => {
      const { body: of } = await ask('POST', '/facilities', { body: feature(AED) })
      const made = await ask('POST', '/notes', { body: { layer, feature: of.id, text: '原文' } })
      told(made, 'note', { layer, after: { note: { text: '原文' } } })
      const path = `/notes/${made.body.id}`
      const changed = await ask('PATCH', path, { body: { text: '改写' }, headers: version(1) })
      told(changed, 'note', { layer, before: { note: { text: '原文' } }, after: { note: { text: '改写' } } })
      const deleted = await ask('DELETE', path, { headers: version(2) })
      told(deleted, 'note', { layer, before: { note: { text: '改写' } } })
      const restored = await ask('POST', `${path}/restore`, { headers: version(2) })
      told(restored, 'note', { layer, after: { note: { text: '改写' } } })
      const photo = await ask('POST', `/photos?layer=facilities&feature=${of.id}`, {
        body: await tinyJpeg(),
        headers: { 'content-type': 'image/jpeg' },
      })
      told(photo, 'note', { layer, after: { photo: { width: 8 } } })
      const gone = await ask('DELETE', `/photos/${photo.body.id}`)
      told(gone, 'note', { layer, before: { photo: { width: 8 } } })
    })

    test('views and settings', async () => {
      const view = (name: string) => ({ name, query: '?w=hazards', workspace: 'hazards' })
      const made = await ask('POST', '/views', { body: view('隐患') })
      told(made, 'view', { after: { name: '隐患', createdBy: 'weiduan' } })
      const path = `/views/${made.body.id}`
      const renamed = await ask('PUT', path, { body: view('隐患二'), headers: version(1) })
      told(renamed, 'view', { before: { name: '隐患', version: 1 }, after: { name: '隐患二', version: 2 } })
      told(await ask('DELETE', path, { headers: version(2) }), 'view', { before: { name: '隐患二' } })
      const { headers } = await ask('GET', '/settings')
      const patch = { body: { areaName: '柳堤街道' }, headers: { 'if-match': headers.get('etag')! } }
      const set = await ask('PATCH', '/settings', patch)
      expect(set.events[0]!.after).toEqual({ areaName: '柳堤街道' })
      told(set, 'setting', { before: { areaName: null }, after: { areaName: '柳堤街道' } })
      const same = { body: { areaName: '柳堤街道' }, headers: { 'if-match': set.headers.get('etag')! } }
      expect((await ask('PATCH', '/settings', same)).events).toEqual([])
    })

    test('imports, with the file and every row that they changed', async () => {
      const send = (name: string) => {
        const form = new FormData()
        const one = { ...feature({ ...AED, name }), id: 'a1' }
        form.append('layer', layer)
        form.append(
          'file',
          new Blob([JSON.stringify({ type: 'FeatureCollection', features: [one] })]),
          '点位.geojson',
        )
        return ask('POST', '/imports', { body: form })
      }
      const first = await send('旧名')
      const file = { fileName: '点位.geojson', fileSha256: expect.stringMatching(/^[0-9a-f]{64}$/) }
      told(first, 'import', { layer, detail: { ...file, created: 1, updated: 0 } })
      const second = await send('新名')
      expect(second.events).toMatchObject([
        {
          kind: 'put',
          actor: 'weiduan',
          before: { properties: { name: '旧名' } },
          after: { properties: { name: '新名' } },
        },
        { kind: 'import', origin_address: ADDRESS, detail: { ...file, created: 0, updated: 1 } },
      ])
    })

    test('exports, with the filter and how many rows went out', async () => {
      const done = await ask('GET', '/exports/facilities?kind=aed')
      const rows = done.body.features.length
      expect(rows).toBeGreaterThan(1)
      told(done, 'export', {
        layer,
        detail: { format: 'geojson', filter: { kind: ['aed'] }, rows, outcome: 'complete' },
      })
    })

    test('an export that its reader gave up', async () => {
      const app = await context.appFor(supervisor('everywhere', { name: 'hurried' }))
      const response = await app.request('/api/v1/exports/facilities')
      const reader = response.body!.getReader()
      await reader.read()
      await reader.cancel()
      await expect
        .poll(async () => (await entriesOf('actor=hurried')).entries)
        .toMatchObject([{ kind: 'export', detail: { outcome: 'given-up' } }])
    })

    test('people, and those who were not let in; never a secret', async () => {
      const password = 'correct-horse-7f3a'
      const someone = { username: 'liuqing', name: '柳青', role: 'viewer', everywhere: true, password }
      const made = await ask('POST', '/people', { body: someone })
      told(made, 'person', { after: { username: 'liuqing', role: 'viewer' } })
      const refused = await ask('POST', '/session', {
        body: { username: 'liuqing', password: 'wrong-horse-9b1c' },
      })
      expect(refused).toMatchObject({
        status: 401,
        events: [{ kind: 'sign-in-refused', actor: 'liuqing', origin_address: ADDRESS }],
      })
      const let_in = await ask('POST', '/session', { body: { username: 'liuqing', password } })
      expect(let_in.events).toMatchObject([{ kind: 'sign-in', actor: 'liuqing' }])
      const [secrets] = await context.database.sql`
        SELECT count(*) FROM event e WHERE e::text ~ 'horse' OR e::text ~ (SELECT password FROM account LIMIT 1)`.catch(
        () => context.database.sql`SELECT count(*) FROM event e WHERE e::text ~ 'horse'`,
      )
      expect(secrets!.count).toBe(0)
    })
  })

  test('what a text of the database cannot hold is kept without it', async () => {
    await recordAudit(context.database.sql, { name: 'odd' }, { kind: 'view', detail: { q: 'a\0b\ud800c' } })
    expect((await entriesOf('actor=odd')).entries[0].detail).toEqual({ q: 'ab\ufffdc' })
  })

  test('entries of no feature disturb neither live updates nor histories nor the time of the data', async () => {
    const { sql } = context.database
    const seen = async () => {
      const { dataTime, eventId } = (await ask('GET', '/workspace')).body
      return { last: await lastEventId(sql), dataTime, eventId, history: (await ask('GET', '/history')).body }
    }
    const before = await seen()
    await recordAudit(sql, { name: 'quiet' }, { kind: 'sign-out' })
    const [newest] = await sql`SELECT max(id) AS id FROM event`
    expect(newest!.id).toBeGreaterThan(before.last)
    expect(await seen()).toEqual(before)
  })

  describe('only grows', () => {
    const STATEMENTS = [
      `UPDATE event SET actor = 'nobody'`,
      `UPDATE event SET actor = 'nobody' WHERE false`,
      'DELETE FROM event',
      'DELETE FROM event WHERE false',
      'TRUNCATE event',
      'TRUNCATE import_batch, event CASCADE',
      'WITH gone AS (DELETE FROM event RETURNING id) SELECT count(*) FROM gone',
      `INSERT INTO event (id, kind, actor) OVERRIDING SYSTEM VALUE SELECT id, 'view', 'x' FROM event LIMIT 1
         ON CONFLICT (id) DO UPDATE SET actor = 'nobody'`,
      `MERGE INTO event USING (SELECT 1) one ON true WHEN MATCHED THEN DELETE`,
    ]
    const REFUSED = { code: '42501' }
    const whole = async () =>
      (
        await context.database
          .sql`SELECT count(*), md5(string_agg(e::text, ',' ORDER BY id)) AS sum FROM event e`
      )[0]

    test.each(STATEMENTS)('for a superuser too: %s', async (statement) => {
      const before = await whole()
      await expect(context.database.sql.unsafe(statement)).rejects.toMatchObject(REFUSED)
      const replica = context.database.sql.begin(async (tx) => {
        await tx`SET LOCAL session_replication_role = replica`
        await tx.unsafe(statement)
      })
      await expect(replica).rejects.toMatchObject(REFUSED)
      expect(await whole()).toEqual(before)
    })

    test('where a statement comes by way of another table', async () => {
      const { sql } = context.database
      const before = await whole()
      for (const statement of [`UPDATE parent SET actor = 'nobody'`, 'DELETE FROM parent']) {
        const inherited = sql.begin(async (tx) => {
          await tx`CREATE TABLE parent (LIKE event)`
          await tx`ALTER TABLE event INHERIT parent`
          await tx.unsafe(statement)
        })
        await expect(inherited).rejects.toMatchObject(REFUSED)
      }
      expect(await whole()).toEqual(before)
    })

    test('for the role that owns the table, which cannot even try', async () => {
      const { sql } = context.database
      const role = `owner_${randomUUID().slice(0, 8)}`
      for (const statement of STATEMENTS) {
        const tried = sql.begin(async (tx) => {
          await tx.unsafe(`CREATE ROLE ${role}`)
          await tx.unsafe(`ALTER TABLE event OWNER TO ${role}`)
          await tx.unsafe(`GRANT ALL ON import_batch TO ${role}`)
          await tx.unsafe(`SET LOCAL ROLE ${role}`)
          await tx.unsafe(statement)
        })
        await expect(tried, statement).rejects.toMatchObject({
          ...REFUSED,
          message: 'permission denied for table event',
        })
      }
    })
  })
})
