import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core'
import type { Bbox } from '../../geodata/shared/geojson.ts'
import { seedDemo } from '../../server/demo/seed-demo.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { askServer } from '../support/ask-server.ts'
import { startServer } from '../support/start-server.ts'
import { testEnv } from '../support/test-env.ts'
import { BENCH_FLAGS } from './browser-flags.ts'
import { heapOf } from './heap-of.ts'
import { longTasks } from './long-tasks.ts'
import { startTrace } from './trace.ts'

/**
 * The workspace over many buildings, in a real Chromium that draws in software: main-thread tasks while panning for
 * 10 s, a list scrolled from end to end, and the heap before and after 200 selections and 51 edits.
 * Arguments: buildings (100000), a folder for the trace.
 */
const buildings = Number(process.argv[2] ?? 100_000)
const traceFolder = process.argv[3]
const folder = await mkdtemp(join(tmpdir(), 'gridward-bench-'))
let browser: Browser | undefined
let server: Awaited<ReturnType<typeof startServer>> | undefined
try {
  console.log(`Filling a database with about ${buildings.toLocaleString('en')} buildings …`)
  const dataFolder = join(folder, 'data')
  const database = await openDatabase(testEnv({ dataFolder }), 'command')
  await seedDemo(database, { buildings, seed: 1 }).finally(() => database.close())
  server = await startServer(dataFolder)
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: BENCH_FLAGS })
  const context = await browser.newContext({
    viewport: { width: 1000, height: 620 },
    locale: 'en-US',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  // At zoom 15 every layer has its tiles, and a screen holds some thousand buildings.
  const workspace = (await (await askServer(`${server.url}/api/v1/workspace`)).json()) as { bbox: Bbox }
  const [west, south, east, north] = workspace.bbox
  const camera = `15/${((south + north) / 2).toFixed(5)}/${((west + east) / 2).toFixed(5)}`
  await page.goto(`${server.url}/?lang=en&theme=light&left=list&list=buildings&map=${camera}`)
  await page.waitForSelector('[data-testid=map][data-settled]', { timeout: 120_000 })
  const cdp = await context.newCDPSession(page)
  await pan(page, cdp)
  await scroll(page)
  await remember(page, cdp)
} finally {
  await browser?.close()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
}

async function pan(page: Page, cdp: CDPSession): Promise<void> {
  const canvas = (await page.locator('[data-testid=map] canvas').first().boundingBox())!
  const centre = { x: canvas.x + canvas.width * 0.6, y: canvas.y + canvas.height / 2 }
  const zoom = new URL(page.url()).searchParams.get('map')

  const trace = await startTrace(cdp)
  const started = performance.now()
  let drags = 0
  while (performance.now() - started < 10_000) {
    const angle = drags++ * 0.9
    await page.mouse.move(centre.x, centre.y)
    await page.mouse.down()
    for (let step = 1; step <= 20 && performance.now() - started < 10_000; step++) {
      await page.mouse.move(centre.x + Math.cos(angle) * step * 9, centre.y + Math.sin(angle) * step * 7)
      await page.waitForTimeout(16)
    }
    await page.mouse.up()
  }
  const seconds = (performance.now() - started) / 1000
  const events = await trace.stop()
  if (traceFolder)
    await writeFile(join(traceFolder, 'pan.trace.json'), JSON.stringify({ traceEvents: events }))
  const tasks = longTasks(events)
  console.log(`\nPanning ${seconds.toFixed(1)} s in ${drags} drags, camera at the start ${zoom}`)
  console.log(
    `main-thread tasks: ${tasks.count}; longest ${tasks.longestMs.toFixed(0)} ms; over 50 ms: ${tasks.over50}; over 100 ms: ${tasks.over100.length}`,
  )
  for (const task of tasks.over100)
    console.log(
      `  ${task.ms.toFixed(0)} ms: ${task.scripts.map(({ at, ms }) => `${at} ${ms.toFixed(0)} ms`).join(', ')}`,
    )
}

async function scroll(page: Page): Promise<void> {
  const list = page.locator('[data-testid=feature-list]')
  await list.waitFor({ timeout: 60_000 })
  await page.waitForFunction(
    () =>
      Number(
        document.querySelector('[data-testid=feature-list] [role=option]')?.getAttribute('aria-setsize'),
      ) > 0,
  )
  const answer = await list.evaluate(async (element) => {
    const frames: number[] = []
    const total = element.scrollHeight - element.clientHeight
    const steps = 300
    let last = performance.now()
    let blank = 0
    for (let step = 1; step <= steps; step++) {
      element.scrollTop = (total * step) / steps
      await new Promise((resolve) => requestAnimationFrame(resolve))
      const now = performance.now()
      frames.push(now - last)
      last = now
      if (element.querySelectorAll('[role=option]').length === 0) blank++
    }
    // The rows at the end arrive.
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const rows = [...element.querySelectorAll('[role=option]')]
    const end = rows.at(-1)!
    frames.sort((a, b) => a - b)
    return {
      rows: Number(end.getAttribute('aria-setsize')),
      last: Number(end.getAttribute('aria-posinset')),
      text: end.textContent,
      inDocument: rows.length,
      medianMs: frames[Math.floor(frames.length / 2)]!,
      slowestMs: frames.at(-1)!,
      blank,
    }
  })
  console.log(
    `\nList: ${answer.rows} rows scrolled end to end in 300 steps; frame median ${answer.medianMs.toFixed(0)} ms, slowest ${answer.slowestMs.toFixed(0)} ms; steps without a row ${answer.blank}; rows in the document ${answer.inDocument}; the last is ${answer.last}: ${answer.text}`,
  )
}

async function remember(page: Page, cdp: CDPSession): Promise<void> {
  const list = page.locator('[data-testid=feature-list]')
  const heap = async () => {
    // Answers that nobody shows any more are forgotten after 30 s.
    await page.waitForTimeout(40_000)
    return (await heapOf(cdp)).megabytes
  }
  const select = async (times: number) => {
    for (let round = 0; round < times; round++) {
      await list.focus()
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      await page.waitForTimeout(60)
    }
  }
  const count = page.locator('[data-testid=draft-count]')
  /** Moves a vertex of the selected building to and fro by keyboard (an odd number leaves it moved), takes all of it back and leaves the editor. */
  const edit = async (times: number) => {
    await page.locator('[data-testid=tool-edit]').click()
    await page.locator('[data-testid=edit-panel]').waitFor()
    await page.waitForSelector('[data-testid=edit-target]')
    // What lies around is loaded before anything can be moved.
    const vertex = page.locator('[data-testid=edit-vertex]')
    for (let tries = 0; tries < 60 && (await vertex.count()) === 0; tries++) {
      await page.waitForTimeout(500)
      await page.keyboard.press('b')
      await page.keyboard.press(']')
    }
    await vertex.waitFor({ timeout: 1000 })
    for (let round = 0; round < times; round++) {
      await page.keyboard.press(round % 2 ? 'ArrowLeft' : 'ArrowRight')
      await page.waitForTimeout(40)
    }
    const touched = (await count.textContent()) ?? ''
    for (let round = 0; round < times; round++) {
      await page.keyboard.press('Control+z')
      await page.waitForTimeout(40)
    }
    const left = (await count.textContent()) ?? ''
    await page.locator('[data-testid=tool-edit]').click()
    await page.locator('[data-testid=edit-panel]').waitFor({ state: 'detached' })
    return `${touched.trim()} → ${left.trim()}`
  }
  // What is loaded once (the inspector, the editor, fonts) and code that the engine compiles as it gets used is no leak.
  await select(100)
  await edit(11)
  await list.waitFor()
  const before = await heap()
  await select(200)
  const afterSelections = await heap()
  const drafts = await edit(51)
  const afterEdits = await heap()
  console.log(
    `\nHeap after collection: ${before.toFixed(1)} MB at the start; ${afterSelections.toFixed(1)} MB after 200 selections (${percent(afterSelections, before)}); ${afterEdits.toFixed(1)} MB after 51 edits more, taken back (${percent(afterEdits, before)}); features in the draft ${drafts}`,
  )
}

function percent(now: number, before: number): string {
  return `${now >= before ? '+' : ''}${(((now - before) / before) * 100).toFixed(1)} %`
}
