import { beforeAll, expect, test } from 'vitest'
import { spanOfMonths } from '../../geodata/figures/china-months.ts'
import {
  BAROMETER_COUNTS,
  type Barometer,
  type IndicatorRows,
  type IndicatorValues,
  type Ranking,
} from '../../geodata/figures/indicator.schema.ts'
import { SCHEMES } from '../../geodata/figures/scheme.ts'
import type { CaseAction } from '../../geodata/hazards/apply-action.ts'
import { readRules } from '../../server/cases/rules.store.ts'
import { callApi } from '../support/call-api.ts'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { parseCsv } from '../support/parse-csv.ts'
import { play, storeCases } from '../support/play-cases.ts'
import { smallHierarchy } from '../support/small-hierarchy.ts'
import { clientOf, supervisor } from '../support/writer.ts'

const FIRE = { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '09012' }
const CLUTTER = { standard: 'GB/T 47678.5-2026', kind: 'matter', code: '06036' }
const LETTING = { standard: 'local', kind: 'local', code: 'L0002' }
const MAY = spanOfMonths('2026-05')
const QUERY = `from=${encodeURIComponent(MAY.from)}&to=${encodeURIComponent(MAY.to)}`

/** Of a day of May, a Monday to Friday. */
const at = (day: number, time: string) => `2026-05-${String(day).padStart(2, '0')}T${time}:00+08:00`
const filed = (day: number): CaseAction[] => [
  { action: 'accept', at: at(day, '08:01') },
  { action: 'file', at: at(day, '08:02') },
  { action: 'dispatch', at: at(day, '08:03'), departmentId: 1 },
  { action: 'take', at: at(day, '08:04') },
]
const submitted = (day: number, time: string): CaseAction[] => [
  { action: 'finish', at: at(day, time) },
  { action: 'submit', at: at(day, time) },
]
const closed = (day: number, time: string): CaseAction[] => [{ action: 'close', at: at(day, time) }]

onBothDatabases('rankings', (context) => {
  const call = callApi(context)
  const get = async (path: string) => (await call('GET', path)).body
  const text = async (path: string) => (await (await context.app()).request(`/api/v1${path}`)).text()

  beforeAll(async () => {
    const place = await smallHierarchy(context, '990101001001')
    const { sql } = context.database
    const rules = await readRules(sql)
    const west = { community: place.community, grid: place.west, microGrid: place.southWest }
    const east = { community: place.community, grid: place.east, microGrid: place.southEast }
    const one = (
      cells: typeof west,
      category: typeof FIRE,
      day: number,
      actions: readonly CaseAction[],
      title = '案',
    ) => play({ title, category, severity: 'medium', cells }, at(day, '08:00'), actions, rules)
    await storeCases(sql, [
      // West: a fire lane in time and closed, one late, one left alone; clutter in time that was sent back once.
      one(west, FIRE, 11, [...filed(11), ...submitted(11, '10:00'), ...closed(11, '11:00')]),
      one(west, FIRE, 12, [...filed(12), ...submitted(12, '15:00'), ...closed(12, '16:00')]),
      one(west, FIRE, 13, filed(13), '=cmd|calc'),
      one(west, CLUTTER, 11, [
        ...filed(11),
        ...submitted(12, '10:00'),
        { action: 'reopen', at: at(12, '11:00'), reason: '未清' },
        { action: 'dispatch', at: at(12, '11:05'), departmentId: 1 },
        { action: 'take', at: at(12, '11:06') },
        ...submitted(13, '10:00'),
        ...closed(13, '11:00'),
      ]),
      // East: letting alone, handled in time and not yet checked when the month ends.
      one(east, LETTING, 14, [...filed(14), ...submitted(15, '10:00')]),
      one(
        { ...east, grid: null as unknown as number, microGrid: null as unknown as number },
        LETTING,
        14,
        filed(14),
      ),
    ])
  })

  test('Jinniu’s score of a grid, recomputed by hand from its cases', async () => {
    const { cells, version }: Ranking = await get(`/figures/ranking?${QUERY}`)
    expect(version).toBe(0)
    const [east, west] = cells
    // West: 5 handlings due, 4 done, 3 in time; 3 closed, 1 of them reworked; 1 open, overdue; none extended.
    expect(west!.ratios).toEqual({
      handling: { numerator: 4, denominator: 5 },
      'handling-in-time': { numerator: 3, denominator: 5 },
      rework: { numerator: 1, denominator: 3 },
      'overdue-open': { numerator: 1, denominator: 1 },
      extended: { numerator: 0, denominator: 5 },
    })
    expect(west!.score.points).toBeCloseTo(0.8 * 30 + 0.6 * 20 + (2 / 3) * 20 + 0 * 20 + 1 * 10, 9)
    expect(west).toMatchObject({ place: 2, before: { points: null, place: null }, stars: null, parts: [] })
    // East: nothing closed, so rework is unknown, and the check at the end of the month overdue.
    expect(east!.ratios.rework).toBeUndefined()
    expect(east!.score.known).toBeCloseTo(0.8, 9)
    expect(east!.score.points).toBeCloseTo(((30 + 20 + 0 + 10) / 80) * 100, 9)
    expect(east!.place).toBe(1)
  })

  test('the safety index of a grid, recomputed by hand: a part without a case has no stars and is left out', async () => {
    const { cells }: Ranking = await get(`/figures/ranking?${QUERY}&scheme=kunshan`)
    const west = cells.find(({ code }) => code.endsWith('001'))!
    const [industry, construction, fire] = west.parts
    expect(industry).toMatchObject({ score: { points: null, known: 0 }, stars: null })
    // Clutter: 2 handlings due, both in time; nothing is open, so its 30 of 100 are re-scaled.
    expect(construction).toMatchObject({ score: { points: 100, known: 0.7 }, stars: 5 })
    // Fire: 3 due, 2 done, 1 in time; 1 open, overdue.
    const firePoints = (2 / 3) * 40 + (1 / 3) * 30 + 0 * 30
    expect(fire!.score.points).toBeCloseTo(firePoints, 9)
    expect(fire!.stars).toBe(1)
    expect(west.score.points).toBeCloseTo((100 * 30 + firePoints * 40) / 70, 9)
    expect(west.stars).toBe(2)
  })

  test('weights that were changed hold at once, are versioned, and a stale change is refused', async () => {
    const scheme = { ...SCHEMES.jinniu, components: [{ indicator: 'handling', weight: 5 }] }
    const put = (version: number) =>
      call('PUT', '/figures/schemes/jinniu', scheme, { 'if-match': `"${version}"` })
    expect(await put(0)).toMatchObject({ status: 200, body: { version: 1 } })
    expect(await put(0)).toMatchObject({ status: 412, body: { code: 'version-conflict', currentVersion: 1 } })
    const { cells, version }: Ranking = await get(`/figures/ranking?${QUERY}`)
    expect(version).toBe(1)
    expect(cells.map(({ score }) => score.points).sort()).toEqual([100, 80])
    const [told] = await context.database.sql<{ before: unknown; after: unknown }[]>`
      SELECT before, after FROM event WHERE kind = 'indicator' ORDER BY id DESC LIMIT 1`
    expect(told).toEqual({ before: SCHEMES.jinniu, after: scheme })
    const refused = await call(
      'PUT',
      '/figures/schemes/jinniu',
      { ...scheme, stars: [5, 5] },
      { 'if-match': '"1"' },
    )
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid-body' } })
  })

  test('targets that are sent replace theirs alone', async () => {
    const send = (targets: object, version: number) =>
      call('PUT', '/indicators/targets', { targets }, { 'if-match': `"${version}"` })
    const before = (await get('/indicators')).indicators
    expect((await send({ handling: null, rework: 0.01 }, 0)).status).toBe(200)
    const after = (await get('/indicators')).indicators
    const targetOf = (list: { id: string; target: number | null }[], id: string) =>
      list.find((one) => one.id === id)!.target
    expect([targetOf(after, 'handling'), targetOf(after, 'rework')]).toEqual([null, 0.01])
    expect(targetOf(after, 'closing')).toBe(targetOf(before, 'closing'))
    for (const wrong of [{ handling: 1.5 }, { happiness: 0.5 }])
      expect((await send(wrong, 1)).status).toBe(422)
  })

  test('the barometer adds up: standing before, and what came, less what ended, is standing now', async () => {
    const answer: Barometer = await get(`/figures/barometer?${QUERY}`)
    expect(answer.all).toEqual({
      now: { fresh: 6, solved: 3, standing: 3 },
      before: { fresh: 0, solved: 0, standing: 0 },
    })
    expect(answer.outside.now).toEqual({ fresh: 1, solved: 0, standing: 1 })
    const west = answer.cells.find(({ code }) => code.endsWith('001'))!
    expect(west.kinds.map(({ category, now }) => [category.code, now])).toEqual([
      ['09012', { fresh: 3, solved: 2, standing: 1 }],
      ['06036', { fresh: 1, solved: 1, standing: 0 }],
    ])
    // Each count opens its hazards, of one kind too; that kind alone is what its part of the index is made of.
    const lanes = `${QUERY}&categories=${encodeURIComponent('GB/T 47678.5-2026|matter|09012')}`
    for (const count of BAROMETER_COUNTS) {
      const all: IndicatorRows = await get(`/figures/barometer/${count}/rows?${QUERY}`)
      expect(all.rows.length).toBe(answer.all.now[count])
      const some: IndicatorRows = await get(`/figures/barometer/${count}/rows?${lanes}`)
      expect(some.rows.every(({ category }) => category?.code === '09012')).toBe(true)
      expect(some.rows.length).toBe(
        answer.kinds.find(({ category }) => category.code === '09012')!.now[count],
      )
    }
    const { cells: ranked }: Ranking = await get(`/figures/ranking?${QUERY}&scheme=kunshan`)
    const fire = ranked.find(({ code }) => code === west.code)!.parts.find(({ id }) => id === 'fire')!
    const narrowed: IndicatorValues = await get(`/indicators/values?${lanes}`)
    const { handling } = narrowed.cells.find(({ code }) => code === west.code)!.ratios
    expect(handling).toEqual(fire.ratios.handling)
    expect(narrowed.indicators.find(({ id }) => id === 'patrol-coverage')!.denominator).toBe(0)
    const june = spanOfMonths('2026-06')
    const later: Barometer = await get(
      `/figures/barometer?from=${encodeURIComponent(june.from)}&to=${encodeURIComponent(june.to)}`,
    )
    expect(later.all.before).toEqual(answer.all.now)
    expect(later.all.now).toEqual({ fresh: 0, solved: 0, standing: 3 })
  })

  test('tables to download: unknown shares are empty, formulas of a spreadsheet are texts, and each is told', async () => {
    const rows = parseCsv((await text(`/indicators/handling/rows.csv?${QUERY}&part=others`)).slice(1))
    expect(rows[1]![rows[0]!.indexOf('title')]).toBe("'=cmd|calc")
    const values = parseCsv((await text(`/indicators/values.csv?${QUERY}&lang=en`)).slice(1))
    const share = (indicator: string) => values.find((row) => row[0] === '' && row[2] === indicator)!.at(-1)
    expect([share('handling'), share('hotline-solved')]).toEqual(['0.714286', ''])
    const months = parseCsv((await text('/indicators/series.csv?month=2026-06&months=2')).slice(1))
    expect(months.filter((row) => row[1] === 'handling').map((row) => row.slice(0, 2))).toEqual([
      ['2026-05', 'handling'],
    ])
    const ranking = parseCsv((await text(`/figures/ranking.csv?${QUERY}&scheme=kunshan`)).slice(1))
    // The other grid has cases of industry alone, which are less than half of the index.
    expect(ranking.map((row) => row.slice(2, 5).join(' ').trim())).toEqual([
      'cell_code cell_name points',
      expect.stringMatching(/^990101001001001 西网格 \d/),
      '990101001001002 东网格',
    ])
    const barometer = parseCsv((await text(`/figures/barometer.csv?${QUERY}`)).slice(1))
    expect(barometer[1]!.slice(4)).toEqual(['L0002', '2', '0', '0', '0', '2', '0'])
    const told = await context.database.sql<{ what: string }[]>`
      SELECT detail->>'what' AS what FROM event WHERE kind = 'export' ORDER BY id`
    expect(told.map(({ what }) => what)).toEqual([
      'handling',
      'indicators',
      'indicators-by-month',
      'ranking-kunshan',
      'barometer',
    ])
  })

  test('what does not fit is refused with words', async () => {
    for (const [path, status] of [
      [`/indicators/happiness/rows?${QUERY}`, 400],
      [`/indicators/values?${QUERY}&cells=buildings`, 400],
      [`/indicators/values?${QUERY}&area=990101001009`, 404],
      [`/indicators/values?${QUERY}&area=1';--`, 400],
      ['/indicators/values?from=2026-05-01T00:00:00Z&to=2026-05-01T00:00:00Z', 400],
      ['/indicators/values?from=2020-05-01T00:00:00Z&to=2026-05-01T00:00:00Z', 400],
      [`/indicators/handling/rows?${QUERY}&cursor=1.2`, 400],
      ['/indicators/series?month=2026-13', 400],
      [`/figures/ranking?${QUERY}&scheme=best`, 400],
      [`/figures/barometer/gone/rows?${QUERY}`, 400],
      [`/indicators/values?${QUERY}&categories=09012`, 400],
      [`/indicators/values?${QUERY}&categories=a|b|%00`, 400],
    ] as const)
      expect((await call('GET', path)).status, path).toBe(status)
    const narrow = clientOf(context, supervisor([]))
    const { body } = await narrow.call('GET', `/figures/barometer?${QUERY}`)
    expect([body.all.now.standing, body.cells]).toEqual([0, []])
  })
})
