import { beforeAll, expect, test } from 'vitest'
import { spanOfMonths } from '../../geodata/figures/china-months.ts'
import type { IndicatorValues } from '../../geodata/figures/indicator.schema.ts'
import { INDICATOR_IDS, type IndicatorId } from '../../geodata/figures/indicators.ts'
import { isOfCases } from '../../geodata/figures/scheme.schema.ts'
import type { CaseRules } from '../../geodata/hazards/limits.ts'
import { readRules } from '../../server/cases/rules.store.ts'
import { removeDemoCases } from '../../server/demo/seed-cases.store.ts'
import { askPlainly } from '../support/ask-plainly.ts'
import { callApi } from '../support/call-api.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { play, playAtRandom, storeCases } from '../support/play-cases.ts'
import { smallHierarchy } from '../support/small-hierarchy.ts'
import { storePatrols } from '../support/store-patrols.ts'
import { cells, clientOf, supervisor } from '../support/writer.ts'

const CLUTTER = { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '06036' }
const FIRE = { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '09012' }
const MONTHS = ['2026-04', '2026-05', '2026-06']
const SEEDS = Number(process.env.GRIDWARD_TEST_CASES ?? 400)
const DAY = 86_400_000
const BEGIN = Date.parse('2026-03-20T00:00:00+08:00')

onBothDatabases('indicators', (context) => {
  const call = callApi(context)
  const get = async (path: string) => (await call('GET', path)).body
  let place: Awaited<ReturnType<typeof smallHierarchy>>
  let rules: CaseRules
  const west = () => ({ community: place.community, grid: place.west, microGrid: place.southWest })
  const east = () => ({ community: place.community, grid: place.east, microGrid: place.southEast })
  const nowhere = { community: null, grid: null, microGrid: null }
  const query = ({ from, to }: { from: string; to: string }, more = '') =>
    `from=${encodeURIComponent(from)}&to=${encodeURIComponent(to)}${more}`
  const values = async (span: { from: string; to: string }, more = ''): Promise<IndicatorValues> =>
    get(`/indicators/values?${query(span, more)}`)
  const figureOf = (of: IndicatorValues, id: IndicatorId) => {
    const { numerator, denominator } = of.indicators.find((one) => one.id === id)!
    return [numerator, denominator]
  }

  beforeAll(async () => {
    place = await smallHierarchy(context, '990101001001')
    rules = await readRules(context.database.sql)
    const cases = Array.from({ length: SEEDS }, (_, seed) =>
      playAtRandom(
        {
          title: `案 ${seed}`,
          category: seed % 3 === 0 ? FIRE : CLUTTER,
          severity: (['low', 'medium', 'high', 'critical'] as const)[seed % 4]!,
          cells: [west(), east(), nowhere][seed % 5 === 0 ? 2 : seed % 2]!,
        },
        BEGIN + (seed / SEEDS) * 100 * DAY,
        seed,
        rules,
      ),
    )
    await storeCases(context.database.sql, cases)
    await storePatrols(context.database.sql, [west(), east(), nowhere], { begins: BEGIN, days: 104, seed: 5 })
  })

  test('three months equal plain SQL over the history, whatever happened since', async () => {
    const seen = new Set<string>()
    for (const month of MONTHS) {
      const span = spanOfMonths(month)
      const answer = await values(span)
      for (const id of INDICATOR_IDS) {
        const plain = await askPlainly(context.database.sql, id, span)
        expect(figureOf(answer, id), `${month} ${id}`).toEqual(plain)
        if (plain[0]! > 0 && plain[0]! < plain[1]!) seen.add(id)
      }
    }
    // None of them is nothing or all throughout, which a wrong formula could give by chance.
    expect([...seen].sort()).toEqual([...INDICATOR_IDS].sort())
  })

  test('as long as nobody recorded any visit, coverage is unknown, not nought', async () => {
    const coverage = async (hours: number) => {
      const [from, to] = [BEGIN, BEGIN + hours * 3_600_000].map((at) => new Date(at).toISOString())
      return figureOf(await values({ from: from!, to: to! }), 'patrol-coverage')
    }
    expect(await coverage(1)).toEqual([0, 0])
    expect((await coverage(3))[1]).toBe(1)
  })

  test('what happens after a month does not change it, and a deleted hazard was there', async () => {
    const may = spanOfMonths('2026-05')
    const before = await values(may)
    const { sql } = context.database
    await storeCases(sql, [
      playAtRandom(
        { title: '六月', category: CLUTTER, severity: 'high', cells: west() },
        Date.parse('2026-06-01T00:00:00+08:00'),
        7,
        rules,
      ),
    ])
    const [counted] = await sql<{ id: number }[]>`
      SELECT t.id FROM hazard t JOIN case_entry e ON e.hazard_id = t.id
      WHERE e.action = 'report' AND e.at >= ${may.from} AND e.at < ${may.to} AND t.grid_id = ${place.west} LIMIT 1`
    await sql`DELETE FROM hazard WHERE id = ${counted!.id}`
    expect(await values(may)).toEqual(before)
    const { rows } = await get(`/indicators/valid-reports/rows?${query(may, '&limit=500')}`)
    expect(rows.filter((row: { there: boolean }) => !row.there)).toEqual([
      expect.objectContaining({ layer: 'hazards', id: counted!.id, title: expect.stringMatching(/^案/) }),
    ])
  })

  test('the rows behind a figure are as many as it says, each once, over pages', async () => {
    const may = spanOfMonths('2026-05')
    const answer = await values(may)
    for (const id of ['handling', 'overdue-open', 'patrol-missed'] as const) {
      const [numerator, denominator] = figureOf(answer, id) as [number, number]
      for (const [part, count] of [
        ['denominator', denominator],
        ['numerator', numerator],
        ['others', denominator - numerator],
      ] as const) {
        const keys: string[] = []
        let cursor: string | null = ''
        do {
          const page: { rows: { id: number; run: number; counts: boolean }[]; next: string | null } =
            await get(
              `/indicators/${id}/rows?${query(may, `&part=${part}&limit=37${cursor && `&cursor=${cursor}`}`)}`,
            )
          keys.push(...page.rows.map((row) => `${row.id}/${row.run}`))
          if (part !== 'denominator')
            expect(page.rows.every(({ counts }) => counts === (part === 'numerator'))).toBe(true)
          cursor = page.next
        } while (cursor)
        expect(keys.length, `${id} ${part}`).toBe(count)
        expect(new Set(keys).size).toBe(count)
      }
    }
  })

  test('cells and what lies in none add up to the sums; an area counts its own alone, and nobody sees beyond theirs', async () => {
    const may = spanOfMonths('2026-05')
    const all = await values(may)
    const [inWest, inEast] = ['001', '002'].map((end) => all.cells.find(({ code }) => code.endsWith(end))!)
    for (const id of INDICATOR_IDS) {
      const parts = [inWest, inEast].map((cell) => cell?.ratios[id]).concat(all.outside[id])
      const sum = parts.reduce((total, part) => total + (part?.denominator ?? 0), 0)
      expect(sum, id).toBe(figureOf(all, id)[1])
    }
    const ofWest = await values(may, `&area=${inWest!.code}`)
    const byWest = (
      await clientOf(context, supervisor([cells({ grids: [place.west] })])).call(
        'GET',
        `/indicators/values?${query(may)}`,
      )
    ).body
    for (const answer of [ofWest, byWest]) {
      expect(answer.cells.map(({ code }: { code: string }) => code)).toEqual([inWest!.code])
      expect(figureOf(answer, 'valid-reports')[1]).toBe(inWest!.ratios['valid-reports']!.denominator)
    }
    const client = clientOf(context, supervisor([cells({ grids: [place.west] })]))
    const seen = (await client.call('GET', `/indicators/overdue-open/rows?${query(may, '&limit=500')}`)).body
    expect(new Set(seen.rows.map(({ gridCode }: { gridCode: string }) => gridCode))).toEqual(
      new Set([inWest!.code]),
    )
    expect(
      (await client.call('GET', `/indicators/values?${query(may, `&area=${inEast!.code}`)}`)).status,
    ).toBe(404)
  })

  test('a case of the last second of May in China is of May, though it is not yet June in Greenwich', async () => {
    const { sql } = context.database
    const of = { category: CLUTTER, severity: 'medium' as const, cells: east() }
    const begin = (title: string, at: string) => play({ ...of, title }, at, [], rules)
    const before = await Promise.all(['2030-05', '2030-06'].map((month) => values(spanOfMonths(month))))
    // Of a year that is still to come nothing is known, not even noughts.
    expect(before.map((answer) => figureOf(answer, 'overdue-open'))).toEqual([
      [0, 0],
      [0, 0],
    ])
    await storeCases(sql, [
      begin('五月末', '2025-05-31T23:59:59.999+08:00'),
      begin('六月初', '2025-06-01T00:00:00+08:00'),
      begin('六月中', '2025-05-31T16:00:00.001Z'),
    ])
    const [may, june] = await Promise.all(['2025-05', '2025-06'].map((month) => values(spanOfMonths(month))))
    expect([may!, june!].map((answer) => figureOf(answer, 'valid-reports'))).toEqual([
      [0, 1],
      [0, 2],
    ])
    // Nothing was dispatched: nothing to divide by is neither nought nor all.
    expect(figureOf(may!, 'handling')).toEqual([0, 0])
    expect(may!.cells[0]!.ratios.handling).toBeUndefined()
  })

  test('handled at the deadline is in time, a millisecond later is late, an extension moves it, a return in time is no failure', async () => {
    const { sql } = context.database
    const of = { category: FIRE, severity: 'medium' as const, cells: east() }
    const at = (time: string) => `2025-08-04T${time}+08:00`
    // Fire lanes: four hours from the dispatch.
    const upTo = (...more: Parameters<typeof play>[2]) =>
      play(
        { ...of, title: '时限' },
        at('08:00:00'),
        [
          { action: 'accept', at: at('08:01:00') },
          { action: 'file', at: at('08:02:00') },
          { action: 'dispatch', at: at('09:00:00'), departmentId: 1 },
          { action: 'take', at: at('09:10:00') },
          ...more,
        ],
        rules,
      )
    const handled = (time: string) =>
      upTo({ action: 'finish', at: at(time) }, { action: 'submit', at: at(time) })
    await storeCases(sql, [
      handled('13:00:00'),
      handled('13:00:00.001'),
      upTo(
        { action: 'ask-extension', at: at('12:00:00'), reason: 'r' },
        { action: 'extend', at: at('12:30:00') },
        { action: 'finish', at: at('16:59:00') },
        { action: 'submit', at: at('17:00:00') },
      ),
      upTo({ action: 'return', at: at('12:59:00'), reason: '非本部门' }),
      upTo({ action: 'return', at: at('13:01:00'), reason: '非本部门' }),
      upTo({ action: 'suspend', at: at('10:00:00'), reason: 'r', until: '2025-10-01T00:00:00+08:00' }),
      upTo(),
    ])
    const answer = await values(spanOfMonths('2025-08'))
    const figures = Object.fromEntries(INDICATOR_IDS.map((id) => [id, figureOf(answer, id)]))
    expect(figures).toMatchObject({
      handling: [3, 5],
      'handling-in-time': [2, 5],
      extended: [1, 5],
      'dispatch-accuracy': [5, 7],
      'check-in-time': [0, 3],
    })
    // At 13:00 sharp that day, the deadline itself is not yet in the time before it.
    const early = await values({ from: at('00:00:00'), to: at('13:00:00') })
    expect(figureOf(early, 'handling')).toEqual([0, 0])
  })

  test('a hazard that was deleted counts until then: what happened does, what would have fallen due does not, nor does it stand open', async () => {
    const { sql } = context.database
    const at = (day: string) => `2025-${day}T09:00:00+08:00`
    // Clutter of a low severity, dispatched on the last day of September, falls due in October.
    const begun = [
      { action: 'accept', at: at('09-30') },
      { action: 'file', at: at('09-30') },
      { action: 'dispatch', at: at('09-30'), departmentId: 1 },
    ] as const
    const of = { category: CLUTTER, severity: 'low' as const, cells: east() }
    const [, gone] = await storeCases(sql, [
      play({ ...of, title: '留下' }, at('09-30'), begun, rules),
      play({ ...of, title: '删除' }, at('09-30'), begun, rules),
    ])
    const figures = async (month: string) => {
      const answer = await values(spanOfMonths(month))
      return (['valid-reports', 'overdue-open', 'handling'] as const).map((id) => figureOf(answer, id)[1])
    }
    const months = ['2025-09', '2025-10', '2025-11'] as const
    const before = await Promise.all(months.map(figures))
    await sql.begin(async (tx) => {
      await tx`SELECT set_config('gridward.at', ${at('10-01')}, true)`
      await tx`DELETE FROM hazard WHERE id = ${gone!}`
    })
    await sql`UPDATE feature_version SET valid_to = ${at('10-01')} WHERE feature_id = ${gone!} AND ended = 'delete'`
    const [september, october, november] = before.map(([reported, open, due]) => ({ reported, open, due }))
    expect(september!.reported).toBe(2)
    expect(october!.due).toBe(2)
    expect(await Promise.all(months.map(figures))).toEqual([
      before[0],
      [october!.reported, october!.open! - 1, 1],
      [november!.reported, november!.open! - 1, november!.due],
    ])
  })

  test('a demo area that was replaced leaves histories, of which nothing counts any more', async () => {
    const { sql } = context.database
    const may = spanOfMonths('2026-05')
    const [entries] = await sql`SELECT count(*)::int AS count FROM case_entry`
    expect(figureOf(await values(may), 'valid-reports')[1]).toBeGreaterThan(0)
    await sql.begin(async (tx) => {
      await removeDemoCases(tx, 'test:')
      await tx`DELETE FROM hazard WHERE starts_with(source_id, 'test:')`
    })
    const answer = await values(may)
    const ofCases = INDICATOR_IDS.filter(isOfCases)
    expect(ofCases.flatMap((id) => figureOf(answer, id))).toEqual(ofCases.flatMap(() => [0, 0]))
    expect(await sql`SELECT count(*)::int AS count FROM case_entry`).toEqual([entries])
  })
})
