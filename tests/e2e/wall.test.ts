import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { STANDARD_LAYOUT } from '../../geodata/walls/layout.schema.ts'
import type { WallPicture } from '../../geodata/walls/picture.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { openPages } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const wall = (query: string) => `${demoUrl()}/wall?beat=0.5${query}`
const SIZE = { width: 1280, height: 720 }

const ask = (path: string, method: string, body?: object) =>
  askServer(`${demoUrl()}/api/v1/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
const picture = async () => (await (await ask('walls/picture', 'GET')).json()) as WallPicture

/**
 * A wall whose browser cannot draw maps, which wall-faults.test.ts looks at: here the processor would draw three screens
 * of them. All the rest has to be there as ever.
 */
async function openWithoutMap(address: string, as: 'supervisor' | 'viewer') {
  const opened = await open(`${demoUrl()}/healthz`, { ...SIZE, as })
  await opened.page.addInitScript(() => {
    const { getContext } = HTMLCanvasElement.prototype
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, how?: object) {
      return kind.startsWith('webgl') ? null : getContext.call(this, kind, how)
    } as typeof getContext
  })
  await opened.page.goto(address)
  return opened
}

/** Screens as they hang: the diagonal of all panels together. */
const SCREENS = [
  { width: 1920, height: 1080, diagonalInches: 55, distanceMetres: 2.5, name: '1080p' },
  { width: 3840, height: 2160, diagonalInches: 85, distanceMetres: 4, name: '4K' },
  { width: 5760, height: 1080, diagonalInches: 144, distanceMetres: 4, name: 'three side by side' },
]

interface Smallest {
  /** Of the letter H, as the browser draws it, page pixels. */
  capPixels: number
  text: string
}

/** In the page: every text that is drawn, and how high its capitals are in the font that draws them. */
function smallestCapital(): Smallest {
  const context = new OffscreenCanvas(10, 10).getContext('2d')!
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  let smallest: Smallest = { capPixels: Number.POSITIVE_INFINITY, text: '' }
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const text = node.textContent?.trim()
    const element = node.parentElement
    if (!text || !element?.checkVisibility()) continue
    // Not the shorthand: it is empty where figures are set in columns.
    const { fontWeight, fontSize, fontFamily } = getComputedStyle(element)
    // Large, since what is measured is rounded to the pixels of the drawing.
    context.font = `${fontWeight} 1000px ${fontFamily}`
    const capPixels = (context.measureText('H').actualBoundingBoxAscent / 1000) * Number.parseFloat(fontSize)
    if (capPixels < smallest.capPixels) smallest = { capPixels, text }
  }
  return smallest
}

const isCut = (page: Page) =>
  page.evaluate(() =>
    [
      ...document.querySelectorAll(
        '.gw-wall-figure dt, .gw-wall-figure dd, .gw-wall-clock, .gw-wall-alarms h2',
      ),
    ]
      .filter((element) => {
        const { right, bottom } = element.getBoundingClientRect()
        return right > innerWidth || bottom > innerHeight || element.scrollWidth > element.clientWidth + 1
      })
      .map((element) => element.textContent),
  )

test('the smallest type is 20 minutes of arc high at each screen’s distance, measured as it is drawn', async () => {
  const stored: { id: number; version: number }[] = []
  const { page, context } = await openWithoutMap(wall('&lang=zh'), 'viewer')
  for (const { width, height, name, diagonalInches, distanceMetres } of SCREENS) {
    const viewing = { diagonalInches, distanceMetres, widthPixels: null }
    const made = await ask('walls/layouts', 'POST', { ...STANDARD_LAYOUT, name, screen: viewing })
    expect(made.status, await made.clone().text()).toBe(201)
    stored.push(await made.json())
    await page.setViewportSize({ width, height })
    await page.goto(wall(`&lang=zh&layout=${encodeURIComponent(name)}`))
    await page.getByTestId('wall-alarms').waitFor()
    await page.getByTestId('wall-figure-overdue').waitFor()
    await page.getByTestId('wall-map-trouble').last().waitFor()
    await page.evaluate(() => document.fonts.ready)

    const { capPixels, text } = await page.evaluate(smallestCapital)
    const screenPixels = await page.evaluate(() => ({ width: screen.width, height: screen.height }))
    expect(screenPixels).toEqual({ width, height })
    const millimetres = (capPixels * diagonalInches * 25.4) / Math.hypot(width, height)
    const arcMinutes = (2 * Math.atan(millimetres / (2000 * distanceMetres)) * 180 * 60) / Math.PI
    console.log(`wall, ${name}: “${text}” is ${capPixels.toFixed(1)} px high, ${arcMinutes.toFixed(2)}′`)
    expect(arcMinutes).toBeGreaterThanOrEqual(20)
    expect(await isCut(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)

    // All five standard figures have room.
    expect(await page.locator('.gw-wall-figure').count(), name).toBe(STANDARD_LAYOUT.figures.length)

    // Each source stands there or is counted.
    const sources = await page.locator('.gw-wall-sources ul').evaluate((list) => {
      const { bottom } = list.getBoundingClientRect()
      const each = [...list.children].map((source) => source.getBoundingClientRect().bottom <= bottom + 1)
      return { shown: each.filter(Boolean).length, all: each.length }
    })
    const more = page.getByTestId('wall-sources-more')
    const counted = (await more.count()) > 0 ? Number(await more.textContent()) : 0
    expect(sources.shown + counted, name).toBe(sources.all)

    const maps = await page.locator('.gw-wall-map').count()
    const columns = await page
      .locator('.gw-wall-alarms ul')
      .evaluate((list) => getComputedStyle(list).gridTemplateColumns.split(' ').length)
    // An ultra-wide wall has a second map and, where there is more than one alarm, more columns; nothing is stretched.
    const isWide = width / height > 3
    const alarms = await page.getByTestId('wall-alarm').count()
    expect([maps, columns > 1], name).toEqual(isWide ? [2, alarms > 1] : [1, false])
    const scaled = await page.evaluate(() =>
      [...document.querySelectorAll('.gw-wall, .gw-wall-head, .gw-wall-body')].map(
        (element) => getComputedStyle(element).transform,
      ),
    )
    expect(new Set(scaled)).toEqual(new Set(['none']))
  }
  for (const { id, version } of stored)
    await askServer(`${demoUrl()}/api/v1/walls/layouts/${id}`, {
      method: 'DELETE',
      headers: { 'if-match': `"${version}"` },
    })
  await context.close()
})

test('an alarm is chosen, acknowledged, shelved and taken off the shelf by keyboard alone, for every wall', async () => {
  const { page, context } = await openWithoutMap(wall('&lang=en&theme=light'), 'supervisor')
  const row = page.getByTestId('wall-alarm').first()
  await row.waitFor()
  const before = await picture()
  const [first] = before.alarms.alarms
  expect(first?.state).toBe('new')
  await page.keyboard.press('ArrowDown')
  await page.waitForSelector(`[data-key="${first?.key}"][aria-pressed=true]`)
  expect(await graveViolations(page)).toEqual([])
  await page.getByTestId('wall-acknowledge').waitFor()
  await page.keyboard.press('a')
  await page.getByText(`Acknowledged: ${first?.title}`).waitFor()
  const stateNow = async () => (await picture()).alarms.alarms.find(({ key }) => key === first?.key)?.state
  expect(await stateNow()).toBe('acknowledged')
  await page.keyboard.press('z')
  await page.getByText(/^To be answered again/).waitFor()
  expect(await stateNow()).toBe('new')

  await page.keyboard.press('s')
  await page.getByText('Shelve for how long?').waitFor()
  await page.keyboard.press('1')
  await page.getByText(/^Shelved until \d\d:\d\d/).waitFor()
  await expect.poll(() => page.locator(`[data-key="${first?.key}"]`).count()).toBe(0)
  const shelved = (await picture()).alarms
  expect(shelved.shelved.map(({ key }) => key)).toContain(first?.key)
  expect(shelved.alarms.map(({ key }) => key)).not.toContain(first?.key)
  await page.keyboard.press('h')
  await page.waitForSelector(`[data-key="${first?.key}"]`)
  await page.keyboard.press('ArrowDown')
  await page.waitForSelector(`[data-key="${first?.key}"][aria-pressed=true]`)
  await page.keyboard.press('u')
  await page.getByText(/^To be answered again/).waitFor()
  expect((await picture()).alarms.shelved).toEqual(before.alarms.shelved)
  await context.close()
})

test('a viewer’s wall offers no answer to an alarm, and its keys do nothing', async () => {
  const { page, context } = await openWithoutMap(wall('&lang=en'), 'viewer')
  await page.getByTestId('wall-alarm').first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.waitForSelector('[data-testid=wall-alarm][aria-pressed=true]')
  const before = (await picture()).alarms.counts
  await page.keyboard.press('a')
  await page.keyboard.press('s')
  expect(await page.getByTestId('wall-answers').count()).toBe(0)
  expect((await picture()).alarms.counts).toEqual(before)
  await context.close()
})

test('a page that fails shows no figure that may be old, and is itself again once it is given a sound picture', async () => {
  const { page, context } = await openWithoutMap(wall('&lang=en'), 'viewer')
  await page.getByTestId('wall-figure-overdue').waitFor()
  const pictures = /\/walls\/picture/
  await page.route(pictures, (asked) => asked.fulfill({ json: { at: new Date().toISOString(), layout: {} } }))
  await page.getByTestId('wall-broken').waitFor()
  expect(await page.getByTestId('wall').count()).toBe(0)
  await page.unroute(pictures)
  await page.getByTestId('wall-figure-overdue').waitFor()
  await context.close()
})

test('a message, a view and a reload come at once to the wall that is named, outlive its reload, and are taken back', async () => {
  const figures = [{ id: 'open', target: null }]
  const made = await ask('walls/layouts', 'POST', { ...STANDARD_LAYOUT, name: 'Only open', figures })
  expect(made.status, await made.clone().text()).toBe(201)
  const stored = await made.json()
  const lobby = await openWithoutMap(wall('&lang=en&name=lobby'), 'viewer')
  const other = await openWithoutMap(wall('&lang=en&name=yard'), 'viewer')
  await lobby.page.getByTestId('wall-figure-overdue').waitFor()
  const settings = `${demoUrl()}/?lang=en&theme=dark&work=settings&ask=walls`
  const { page, context, errors } = await open(settings, { ...SIZE, as: 'administrator' })
  await page.getByTestId('open-walls').getByText('lobby').waitFor()
  await page.getByTestId('push-form').getByLabel('To', { exact: true }).click()
  await page.getByRole('option', { name: 'lobby' }).click()
  await page.keyboard.press('Escape')

  await page.getByTestId('push-text').fill('Power is off in Yard 3')
  await page.getByTestId('push-send').press('Enter')
  const message = lobby.page.getByTestId('wall-message')
  await message.getByText('Power is off in Yard 3').waitFor()
  await page.getByTestId('push-kind').selectOption('view')
  await page.getByTestId('push-layout').selectOption('Only open')
  await page.getByTestId('push-send').press('Enter')
  await lobby.page.getByTestId('wall-figure-overdue').waitFor({ state: 'detached' })
  await lobby.page.getByTestId('wall-figure-open').waitFor()

  await lobby.page.evaluate(() => document.body.setAttribute('data-same-page', ''))
  await page.getByTestId('push-kind').selectOption('reload')
  await page.getByTestId('push-send').press('Enter')
  await lobby.page.locator('body[data-same-page]').waitFor({ state: 'detached' })
  // A wall that is loaded anew has both still, and is not loaded a second time.
  await message.getByText('Power is off in Yard 3').waitFor()
  await lobby.page.getByTestId('wall-figure-open').waitFor()
  await lobby.page.evaluate(() => document.body.setAttribute('data-same-page', ''))

  await page.getByTestId('push-kind').selectOption('clear')
  await page.getByTestId('push-send').press('Enter')
  await message.waitFor({ state: 'detached' })
  await lobby.page.getByTestId('wall-figure-overdue').waitFor()
  expect(await lobby.page.locator('body[data-same-page]').count()).toBe(1)
  expect(await other.page.getByTestId('wall-message').count()).toBe(0)
  expect(errors).toEqual([])
  await askServer(`${demoUrl()}/api/v1/walls/layouts/${stored.id}`, {
    method: 'DELETE',
    headers: { 'if-match': `"${stored.version}"` },
  })
  for (const each of [lobby.context, other.context, context]) await each.close()
})

test('a layout is made in the settings, says how large it writes, and a wall shows it', async () => {
  const { page, context, errors } = await open(`${demoUrl()}/?lang=en&theme=light&work=settings&ask=walls`, {
    ...SIZE,
    as: 'administrator',
  })
  await page.getByTestId('layout-add').click()
  await page.getByTestId('layout-name').fill('Duty room')
  await page.getByTestId('layout-role').selectOption('viewer')
  await page.getByTestId('layout-distance').fill('2')
  await page.getByTestId('layout-smallest').getByText('26 px on a screen 1920 px wide').waitFor()
  expect(await graveViolations(page)).toEqual([])
  await page.getByTestId('layout-save').click()
  await page.getByTestId('layout-row').getByText('Duty room').waitFor()
  const source = page.getByTestId('wall-sources').getByRole('listitem').filter({ hasText: 'Hotline import' })
  await page.getByTestId('source-every-hotline').fill('720')
  await source.getByRole('button', { name: 'Save' }).click()
  await source.getByText('Grey after 1 d of silence').waitFor()
  const { sources } = await (await ask('walls/sources', 'GET')).json()
  expect(sources).toContainEqual({ id: 'hotline', intervalSeconds: 43_200, isWatched: true, version: 1 })
  expect(errors).toEqual([])
  await page.goto(wall('&lang=en'))
  await page.getByTestId('wall-alarms').waitFor()
  await page.mouse.move(300, 300)
  await page.getByTestId('wall-layout').selectOption('Duty room')
  await page.waitForURL(/layout=Duty/)
  // As large as the settings say, in the pixels of this screen.
  const size = () => page.evaluate(() => Number.parseFloat(document.documentElement.style.fontSize))
  await expect.poll(size).toBeCloseTo((25.4 * 1280) / 1920, 0)
  await page.goto(`${demoUrl()}/?lang=en&theme=light&work=settings&ask=walls`)
  await page.getByTestId('layout-row').getByText('Duty room').click()
  await page.getByTestId('layout-remove').click()
  await page.getByTestId('layout-row').filter({ hasText: 'Duty room' }).waitFor({ state: 'detached' })
  await context.close()
})
