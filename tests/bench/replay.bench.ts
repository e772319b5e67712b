import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import type { HazardReplay } from '../../geodata/hazards/replay.schema.ts'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { startServer } from '../support/start-server.ts'
import { testEnv } from '../support/test-env.ts'
import { option, say } from './bench-options.ts'
import { BENCH_FLAGS } from './browser-flags.ts'
import { longTasks } from './long-tasks.ts'
import { startTrace } from './trace.ts'

/**
 * A day with 5,000 events, in a real Chromium that draws in software: the slider is dragged to and fro, then the day is
 * played. Tells how many tasks of the page's main thread took over 50 ms, against the frames. The events are those of a
 * month of the demo area, drawn together into one day. Options: --buildings (4000), --seconds (20), --trace (a folder).
 */
const EVENTS = 5000
const buildings = Number(option('buildings') ?? 4000)
const seconds = Number(option('seconds') ?? 20)

const folder = await mkdtemp(join(tmpdir(), 'gridward-bench-'))
let browser: Browser | undefined
let server: Awaited<ReturnType<typeof startServer>> | undefined
try {
  say(`Filling a database with about ${buildings} buildings …`)
  const dataFolder = join(folder, 'data')
  const database = await openDatabase(testEnv({ dataFolder }), 'command')
  await seedDemo(database, { buildings, seed: 1 }).finally(() => database.close())
  server = await startServer(dataFolder)
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: BENCH_FLAGS })
  const context = await browser.newContext({ viewport: { width: 900, height: 480 }, locale: 'en-US' })
  const { url } = server
  await context.request.post(`${url}/api/v1/session/demo`, { data: { role: 'administrator' } })
  const page = await context.newPage()
  let told = { hazards: 0, changes: 0 }
  await page.route('**/api/v1/history/hazards?*', async (route) => {
    const asked = new URL(route.request().url())
    const to = new Date(asked.searchParams.get('to')!)
    const month = new URL('/api/v1/history/hazards', url)
    month.searchParams.set('from', new Date(to.getTime() - 31 * 86_400_000).toISOString())
    month.searchParams.set('to', to.toISOString())
    const answer = await context.request.get(month.href)
    const day = inOneDay((await answer.json()) as HazardReplay, asked.searchParams.get('from')!)
    told = { hazards: day.hazards.id.length, changes: day.changes.at.length }
    await route.fulfill({ json: day })
  })
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  await page.goto(
    `${url}/?lang=en&theme=light&work=hazards&fold=layers,place&tool=replay&with=day/${yesterday}T12:00:00Z`,
  )
  await page.waitForSelector('[data-testid=replay-slider]', { timeout: 120_000 })
  await page.waitForSelector('[data-testid=map][data-settled]', { timeout: 120_000 })
  await page.waitForTimeout(3000)
  console.log(`${told.changes} events of ${told.hazards} hazards in one day`)
  const cdp = await context.newCDPSession(page)
  // As text: what tsx makes of a function names helpers that the page lacks.
  await page.evaluate(
    'window.framesDrawn = 0; (function count() { window.framesDrawn++; requestAnimationFrame(count) })()',
  )
  const frames = () => page.evaluate<number>('window.framesDrawn')
  const slider = (await page.locator('[data-testid=replay-slider]').boundingBox())!
  const tell = async (what: string, run: () => Promise<void>) => {
    const trace = await startTrace(cdp)
    const before = await frames()
    const began = performance.now()
    await run()
    const passed = (performance.now() - began) / 1000
    const drawn = (await frames()) - before
    const events = await trace.stop()
    const traceFolder = option('trace')
    if (traceFolder)
      await writeFile(join(traceFolder, `${what}.trace.json`), JSON.stringify({ traceEvents: events }))
    const { over50, longestMs, over100 } = longTasks(events)
    console.log(
      `${what}: ${passed.toFixed(1)} s, ${drawn} frames, ${over50} tasks over 50 ms (${((over50 / drawn) * 100).toFixed(2)} %), longest ${longestMs.toFixed(0)} ms`,
    )
    for (const task of over100)
      console.log(
        `  ${task.ms.toFixed(0)} ms: ${task.scripts.map(({ at, ms }) => `${at} ${ms.toFixed(0)} ms`).join(', ')}`,
      )
  }
  const y = slider.y + slider.height / 2
  await tell('scrubbed', async () => {
    await page.mouse.move(slider.x + slider.width / 2, y)
    await page.mouse.down()
    const began = performance.now()
    for (let step = 0; performance.now() - began < seconds * 1000; step++) {
      await page.mouse.move(slider.x + slider.width * (0.5 + 0.48 * Math.sin(step / 12)), y)
      await page.waitForTimeout(16)
    }
    await page.mouse.up()
  })
  await page.locator('[data-testid=replay-slider]').press('Home')
  await tell('played', async () => {
    await page.locator('[data-testid=replay-toggle]').click()
    await page.waitForTimeout(seconds * 1000)
  })
} finally {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
}

/** The last events of a replay, with their times drawn together into one day. */
function inOneDay(month: HazardReplay, from: string): HazardReplay {
  const length = (Date.parse(month.to) - Date.parse(month.from)) / 1000
  const scaled = (second: number) => Math.round((second / length) * 86_399)
  const due = (second: number | null) => (second === null ? null : scaled(second))
  const { changes, hazards } = month
  const cut = Math.max(0, changes.at.length - EVENTS)
  return {
    ...month,
    from,
    to: new Date(Date.parse(from) + 86_400_000).toISOString(),
    hazards: { ...hazards, reported: hazards.reported.map(scaled), due: hazards.due.map(due) },
    changes: {
      at: changes.at.slice(cut).map(scaled),
      hazard: changes.hazard.slice(cut),
      state: changes.state.slice(cut),
      due: changes.due.slice(cut).map(due),
    },
  }
}
