import { beforeAll, describe, expect, test } from 'vitest'
import { recordAudit } from '../../server/audit/record-audit.store.ts'
import { ADDRESS, AED, audited, PERSON } from '../support/audited.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { parseCsv } from '../support/parse-csv.ts'
import { spot } from '../support/small-hierarchy.ts'
import { cells, supervisor } from '../support/writer.ts'

onBothDatabases('the audit trail', (context) => {
  const { ask, entriesOf } = audited(context)
  beforeAll(async () => {
    const aed = (east: number) => ({ body: { geometry: spot(east, 5), properties: AED } })
    for (let east = 1; east <= 5; east += 1) {
      const { body } = await ask('POST', '/facilities', aed(east))
      const moved = { ...aed(east + 10), headers: { 'if-match': '"1"' } }
      expect(await ask('PUT', `/facilities/${body.id}`, moved)).toMatchObject({ status: 200 })
    }
    const gaveUp = { kind: 'export', layer: 'facilities', detail: { outcome: 'given-up' } } as const
    await recordAudit(context.database.sql, { name: 'hurried' }, gaveUp)
  })

  describe('is searched', () => {
    const MANY = 20_500
    beforeAll(async () => {
      const { sql } = context.database
      await recordAudit(
        sql,
        { name: 'token:qgis', from: '198.51.100.7' },
        { kind: 'export', layer: 'roads', detail: { rows: 1 } },
      )
      await recordAudit(
        sql,
        { name: 'searcher' },
        { kind: 'view', before: { name: '100%_原' }, after: { name: 'Needle' } },
      )
      await sql`INSERT INTO event (kind, actor, at, detail) SELECT 'sign-in', 'busy', '2026-01-02T03:04:05Z', '{"how": "password"}'
        FROM generate_series(1, ${MANY})`
    })
    const ids = ({ entries }: { entries: { id: number }[] }) => entries.map(({ id }) => id)

    test('by who, what, where and when', async () => {
      const actors = async (query: string) => [
        ...new Set((await entriesOf(query)).entries.map(({ actor }: { actor: string }) => actor)),
      ]
      expect(await actors('actor=searcher')).toEqual(['searcher'])
      expect(await actors('actor=QGIS')).toEqual(['token:qgis'])
      expect(await actors('actor=%25')).toEqual([])
      expect(await actors('actor=nobody-at-all')).toEqual([])
      expect(await actors('kind=export&layer=roads')).toEqual(['token:qgis'])
      expect(await actors('from=2026-01-02T03:04:05Z&to=2026-01-02T03:04:06Z')).toEqual(['busy'])
      expect(await actors('from=2026-01-02T03:04:06Z&to=2026-01-02T04:00:00Z')).toEqual([])
      const { entries } = await entriesOf('kind=put&layer=facilities&limit=1')
      const { featureId } = entries[0]
      const of = await entriesOf(`layer=facilities&feature=${featureId}`)
      expect(of.entries.every((entry: typeof of) => entry.featureId === featureId)).toBe(true)
      expect(of.entries[0]).toMatchObject({
        from: ADDRESS,
        personId: 7,
        after: { properties: { kind: 'aed' } },
      })
      expect(of.entries[0].at).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
    })

    test('by a text, also one that stands further back than is looked through at once', async () => {
      async function all(query: string) {
        const found: { id: number; actor: string }[] = []
        let cursor = ''
        for (let pages = 0; pages < 20; pages++) {
          const page = await entriesOf(`${query}&limit=50${cursor}`)
          found.push(...page.entries)
          if (page.next === null) return { found, pages }
          cursor = `&cursor=${page.next}`
        }
        throw new Error('The pages have no end.')
      }
      const { found, pages } = await all('q=needle')
      expect(found.map(({ actor }) => actor)).toEqual(['searcher'])
      expect(pages).toBeGreaterThan(0)
      expect((await all(`q=${encodeURIComponent('100%_原')}`)).found).toHaveLength(1)
      // a character that stands for any other, and the name of a member
      expect((await all(`q=${encodeURIComponent('1_0%')}`)).found).toEqual([])
      expect((await all('q=outcome&actor=hurried')).found).toEqual([])
      expect((await all('q=198.51.100')).found.map(({ actor }) => actor)).toEqual(['token:qgis'])
    })

    test('page by page, each once, newest first, also while more is written', async () => {
      const expected = (
        await context.database.sql`
        SELECT id FROM event WHERE kind = 'put' ORDER BY id DESC`
      ).map((row) => row.id)
      const found: number[] = []
      let cursor = ''
      do {
        const page = await entriesOf(`kind=put&limit=2${cursor}`)
        expect(page.entries.length).toBeGreaterThan(0)
        found.push(...ids(page))
        await ask('POST', '/facilities', { body: { geometry: spot(5, 5), properties: AED } })
        cursor = page.next === null ? '' : `&cursor=${page.next}`
      } while (cursor)
      expect(found).toEqual(expected)
    })

    test('a page ends where what it tells gets heavy, and the next one goes on', async () => {
      const { sql } = context.database
      await sql`INSERT INTO event (kind, actor, after) SELECT 'view', 'heavy',
        jsonb_build_object('noise', (SELECT string_agg(md5((n * i)::text), '') FROM generate_series(1, 30000) i))
        FROM generate_series(1, 5) n`
      const first = await entriesOf('actor=heavy')
      expect(first.entries.length).toBeGreaterThan(0)
      expect(first.entries.length).toBeLessThan(5)
      let { next } = first
      const found = ids(first)
      while (next !== null) {
        const page = await entriesOf(`actor=heavy&cursor=${next}`)
        found.push(...ids(page))
        next = page.next
      }
      expect(new Set(found).size).toBe(5)
      expect(found).toHaveLength(5)
    })

    test('and what is asked wrongly is refused', async () => {
      for (const query of [
        'kind=none',
        'feature=1',
        'from=yesterday',
        'limit=0',
        'limit=501',
        'q=',
        'cursor=x',
        'who=me',
      ])
        expect((await ask('GET', `/audit?${query}`)).status, query).toBe(400)
      expect((await ask('GET', '/audit?q=%00%00a%ED')).status).toBeLessThan(500)
    })
  })

  describe('is exported', () => {
    const HOSTILE = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', 'a,"b"\r\n"c', '中文 👍', 'plain']
    beforeAll(async () => {
      const { sql } = context.database
      for (const name of HOSTILE)
        await recordAudit(sql, { name: `${name} csv` }, { kind: 'view', after: { name } })
    })

    test('as CSV that a strict reader reads, without formulas', async () => {
      const query = 'kind=view&actor=csv'
      const { body, headers, status } = await ask('GET', `/audit.csv?${query}`)
      expect(status).toBe(200)
      expect(headers.get('content-type')).toMatch(/^text\/csv; charset=utf-8/)
      expect(headers.get('content-disposition')).toBe('attachment; filename="gridward-audit.csv"')
      expect(body.startsWith('id,')).toBe(true)
      const [heading, ...lines] = parseCsv(body)
      const { entries } = await entriesOf(query)
      const at = (name: string) => heading!.indexOf(name)
      expect(lines.map((line) => Number(line[at('id')]))).toEqual(entries.map(({ id }: { id: number }) => id))
      expect(lines.map((line) => JSON.parse(line[at('after')]!))).toEqual(
        entries.map(({ after }: { after: object }) => after),
      )
      expect(lines.flat().filter((value) => /^[=+\-@\t\r]/.test(value))).toEqual([])
      expect(lines.map((line) => line[at('name')]).reverse()).toEqual(
        HOSTILE.map((name) => (/^[=+\-@\t\r]/.test(name) ? `'${name}` : name)),
      )
    })

    test('in UTF-8 with the mark by which Excel knows it', async () => {
      const app = await context.appFor(PERSON)
      const response = await app.request('/api/v1/audit.csv?actor=csv')
      const bytes = new Uint8Array(await response.arrayBuffer())
      expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    })

    test('over many pages, each entry once, with shapes only as a word; and the export is written down', async () => {
      const [row] = await context.database.sql`SELECT count(*) FROM event`
      const { body, events } = await ask('GET', '/audit.csv')
      const [heading, ...lines] = parseCsv(body)
      expect(lines.length).toBe(row!.count)
      expect(new Set(lines.map((line) => line[0])).size).toBe(lines.length)
      expect(body).not.toContain('coordinates')
      const changed = lines.filter((line) => line[heading!.indexOf('shape_changed')] === 'true')
      expect(changed.length).toBeGreaterThan(0)
      expect(events).toMatchObject([
        {
          kind: 'export',
          actor: 'weiduan',
          detail: { what: 'audit', format: 'csv', rows: lines.length, outcome: 'complete' },
        },
      ])
    })
  })

  test('is read by those alone who may, and whose area is everywhere', async () => {
    const scoped = supervisor([cells({ communities: [1] })])
    for (const path of ['/audit', '/audit.csv']) {
      for (const role of [
        'supervisor',
        'coordinator',
        'planner',
        'officer',
        'department',
        'viewer',
        'kiosk',
      ] as const) {
        const answer = await ask('GET', path, { who: supervisor('everywhere', { role }) })
        expect(answer, role).toMatchObject({ status: 403, body: { code: 'not-permitted' }, events: [] })
      }
      const answer = await ask('GET', path, { who: scoped })
      expect(answer).toMatchObject({ status: 403, body: { code: 'outside-area' }, events: [] })
    }
  })
})
