import { writeFile } from 'node:fs/promises'
import { addMonths, monthOf, spanOfMonths } from '../../geodata/figures/china-months.ts'
import { INDICATORS } from '../../geodata/figures/indicators.ts'
import { HAZARD_CATEGORIES } from '../../geodata/hazards/catalogue.ts'
import { ENDED_STATES } from '../../geodata/hazards/deadline.ts'
import { readRules } from '../../server/cases/rules.store.ts'
import { readBarometer } from '../../server/figures/barometer.store.ts'
import { periodOf } from '../../server/figures/figure-period.ts'
import { type Among, readSeries, readValues } from '../../server/figures/indicator.store.ts'
import { readFigureRows } from '../../server/figures/indicator-rows.store.ts'
import { readRanking } from '../../server/figures/ranking.store.ts'
import { playAtRandom, storeCases } from '../support/play-cases.ts'
import { option, say } from './bench-options.ts'
import { startDemoCluster } from './demo-cluster.ts'

/**
 * npm run bench:figures [-- --cases 20000 --rounds 7 --json FILE]
 * What figures cost that are reckoned from the history: cases of thirteen months in a throw-away PostgreSQL, each question
 * asked in turn; the median of the rounds.
 */
const CASES = Number(option('cases') ?? 20_000)
const ROUNDS = Number(option('rounds') ?? 7)
const MONTHS = 13
const AT_ONCE = 2000
const OPEN_ONE_IN = 20
const TRIES = 12
/** A prepared statement is planned for its parameters five times, and once for all from then on. */
const WARM_UP = 6

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!

const { cluster, database } = await startDemoCluster(5000)
try {
  const { sql } = database
  const grids = await sql<
    { grid: number; community: number }[]
  >`SELECT id AS grid, community_id AS community FROM grid`
  const rules = await readRules(sql)
  const now = Date.now()
  const month = addMonths(monthOf(now), -1)
  const begin = Date.parse(spanOfMonths(addMonths(month, 1 - MONTHS)).from)
  const length = Date.parse(spanOfMonths(month).to) - begin
  say(`Playing ${CASES} cases …`)
  for (let first = 0; first < CASES; first += AT_ONCE)
    await storeCases(
      sql,
      Array.from({ length: Math.min(AT_ONCE, CASES - first) }, (_, at) => {
        const seed = first + at
        const { standard, kind, code } = HAZARD_CATEGORIES[seed % HAZARD_CATEGORIES.length]!
        const of = {
          title: `${seed}`,
          category: { standard, kind, code },
          severity: (['low', 'medium', 'high', 'critical'] as const)[seed % 4]!,
          cells: { ...grids[seed % grids.length]!, microGrid: null },
        }
        const tries = Array.from({ length: TRIES }, (_, n) => seed * TRIES + n)
        const play = (chance: number) => playAtRandom(of, begin + (seed / CASES) * length, chance, rules)
        // Left to chance, half of all cases would never end.
        if (seed % OPEN_ONE_IN !== 0)
          for (const chance of tries) {
            const played = play(chance)
            if (ENDED_STATES.includes(played.state.state)) return played
          }
        return play(seed)
      }),
    )
  await sql.unsafe('VACUUM ANALYZE')
  const [counted] = await sql<{ entries: number }[]>`SELECT count(*)::int AS entries FROM case_entry`

  const among: Among = { cells: 'grids', reach: 'everywhere' }
  const periods = periodOf(spanOfMonths(month), now)
  const questions: Record<string, () => Promise<unknown>> = {
    'indicators of a month and the one before': () => readValues(sql, periods, among),
    'indicators of twelve months': () => readSeries(sql, { month, months: 12, now }, among),
    'ranking by the handling score': () => readRanking(sql, 'jinniu', periods, among),
    'ranking by the 1+3 index': () => readRanking(sql, 'kunshan', periods, among),
    barometer: () => readBarometer(sql, periods, among),
    'first 100 rows of an indicator': () =>
      readFigureRows(
        sql,
        INDICATORS.handling,
        { ...periods.period, ...among },
        { part: 'denominator', limit: 100 },
      ),
  }
  const results: Record<string, number> = {}
  for (const [what, ask] of Object.entries(questions)) {
    for (let time = 0; time < WARM_UP; time++) await ask()
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++) {
      const started = performance.now()
      await ask()
      times.push(performance.now() - started)
    }
    results[what] = median(times)
    say(`${what}: ${results[what]!.toFixed(0)} ms`)
  }
  await database.close()
  console.log(
    [
      `${CASES.toLocaleString('en')} cases of ${MONTHS} months with ${counted!.entries.toLocaleString('en')} entries, ${grids.length} grids; median of ${ROUNDS} rounds.`,
      '',
      '| | |',
      '|---|---|',
      ...Object.entries(results).map(([what, time]) => `| ${what} | ${time.toFixed(0)} ms |`),
    ].join('\n'),
  )
  const file = option('json')
  if (file) await writeFile(file, `${JSON.stringify({ cases: CASES, results }, null, 2)}\n`)
} finally {
  await cluster.stop()
}
