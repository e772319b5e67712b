import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type APIRequestContext, type Browser, type CDPSession, chromium } from 'playwright-core'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { startServer } from '../support/start-server.ts'
import { testEnv } from '../support/test-env.ts'
import { option, say } from './bench-options.ts'
import { BENCH_FLAGS } from './browser-flags.ts'
import { heapOf, residentOf } from './heap-of.ts'
import { freePort, serverHeap } from './server-heap.ts'

/**
 * Two hours of 20 events a second, as fast as the machine allows, while a wall and the workspace are open in a real
 * Chromium: what pages and server hold after collection, again and again. Options: --buildings (500), --events (144000),
 * --minutes (20) after which it ends in any case, --samples (12), --database (an address of PostgreSQL; left out: embedded).
 */
const TOGETHER = 20
const buildings = Number(option('buildings') ?? 500)
const wanted = Number(option('events') ?? 2 * 3600 * TOGETHER)
const minutes = Number(option('minutes') ?? 20)
const samples = Number(option('samples') ?? 12)
const databaseUrl = option('database')

interface Sample {
  events: number
  wall: number
  workspace: number
  heap: number
  resident: number
}

const folder = await mkdtemp(join(tmpdir(), 'gridward-bench-'))
let browser: Browser | undefined
let server: Awaited<ReturnType<typeof startServer>> | undefined
try {
  say(`Filling a database with about ${buildings} buildings …`)
  const dataFolder = join(folder, 'data')
  const database = await openDatabase(testEnv(databaseUrl ? { databaseUrl } : { dataFolder }), 'command')
  await seedDemo(database, { buildings, seed: 1, replace: true }).finally(() => database.close())
  const inspectPort = await freePort()
  server = await startServer(dataFolder, {
    more: {
      ...(databaseUrl ? { DATABASE_URL: databaseUrl } : {}),
      NODE_OPTIONS: `--inspect=127.0.0.1:${inspectPort}`,
    },
  })
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: BENCH_FLAGS })
  const context = await browser.newContext({ viewport: { width: 900, height: 560 }, reducedMotion: 'reduce' })
  const { url, pid } = server
  const signedIn = await context.request.post(`${url}/api/v1/session/demo`, {
    data: { role: 'administrator' },
  })
  if (!signedIn.ok()) throw new Error(await signedIn.text())
  const open = async (path: string): Promise<CDPSession> => {
    const page = await context.newPage()
    await page.goto(url + path)
    await page.waitForTimeout(8000)
    return context.newCDPSession(page)
  }
  const empty = await context.newPage()
  const workspace = await open('/?lang=zh&theme=dark&work=hazards')
  const wall = await open('/wall')
  const sample = async (events: number): Promise<Sample> => {
    // Answers that nobody shows any more are forgotten after 30 s.
    await new Promise((resolve) => setTimeout(resolve, 35_000))
    const taken = {
      events,
      wall: (await heapOf(wall)).megabytes,
      workspace: (await heapOf(workspace)).megabytes,
      heap: await serverHeap(empty, inspectPort),
      resident: await residentOf(pid),
    }
    console.log(
      `${events} events: wall ${taken.wall.toFixed(1)} MB, workspace ${taken.workspace.toFixed(1)} MB, server heap ${taken.heap.toFixed(1)} MB, resident ${taken.resident.toFixed(0)} MB`,
    )
    return taken
  }
  const edit = await editor(context.request, url)
  const taken: Sample[] = []
  const until = performance.now() + minutes * 60_000
  const began = performance.now()
  let events = 0
  let pausedMs = 0
  for (let next = 1; next <= samples && performance.now() < until; next++) {
    while (
      events < (wanted * next) / samples &&
      performance.now() < began + (next * minutes * 60_000) / samples
    )
      events += await edit()
    const pause = performance.now()
    taken.push(await sample(events))
    pausedMs += performance.now() - pause
  }
  const perSecond = events / ((performance.now() - began - pausedMs) / 1000)
  console.log(
    `\n${events} events, ${perSecond.toFixed(0)} a second: ${(events / TOGETHER / 60).toFixed(0)} minutes of ${TOGETHER} a second`,
  )
  // The first third warms up.
  const settled = taken.slice(Math.floor(taken.length / 3))
  const half = Math.ceil(settled.length / 2)
  for (const name of ['wall', 'workspace', 'heap', 'resident'] as const) {
    const [first, last] = [settled.slice(0, half), settled.slice(-half)].map((part) => mean(part, name))
    console.log(
      `${name}: ${first!.toFixed(1)} → ${last!.toFixed(1)} MB (${(((last! - first!) / first!) * 100).toFixed(1)} %)`,
    )
  }
} finally {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
}

function mean(part: readonly Sample[], name: keyof Sample): number {
  return part.reduce((sum, each) => sum + each[name], 0) / part.length
}

/** Changes hazards by twenties, each change an event of its own, over and over. */
async function editor(request: APIRequestContext, url: string): Promise<() => Promise<number>> {
  const page = await (await request.get(`${url}/api/v1/hazards?limit=200`)).json()
  const hazards: { id: number; version: number; geometry: unknown; properties: Record<string, unknown> }[] =
    page.features
  let turn = 0
  return async () => {
    const some = Array.from(
      { length: TOGETHER },
      (_, at) => hazards[(turn * TOGETHER + at) % hazards.length]!,
    )
    turn++
    const puts = some.map(({ id, version, geometry, properties }) => {
      const { title, categoryCode, severity } = properties
      const name = String(title).replace(/ \d+$/, '')
      return {
        ...{ layer: 'hazards', id, version, geometry },
        properties: { ...properties, title: `${name} ${turn}`, categoryCode, severity },
      }
    })
    const answer = await request.post(`${url}/api/v1/changes`, {
      headers: { origin: url },
      data: { id: randomUUID(), puts, deletes: [] },
    })
    if (!answer.ok()) throw new Error(`${answer.status()} ${await answer.text()}`)
    for (const hazard of some) hazard.version++
    return TOGETHER
  }
}
