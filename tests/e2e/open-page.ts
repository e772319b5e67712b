import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterEach } from 'vitest'
import type { PersonRole } from '../../geodata/access/people.schema.ts'
import { unanswered } from './unanswered.ts'

/** Software GL: a small window keeps a frame at tens of milliseconds. */
const VIEWPORT = { width: 1000, height: 620 }
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  // The panels are painted without GL, which is software here: a quarter off the time of a page.
  '--disable-gpu-compositing',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]
/** What takes a second alone takes many of them beside other work. */
const WAIT_MS = 60_000
/** The page writes the camera into its address and clusters points this long after the map came to rest, at most. */
const REST_MS = 300
const REST_FRAMES = 6

export interface Opened {
  page: Page
  /** For one person; closing it closes the pages and forgets what they stored. */
  context: BrowserContext
  /** Console errors and uncaught exceptions so far. */
  errors: string[]
  /** Addresses of all requests so far. */
  requests: string[]
}

// One browser for all files that a worker runs; it ends with the process.
let browser: Promise<Browser> | undefined
/** Contexts that are empty but for the browser's cache, by locale: scripts, fonts and their compiled code stay. */
const spare = new Map<string, BrowserContext[]>()

/** A way to open pages that remember what went wrong; what a failed test leaves open is closed. */
export function openPages() {
  const inUse = new Set<BrowserContext>()
  afterEach(async () => {
    for (const context of inUse) await context.close()
  })

  return async function open(
    address: string,
    options: { width?: number; height?: number; locale?: string; as?: PersonRole | 'nobody' } = {},
  ): Promise<Opened> {
    const {
      as = 'administrator',
      locale = 'zh-CN',
      width = VIEWPORT.width,
      height = VIEWPORT.height,
    } = options
    const context = spare.get(locale)?.pop() ?? (await newContext(locale))
    inUse.add(context)
    context.close = async () => {
      if (!inUse.delete(context)) return
      await empty(context)
      spare.set(locale, [...(spare.get(locale) ?? []), context])
    }
    if (as !== 'nobody') await signIn(context, address, as)
    const page = await context.newPage()
    await page.setViewportSize({ width, height })
    await forget(context, page, address)
    const errors: string[] = []
    const requests: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text())
    })
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('request', (request) => requests.push(request.url()))
    await page.goto(address)
    return { page, context, errors, requests }
  }
}

async function newContext(locale: string): Promise<BrowserContext> {
  browser ??= chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  const context = await (await browser).newContext({ viewport: VIEWPORT, locale, reducedMotion: 'reduce' })
  context.on('page', unanswered)
  context.setDefaultTimeout(WAIT_MS)
  return context
}

async function empty(context: BrowserContext): Promise<void> {
  for (const page of context.pages()) await page.close()
  await context.unrouteAll({ behavior: 'ignoreErrors' })
  await context.setOffline(false)
  await context.setGeolocation(null)
  await context.clearPermissions()
  await context.clearCookies()
}

/** Drafts, bookmarks and settings of whoever had this context before. */
async function forget(context: BrowserContext, page: Page, address: string): Promise<void> {
  const devtools = await context.newCDPSession(page)
  const storageTypes = 'local_storage,indexeddb,cache_storage,service_workers'
  await devtools.send('Storage.clearDataForOrigin', { origin: new URL(address).origin, storageTypes })
  await devtools.detach()
}

/** By demo mode, which the servers of the tests are in. */
async function signIn(context: BrowserContext, address: string, role: PersonRole): Promise<void> {
  const url = new URL('/api/v1/session/demo', address).href
  const answer = await context.request.post(url, { data: { role } })
  if (!answer.ok()) throw new Error(`Nobody could sign in: ${answer.status()} ${await answer.text()}`)
}

/** Waits until the map has drawn all that it was asked for, everything asked has come, and both stay so for a moment. */
export async function settled(page: Page): Promise<void> {
  const waiting = unanswered(page)
  for (let calm = false; !calm; ) {
    await page.waitForSelector('[data-testid=map][data-settled]', { timeout: 60_000 })
    await waiting.none()
    calm = (await page.evaluate(stays, [REST_MS, REST_FRAMES] as const)) && waiting.count() === 0
  }
}

/** In the page: counted in frames as well, since on a busy machine less happens in a moment. */
async function stays([milliseconds, frames]: readonly [number, number]): Promise<boolean> {
  const began = performance.now()
  for (let drawn = 0; drawn < frames || performance.now() - began < milliseconds; drawn++) {
    await new Promise(requestAnimationFrame)
    if (!document.querySelector('[data-testid=map][data-settled]')) return false
  }
  return true
}

/** The picture between the panels, as PNG. */
export async function mapPicture(page: Page): Promise<Buffer> {
  // No tooltip and no hovered cell.
  await page.mouse.move(0, 0)
  await settled(page)
  const box = await page.locator('[data-testid=map]').boundingBox()
  const clip = { x: box!.x + 420, y: box!.y + 60, width: box!.width - 480, height: box!.height - 140 }
  return page.screenshot({ clip })
}

/** Share of the pixels that differ clearly between two pictures of one size, 0–1. Decoded by the browser itself. */
export function differingShare(page: Page, first: Buffer, second: Buffer): Promise<number> {
  return page.evaluate(
    async ([a, b]) => {
      const pixels = async (base64: string) => {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
        context.drawImage(bitmap, 0, 0)
        return context.getImageData(0, 0, bitmap.width, bitmap.height).data
      }
      const [one, two] = [await pixels(a!), await pixels(b!)]
      let differing = 0
      for (let at = 0; at < one.length; at += 4) {
        const change =
          Math.abs(one[at]! - two[at]!) +
          Math.abs(one[at + 1]! - two[at + 1]!) +
          Math.abs(one[at + 2]! - two[at + 2]!)
        if (change > 24) differing++
      }
      return differing / (one.length / 4)
    },
    [first.toString('base64'), second.toString('base64')],
  )
}
