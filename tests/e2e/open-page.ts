import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import type { PersonRole } from '../../geodata/access/people.schema.ts'

/** Software GL: a small window keeps a frame at tens of milliseconds. */
const VIEWPORT = { width: 1000, height: 620 }
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

export interface Opened {
  page: Page
  context: BrowserContext
  /** Console errors and uncaught exceptions so far. */
  errors: string[]
  /** Addresses of all requests so far. */
  requests: string[]
}

/** A browser for the file's tests and a way to open pages that remember what went wrong. */
export function openPages() {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS })
  })
  afterAll(() => browser?.close())

  return async function open(
    address: string,
    options: { width?: number; height?: number; locale?: string; as?: PersonRole | 'nobody' } = {},
  ): Promise<Opened> {
    const context = await browser.newContext({
      viewport: { width: options.width ?? VIEWPORT.width, height: options.height ?? VIEWPORT.height },
      locale: options.locale ?? 'zh-CN',
      reducedMotion: 'reduce',
    })
    const { as = 'administrator' } = options
    if (as !== 'nobody') await signIn(context, address, as)
    const page = await context.newPage()
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

/** By demo mode, which the servers of the tests are in. */
async function signIn(context: BrowserContext, address: string, role: PersonRole): Promise<void> {
  const url = new URL('/api/v1/session/demo', address).href
  const answer = await context.request.post(url, { data: { role } })
  if (!answer.ok()) throw new Error(`Nobody could sign in: ${answer.status()} ${await answer.text()}`)
}

/** Waits until the map has drawn everything it was asked for, and stays so for a moment. */
export async function settled(page: Page): Promise<void> {
  const settle = () => page.waitForSelector('[data-testid=map][data-settled]', { timeout: 60_000 })
  await settle()
  await page.waitForTimeout(700)
  await settle()
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
