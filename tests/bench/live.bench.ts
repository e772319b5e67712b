// npm run bench:live -- [--engine postgres|embedded] [--clients 500] [--events 1000]: whether every reader of one server
// process hears every event once and in order, also across a kill and a restart, and how long a report takes to them.
import { lastEventId, TOLD } from '../../server/live/events.store.ts'
import type { Sql } from '../../server/platform/database.ts'
import { openReaders, type SseReaders } from '../support/sse-readers.ts'
import type { StartedServer } from '../support/start-server.ts'
import { option, say } from './bench-options.ts'
import { type LiveServers, liveServers, peakMegabytes, quantile, reportHazard } from './live-servers.ts'

const clients = Number(option('clients') ?? 500)
const events = Number(option('events') ?? 1000)
/** Reports that are timed one by one; they count among the events. */
const TIMED = 50
const AT_ONCE = 4
const ENGINES = ['postgres', 'embedded'] as const
const engines = ENGINES.filter((engine) => (option('engine') ?? engine) === engine)

interface Heard {
  count: number
  firstMs: number
  lastMs: number
}

let failed = false
console.log('| engine | readers | events | heard by all, once, in order | most memory of the server |')
console.log('|---|---|---|---|---|')
const timings: string[] = []
for (const engine of engines) {
  const servers = await liveServers(engine)
  try {
    const told = await measure(servers)
    failed ||= !told.isRight
    console.log(
      `| ${engine} | ${clients} | ${told.events} | ${told.isRight ? 'yes' : `no: ${told.wrong} readers`} | ${told.megabytes} MB |`,
    )
    timings.push(...told.timings)
  } finally {
    await servers.close()
  }
}
console.log('\n| from an HTTP report | to the first reader, median | to the last of them, median | 95 % |')
console.log('|---|---|---|---|')
for (const line of timings) console.log(line)
process.exitCode = failed ? 1 : 0

async function measure(servers: LiveServers) {
  const { engine, headers, ask } = servers
  const first = await ask(lastEventId)
  let server = await servers.start()
  const heard = new Map<number, Heard>()
  const many = openReaders(server.url, clients, headers, (id) => {
    const now = performance.now()
    const known = heard.get(id)
    if (known) Object.assign(known, { count: known.count + 1, lastMs: now })
    else heard.set(id, { count: 1, firstMs: now, lastMs: now })
  })
  try {
    await many.connected()
    say(`${engine}: ${clients} readers are connected`)
    let written = 0
    const timings = [await timeReports(many, heard, server, servers, `${engine}, the same process`)]
    written += TIMED
    if (engine === 'postgres') {
      const other = await servers.start()
      timings.push(await timeReports(many, heard, other, servers, `${engine}, a second process`))
      written += TIMED
      await other.stop()
    }
    // Half of the rest as it comes, then a kill in the middle of it, and the other half.
    const half = Math.floor((events - written) / 2)
    await report(server, headers, written, half)
    written += half
    say(`${engine}: ${written} events were written`)
    const writing = report(server, headers, written, events - written).catch(() => {})
    await new Promise((resolve) => setTimeout(resolve, 300))
    const megabytes = await peakMegabytes(server.pid)
    const { port } = new URL(server.url)
    await server.kill()
    await writing
    server = await servers.start(Number(port))
    const told = await ask((sql) => tell(sql, first))
    await report(server, headers, events, Math.max(0, events - told.length))
    const all = await ask((sql) => tell(sql, first))
    await many.until(all.at(-1)!, 120)
    const wrong = many.readers.filter(({ ids, resets }) => resets > 0 || String(ids) !== String(all)).length
    return {
      ...{ events: all.length, wrong, isRight: wrong === 0 && all.length >= events, timings },
      megabytes: Math.max(megabytes, await peakMegabytes(server.pid)),
    }
  } finally {
    many.close()
  }
}

async function tell(sql: Sql, first: number): Promise<number[]> {
  const rows = await sql<{ id: number }[]>`
    SELECT id FROM event WHERE id > ${first} AND ${sql.unsafe(TOLD)} ORDER BY id`
  return rows.map(({ id }) => id)
}

async function report(
  { url }: StartedServer,
  headers: Record<string, string>,
  from: number,
  count: number,
): Promise<void> {
  let next = from
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < from + count) await reportHazard(url, headers, next++)
    }),
  )
}

/** One report after the other, each timed until every reader of the first process has heard of it. */
async function timeReports(
  many: SseReaders,
  heard: Map<number, Heard>,
  { url }: StartedServer,
  { headers }: LiveServers,
  way: string,
): Promise<string> {
  const firsts: number[] = []
  const lasts: number[] = []
  for (let n = 0; n < TIMED; n++) {
    const before = Math.max(0, ...heard.keys())
    const begun = performance.now()
    await reportHazard(url, headers, n)
    let found: Heard | undefined
    while (!found) {
      await new Promise((resolve) => setTimeout(resolve, 2))
      found = [...heard].find(([id, { count }]) => id > before && count === many.readers.length)?.[1]
    }
    firsts.push(found.firstMs - begun)
    lasts.push(found.lastMs - begun)
  }
  const ms = (values: number[], share: number) => `${quantile(values, share).toFixed(0)} ms`
  return `| ${way} | ${ms(firsts, 0.5)} | ${ms(lasts, 0.5)} | ${ms(lasts, 0.95)} |`
}
