import { writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { isOver, type Job } from '../../geodata/patrols/generation.schema.ts'
import { EVENING } from '../support/evening.ts'
import { option, say } from './bench-options.ts'
import { startDemoCluster } from './demo-cluster.ts'
import { startGenerator, startTileServer } from './processes.ts'
import { randomTiles, seededRandom } from './random-tiles.ts'

/**
 * npm run bench:solving [-- --buildings 20000 --per-second 20 --seconds 10 --rounds 6 --json FILE]
 * Tiles made anew over HTTP at a steady pace, in turns with nothing else to do and while the same server solves an
 * evening of eight teams: how much later they come.
 */
const BUILDINGS = Number(option('buildings') ?? 20_000)
const PER_SECOND = Number(option('per-second') ?? 20)
const SECONDS = Number(option('seconds') ?? 10)
const ROUNDS = Number(option('rounds') ?? 6)
const TEAMS = 8

type State = 'idle' | 'solving'

const { cluster, url, database } = await startDemoCluster(BUILDINGS)
const ends: (() => void)[] = []
try {
  const tiles = await randomTiles(database.sql, () => 15, 200, seededRandom(15))
  const paths = tiles.map(({ z, x, y }) => `/tiles/buildings/${z}/${x}/${y}.mvt`)
  await database.close()

  const { child: server, port } = await startTileServer(url, 0)
  ends.push(() => server.disconnect())
  const { child, load } = startGenerator()
  ends.push(() => child.disconnect())
  const ask = () =>
    load({ port, paths, connections: 4, seconds: SECONDS, revalidate: false, perSecond: PER_SECOND })

  const planId = await makePlan()
  // The streets are read once for all.
  await solve(0, ask)
  const latencies: Record<State, number[]> = { idle: [], solving: [] }
  const visits: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    say(`Round ${round + 1} of ${ROUNDS} …`)
    latencies.idle.push(...(await ask()).latencies)
    const { jobId } = await api<{ jobId: string }>('POST', `/plans/${planId}/generate`, {
      seconds: SECONDS + 10,
      seed: round,
    })
    latencies.solving.push(...(await ask()).latencies)
    const during = await api<Job>('GET', `/jobs/${jobId}`)
    if (isOver(during.state))
      throw new Error(`The search was over before its time: ${during.problem?.detail}`)
    await api('DELETE', `/jobs/${jobId}`)
    visits.push((await over(jobId)).proposal?.visits ?? 0)
  }

  const figures = (state: State) => {
    const sorted = latencies[state].sort((a, b) => a - b)
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!
    return { tiles: sorted.length, p50: at(0.5), p99: at(0.99) }
  }
  const [idle, solving] = [figures('idle'), figures('solving')]
  const row = (name: string, { tiles, p50, p99 }: typeof idle) =>
    `| ${name} | ${tiles} | ${p50.toFixed(1)} ms | ${p99.toFixed(1)} ms |`
  console.log(
    [
      `${PER_SECOND} tiles (z15, ${BUILDINGS.toLocaleString('en')} buildings) a second, none from a cache; a plan of ${TEAMS} teams, ${Math.max(...visits)} visits.`,
      '',
      '| | tiles | p50 | p99 |',
      '|---|---|---|---|',
      row('idle', idle),
      row('solving', solving),
      `| ratio | | ${(solving.p50 / idle.p50).toFixed(2)} | **${(solving.p99 / idle.p99).toFixed(2)}** |`,
    ].join('\n'),
  )
  const file = option('json')
  if (file) await writeFile(file, `${JSON.stringify({ idle, solving, visits }, null, 2)}\n`)

  async function api<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/patrols${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    })
    if (!answer.ok) throw new Error(`${method} ${path}: ${await answer.text()}`)
    return (await answer.json().catch(() => undefined)) as T
  }

  async function makePlan(): Promise<number> {
    const teams = Array.from({ length: TEAMS }, (_, at) => {
      const id = String.fromCharCode(65 + at)
      return { id, name: id, ...EVENING }
    })
    return (await api<{ id: number }>('POST', '/plans', { name: 'bench', ...EVENING, teams })).id
  }

  /** What is asked from the first moment of a search on, and the search, which is ended then. */
  async function solve<T>(seed: number, asking: () => Promise<T>) {
    const { jobId } = await api<{ jobId: string }>('POST', `/plans/${planId}/generate`, {
      seconds: SECONDS + 10,
      seed,
    })
    const answer = await asking()
    const during = await api<Job>('GET', `/jobs/${jobId}`)
    if (isOver(during.state))
      throw new Error(`The search was over before its time: ${during.problem?.detail}`)
    await api('DELETE', `/jobs/${jobId}`)
    return { answer, job: await over(jobId) }
  }

  async function over(jobId: string): Promise<Job> {
    for (;;) {
      const job = await api<Job>('GET', `/jobs/${jobId}`)
      if (isOver(job.state)) return job
      await wait(200)
    }
  }
} finally {
  for (const end of ends) end()
  await cluster.stop()
}
