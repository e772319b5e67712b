import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { askServer } from '../support/ask-server.ts'
import { copyTemplate } from '../support/embedded-template.ts'
import { type Relay, startRelay } from '../support/relay.ts'
import { type StartedServer, startServer } from '../support/start-server.ts'
import { openPages } from './open-page.ts'

/**
 * Seconds that each outage lasts beyond the band; with the environment variable the beat is the usual one and the
 * outages are long, and what is printed are the figures of a real wall.
 */
const LONG_SECONDS = Number(process.env.GRIDWARD_TEST_OUTAGE_SECONDS ?? 0)
const BEAT_SECONDS = LONG_SECONDS ? 5 : 0.5
const WAIT_MS = 60_000 + LONG_SECONDS * 1000
const MINUTES = 600_000

const open = openPages()
let folder: string
let server: StartedServer
let relay: Relay
const serve = (more: Record<string, string> = {}) => startServer(join(folder, 'data'), { more })
/** Through the relay, which outlives the server: its address stays. */
const wall = (query = '') => `${relay.url}/wall?theme=dark&lang=en&beat=${BEAT_SECONDS}${query}`
const SIZE = { width: 900, height: 560 }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridward-wall-'))
  await copyTemplate(inject('demoTemplate'), join(folder, 'data'))
  server = await serve()
  relay = await startRelay(server.url)
})
afterAll(async () => {
  await relay?.stop()
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

const band = (page: Page, id: string) => page.getByTestId(`wall-band-${id}`)
const isKnown = (page: Page) =>
  page.waitForFunction(
    () =>
      document.querySelectorAll('[data-testid^=wall-figure-]').length > 0 &&
      !document.querySelector('[data-testid=wall][data-blind]') &&
      document.querySelector('[data-testid=wall-figure-overdue]:not([data-unknown])') !== null,
    undefined,
    { timeout: WAIT_MS },
  )

/** Nothing that was true before is shown as if it still were. */
async function expectBlind(page: Page): Promise<void> {
  const figures = page.locator('[data-testid^=wall-figure-]')
  expect(await figures.count()).toBeGreaterThan(0)
  for (const figure of await figures.all()) {
    expect(await figure.getAttribute('data-unknown')).toBe('true')
    expect(await figure.locator('b').textContent()).toBe('Unknown')
  }
  await page.getByText(/The map stands at \d\d:\d\d:\d\d/).waitFor()
  await page.getByText(/Alarms stand at \d\d:\d\d:\d\d/).waitFor()
}

const pause = () => new Promise((resolve) => setTimeout(resolve, LONG_SECONDS * 1000))
const since = (beganMs: number) => `${((performance.now() - beganMs) / 1000).toFixed(1)} s`

/** Opens a wall, lets something go wrong and be put right; the page is the same one all the time. */
async function outage(
  { name, bandId, role = 'viewer' as const }: { name: string; bandId: string; role?: 'viewer' },
  harm: (page: Page) => Promise<void>,
  mend: (page: Page) => Promise<void>,
): Promise<void> {
  const { page, context } = await open(wall(), { ...SIZE, as: role })
  await isKnown(page)
  await page.evaluate(() => document.body.setAttribute('data-same-page', ''))
  const harmedMs = performance.now()
  await harm(page)
  await band(page, bandId).waitFor({ timeout: WAIT_MS })
  const shown = since(harmedMs)
  expect(await band(page, bandId).textContent()).toMatch(
    /since \d\d:\d\d:\d\d, for .*every figure is unknown/,
  )
  const box = await band(page, bandId).boundingBox()
  expect(box?.width).toBe(SIZE.width)
  await expectBlind(page)
  await pause()
  await expectBlind(page)
  const mendedMs = performance.now()
  await mend(page)
  await band(page, bandId).waitFor({ state: 'detached', timeout: WAIT_MS })
  await isKnown(page)
  console.log(
    `wall, ${name}: band after ${shown} (beat ${BEAT_SECONDS} s), healed ${since(mendedMs)} after it was put right`,
  )
  expect(await page.locator('body[data-same-page]').count()).toBe(1)
  await context.close()
}

test(
  'a server that is killed: a band, every figure unknown, and all by itself again once it is back',
  async () => {
    const { port } = new URL(server.url)
    await outage(
      { name: 'server killed', bandId: 'link' },
      () => server.kill(),
      async () => {
        server = await serve({ PORT: port })
      },
    )
  },
  MINUTES,
)

test(
  'a network that is cut without a word, connections still open, is noticed and named',
  async () => {
    await outage(
      { name: 'network cut', bandId: 'link' },
      async (page) => {
        relay.cut()
        await page.context().setOffline(true)
        await band(page, 'link').getByText('This computer has no network').waitFor({ timeout: WAIT_MS })
      },
      async (page) => {
        relay.mend()
        await page.context().setOffline(false)
      },
    )
  },
  MINUTES,
)

test(
  'a database that hangs while the server lives is said to be the database',
  async () => {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', String(server.pid)])
    const engines = stdout.trim().split(/\s+/).map(Number)
    const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
      for (const pid of engines) process.kill(pid, name)
    }
    try {
      await outage(
        { name: 'database stopped', bandId: 'database' },
        async () => signal('SIGSTOP'),
        async () => signal('SIGCONT'),
      )
    } finally {
      signal('SIGCONT')
    }
  },
  MINUTES,
)

test(
  'a clock that is set makes nothing fresh stale and nothing stale fresh, and is told',
  async () => {
    const { page, context } = await open(wall(), { ...SIZE, as: 'viewer' })
    await isKnown(page)
    const setClock = (hours: number) =>
      page.evaluate((shiftMs) => {
        const now = Date.now.bind(Date)
        Date.now = () => now() + shiftMs
      }, hours * 3_600_000)
    const clock = await page.getByTestId('wall-clock').textContent()
    await page.evaluate(() => {
      const seen = () => {
        if (document.querySelector('.gw-wall-band')) document.body.setAttribute('data-was-banded', '')
      }
      new MutationObserver(seen).observe(document.body, { childList: true, subtree: true })
    })
    await setClock(3)
    await page.getByTestId('wall-notices').getByText('set ahead by 3 h').waitFor({ timeout: WAIT_MS })
    await setClock(-26)
    await page.getByTestId('wall-notices').getByText('set back by 1 d 2 h').waitFor({ timeout: WAIT_MS })
    await isKnown(page)
    expect(await page.locator('body[data-was-banded]').count()).toBe(0)
    // The server's time, and at most a minute or two later by now.
    const minutes = (text: string | null) => Number(text!.slice(0, 2)) * 60 + Number(text!.slice(3))
    const passed = minutes(await page.getByTestId('wall-clock').textContent()) - minutes(clock)
    expect((passed + 1440) % 1440).toBeLessThan(10)

    relay.cut()
    // As if no time had passed since the last beat.
    await setClock(-1)
    await band(page, 'link').waitFor({ timeout: WAIT_MS })
    await expectBlind(page)
    relay.mend()
    await isKnown(page)
    await context.close()
  },
  MINUTES,
)

test(
  'a map whose drawing surface is taken away says so and is made anew, again and again',
  async () => {
    const { page, context } = await open(wall(), { ...SIZE, as: 'viewer' })
    const map = page.getByTestId('wall-map')
    for (const round of [1, 2]) {
      await page.waitForSelector(`[data-testid=wall-map][data-maps="${round}"][data-settled]`, {
        timeout: WAIT_MS,
      })
      await map.locator('canvas').evaluate((canvas) => {
        const context = (canvas as HTMLCanvasElement).getContext('webgl2')
        context?.getExtension('WEBGL_lose_context')?.loseContext()
      })
      await page.getByText('The map lost its picture and is being rebuilt').waitFor()
    }
    await page.waitForSelector('[data-testid=wall-map][data-maps="3"][data-settled]', { timeout: WAIT_MS })
    await page.getByTestId('wall-map-trouble').waitFor({ state: 'detached' })
    expect(await map.locator('canvas').count()).toBe(1)
    await context.close()
  },
  MINUTES,
)

test(
  'a revoked token is said plainly in the place of all data, and another one brings the wall back',
  async () => {
    const kiosk = async (name: string) => {
      const answer = await askServer(`${server.url}/api/v1/tokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name, kind: 'kiosk', everywhere: true, area: [] }),
      })
      expect(answer.status, await answer.clone().text()).toBe(201)
      return (await answer.json()) as { token: { id: number }; secret: string }
    }
    const first = await kiosk('Lobby')
    const { page, context } = await open(wall('&name=lobby'), { ...SIZE, as: 'nobody' })
    await page.getByText('This wall has not been admitted yet').waitFor()
    await page.getByTestId('wall-token').fill(first.secret)
    await page.keyboard.press('Enter')
    await isKnown(page)

    const beganMs = performance.now()
    await askServer(`${server.url}/api/v1/tokens/${first.token.id}`, { method: 'DELETE' })
    const refused = page.getByTestId('wall-refused')
    await refused.waitFor({ timeout: WAIT_MS })
    console.log(`wall, token revoked: said after ${since(beganMs)} (beat ${BEAT_SECONDS} s)`)
    expect(await refused.textContent()).toMatch(/not admitted any more.*kiosk token under Settings/)
    expect(await page.getByTestId('wall').count()).toBe(0)
    expect(await page.getByTestId('wall-alarm').count()).toBe(0)

    await page.getByTestId('wall-token').fill('gw_wrong')
    await page.keyboard.press('Enter')
    await page.getByText('This token is wrong or not good any more.').waitFor()
    await page.getByTestId('wall-token').fill((await kiosk('Lobby again')).secret)
    await page.keyboard.press('Enter')
    await isKnown(page)
    await context.close()
  },
  MINUTES,
)
