import { writeFile } from 'node:fs/promises'
import type { CellSet, Reach } from '../../server/access/reach.ts'
import { listIds } from '../../server/features/ids.store.ts'
import { listFeatures } from '../../server/features/read.store.ts'
import { connect } from '../../server/platform/database.ts'
import { postgisEncoder } from '../../server/tiles/encode-with-postgis.store.ts'
import { makeTile } from '../../server/tiles/make-tile.ts'
import { option, say } from './bench-options.ts'
import { startDemoCluster } from './demo-cluster.ts'
import { randomTiles, seededRandom } from './random-tiles.ts'

/**
 * npm run bench:scope [-- --buildings 100000 --rounds 9 --seed 1 --json FILE]
 * What it costs to hold a question to someone's cells: tiles made anew, pages and ids of lists, on one connection of a
 * throw-away PostgreSQL. Everyone's questions alternate, tile by tile and page by page, so that whatever else the
 * machine does meets all alike; the figure of a reach is its time over that of everywhere, the median of the rounds.
 */
const BUILDINGS = Number(option('buildings') ?? 100_000)
const ROUNDS = Number(option('rounds') ?? 9)
const TILES = 40
const PAGES = 30
/** A prepared statement is planned for its parameters five times, and once for all from then on. */
const WARM_UP = 6

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!

const { cluster, url, database } = await startDemoCluster(BUILDINGS)
try {
  const sql = connect(url, 1)
  const reaches = await readReaches()
  const { signal } = new AbortController()
  const encoder = postgisEncoder(sql)

  const questions: Record<string, ((reach: Reach) => Promise<unknown>)[]> = {}
  for (const layer of ['buildings', 'roads', 'facilities'] as const)
    for (const z of [14, 16]) {
      const tiles = await randomTiles(database.sql, () => z, TILES, seededRandom(z))
      questions[`tiles of ${layer}, z${z}`] = tiles.map(
        (address) => (reach) => makeTile(encoder, layer, address, reach, signal),
      )
    }
  for (const layer of ['buildings', 'roads', 'hazards'] as const) {
    // Everyone pages through what they reach, from the same places in it.
    const random = seededRandom(5)
    const places = Array.from({ length: PAGES }, () => random() * 0.9)
    const own = new Map<Reach, number[]>()
    for (const reach of Object.values(reaches))
      own.set(reach, (await listIds(sql, layer, {}, reach, 'id')).ids)
    questions[`pages of 100 ${layer}`] = places.map((place) => (reach) => {
      const ids = own.get(reach)!
      const after = ids[Math.floor(place * ids.length)]!
      return listFeatures(sql, layer, {}, reach, { limit: 100, after, withGeometry: true })
    })
  }
  questions['ids of all buildings by name'] = [(reach) => listIds(sql, 'buildings', {}, reach, 'name')]

  const results: Record<string, Record<string, number>> = {}
  for (const [what, asked] of Object.entries(questions)) {
    say(what)
    results[what] = await compare(asked)
  }
  await sql.end()
  await database.close()

  const names = Object.keys(reaches).slice(1)
  console.log(
    [
      `${BUILDINGS.toLocaleString('en')} buildings, one connection; time over that without a reach, median of ${ROUNDS} rounds.`,
      '',
      `| | everywhere | ${names.join(' | ')} |`,
      `|---|---|${names.map(() => '---|').join('')}`,
      ...Object.entries(results).map(
        ([what, figures]) =>
          `| ${what} | ${figures.everywhere!.toFixed(2)} ms | ${names.map((name) => figures[name]!.toFixed(2)).join(' | ')} |`,
      ),
    ].join('\n'),
  )
  const file = option('json')
  if (file) await writeFile(file, `${JSON.stringify({ buildings: BUILDINGS, results }, null, 2)}\n`)

  /** Milliseconds for a question of everywhere; of the others, how many times that. */
  async function compare(asked: ((reach: Reach) => Promise<unknown>)[]): Promise<Record<string, number>> {
    const entries = Object.entries(reaches)
    for (let i = 0; i < WARM_UP; i++) for (const [, reach] of entries) await asked[i % asked.length]!(reach)
    const rounds = entries.map(() => [] as number[])
    for (let round = 0; round < ROUNDS; round++) {
      const spent = entries.map(() => 0)
      for (const [n, ask] of asked.entries())
        for (let turn = 0; turn < entries.length; turn++) {
          // Whoever asks first finds nothing in the caches of the machine: that is another one each time.
          const i = (turn + n + round) % entries.length
          const started = performance.now()
          await ask(entries[i]![1])
          spent[i]! += performance.now() - started
        }
      for (const [i, time] of spent.entries())
        rounds[i]!.push(i === 0 ? time / asked.length : time / spent[0]!)
    }
    return Object.fromEntries(entries.map(([name], i) => [name, median(rounds[i]!)]))
  }

  async function readReaches(): Promise<Record<string, Reach>> {
    const ids = async (table: string) =>
      (await database.sql.unsafe<{ id: number }[]>(`SELECT id FROM ${table} ORDER BY id`)).map(({ id }) => id)
    const set = (cells: Partial<CellSet>): CellSet => ({
      communities: [],
      grids: [],
      'micro-grids': [],
      ...cells,
    })
    const communities = await ids('community')
    const grids = await ids('grid')
    const microGrids = await ids('micro_grid')
    const sizes = await database.sql<{ id: number; count: number }[]>`
      SELECT community_id AS id, count(*) AS count FROM building WHERE community_id IS NOT NULL GROUP BY 1 ORDER BY 1`
    const half: number[] = []
    let held = 0
    for (const { id, count } of sizes) {
      if (held >= BUILDINGS / 2) break
      held += count
      half.push(id)
    }
    say(
      `${communities.length} communities, ${grids.length} grids, ${microGrids.length} micro-grids; ` +
        `${half.length} communities hold ${held} buildings.`,
    )
    return {
      everywhere: 'everywhere',
      'about half': [set({ communities: half })],
      'ten communities': [set({ communities: communities.slice(0, 10) })],
      'all communities': [set({ communities })],
      'all micro-grids': [set({ 'micro-grids': microGrids })],
      'every other micro-grid': [set({ 'micro-grids': microGrids.filter((_, at) => at % 2 === 0) })],
      'all cells of each level, within all communities': [
        set({ communities, grids, 'micro-grids': microGrids }),
        set({ communities }),
      ],
    }
  }
} finally {
  await cluster.stop()
}
