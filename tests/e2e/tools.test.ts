import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { type Opened, openPages, settled } from './open-page.ts'

const open = openPages()
const demo = (query: string) => `${demoUrl()}/${query}`
const FOLDED = 'lang=en&theme=light&fold=layers,place'

/** A small view in the middle of the demo area. */
async function view(): Promise<{ lng: number; lat: number; map: string }> {
  const { bbox } = (await (await askServer(demo('api/v1/workspace'))).json()) as {
    bbox: [number, number, number, number]
  }
  const [lng, lat] = [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2]
  return { lng, lat, map: `map=16/${lat.toFixed(6)}/${lng.toFixed(6)}` }
}
const query = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)
const canvas = (page: Page) => page.locator('canvas.maplibregl-canvas').first()
const allowClipboard = ({ context }: Opened) =>
  context.grantPermissions(['clipboard-read', 'clipboard-write'])
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText())

test('a distance clicked and an area taken back one point stand in the link that shows them again', async () => {
  const { map } = await view()
  const { page, context, errors } = await open(demo(`?${FOLDED}&${map}`))
  await settled(page)
  await page.getByTestId('tool-measure').click()
  const figure = page.getByTestId('measure-figure')
  await figure.waitFor({ state: 'attached' })
  await page.mouse.click(500, 200)
  await page.mouse.click(700, 200)
  await page.waitForTimeout(400)
  await page.mouse.move(700, 400)
  await page.locator('.gw-measure-label').getByText(' m').waitFor()
  await page.mouse.click(700, 400)
  // 400 CSS pixels at zoom 16 on this latitude.
  const metres = Number((await figure.textContent())!.match(/^(\d+) m/)![1])
  const { lat } = await view()
  const expected = (400 * 40_075_016.686 * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** 16)
  expect(Math.abs(metres / expected - 1)).toBeLessThan(0.01)

  await page.getByTestId('measure').getByText('Area', { exact: true }).click()
  await figure.getByText('Perimeter').waitFor()
  await canvas(page).focus()
  await page.keyboard.press('Backspace')
  await page.waitForFunction(() => new URL(location.href).searchParams.get('with')?.split(';').length === 2)
  await page.mouse.click(600, 420)
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => new URL(location.href).searchParams.get('with')?.split(';').length === 3)
  const said = await figure.textContent()
  const link = page.url()
  expect(query(page, 'tool')).toBe('measure')
  const again = await open(link)
  await again.page.getByTestId('measure-figure').getByText(said!.split('Perimeter')[0]!).waitFor()
  await again.context.close()
  await page.keyboard.press('Escape')
  await page.getByTestId('measure').waitFor({ state: 'detached' })
  // With the tool gone, a click chooses again.
  expect(query(page, 'with')).toBeNull()
  expect(errors).toEqual([])
  await context.close()
})

test('by the keyboard alone: arrows move the cross, Enter adds its place, coordinates can be typed', async () => {
  const { map, lng, lat } = await view()
  const { page, context } = await open(demo(`?${FOLDED}&${map}`))
  await settled(page)
  await page.keyboard.press('m')
  await page.getByTestId('measure').waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.press('ArrowRight')
  await settled(page)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => new URL(location.href).searchParams.get('with')?.includes(';'))
  await page.getByTestId('coordinates').focus()
  await page.keyboard.insertText(`${lat}，${lng}`)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => new URL(location.href).searchParams.get('with')?.split(';').length === 3)
  const [, points] = query(page, 'with')!.split('/')
  const last = points!.split(';').at(-1)!.split(',').map(Number)
  expect(last[0]).toBeCloseTo(lng, 6)
  expect(last[1]).toBeCloseTo(lat, 6)
  // Numbers of a projected system are told to be such, and the system is offered.
  await page.getByTestId('coordinates').fill('40559043.89, 3466475.43')
  await page.getByRole('button', { name: /zone 40/ }).click()
  await page.getByRole('button', { name: 'Add this point' }).click()
  await page.waitForFunction(() => new URL(location.href).searchParams.get('with')?.split(';').length === 4)
  await context.close()
})

test('the coordinates under the pointer are copied by c, in the system that was chosen', async () => {
  const { map, lng, lat } = await view()
  const opened = await open(demo(`?${FOLDED}&${map}`))
  const { page, context } = opened
  await allowClipboard(opened)
  await settled(page)
  await page.getByTestId('readout').waitFor()
  await page.mouse.move(500, 310)
  await page.waitForTimeout(300)
  await page.keyboard.press('c')
  await expect.poll(() => clipboard(page)).toMatch(/^\d+\.\d{7}, \d+\.\d{7}$/)
  const [east, north] = (await clipboard(page)).split(', ').map(Number)
  expect(Math.hypot(east! - lng, north! - lat)).toBeLessThan(0.004)
  await page.getByTestId('readout-crs').click()
  await page.getByRole('menuitem', { name: /Amap/ }).click()
  await page.waitForFunction(() =>
    /GCJ-02/.test(document.querySelector('[data-testid=readout-crs]')!.textContent!),
  )
  await page.getByTestId('readout').getByRole('button', { name: /Copy/ }).click()
  await expect.poll(() => clipboard(page)).toMatch(/^\d+\.\d{6}, \d+\.\d{6}$/)
  const [shifted] = (await clipboard(page)).split(', ').map(Number)
  expect(Math.abs(shifted! - east!)).toBeGreaterThan(0.001)
  await context.close()
})

test('pasted coordinates are marked before the map goes there; a refused position says what to do', async () => {
  const { map, lng, lat } = await view()
  const { page, context } = await open(demo(`?${FOLDED}&${map}&tool=goto`))
  await settled(page)
  await page.getByTestId('coordinates').fill('31.9, 118.8')
  await page.getByTestId('goto-place').getByText('Not in this area').waitFor()
  expect(query(page, 'map')).toMatch(/^16\//)
  await page.getByTestId('coordinates').fill(`${lng + 0.001} ${lat}`)
  await page.getByRole('button', { name: 'Go there' }).click()
  await page.waitForFunction(() => new URL(location.href).searchParams.get('map')?.startsWith('17.5/'))
  expect(Number(query(page, 'map')!.split('/')[2])).toBeCloseTo(lng + 0.001, 3)

  await canvas(page).focus()
  await page.keyboard.press('l')
  await page.getByTestId('locate-state').getByText('Access to the position was refused').waitFor()
  await context.grantPermissions(['geolocation'])
  await context.setGeolocation({ longitude: lng, latitude: lat, accuracy: 40 })
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByTestId('locate-state').getByText('Within about 40.0 m').waitFor()
  await context.close()
})

test('a bookmark is kept, gone to by its key, deleted and taken back', async () => {
  const { map, lng, lat } = await view()
  const { page, context } = await open(demo(`?${FOLDED}&${map}&tool=bookmarks`))
  await settled(page)
  const add = async (name: string) => {
    await page.getByTestId('bookmark-name').fill(name)
    await page.keyboard.press('Enter')
    await page.getByTestId('bookmark').filter({ hasText: name }).waitFor()
  }
  await add('East gate')
  await page.goto(demo(`?${FOLDED}&map=18/${lat.toFixed(6)}/${(lng + 0.001).toFixed(6)}&tool=bookmarks`))
  await settled(page)
  await add('River')
  await page.getByRole('button', { name: 'Move “River” up' }).click()
  await expect
    .poll(() => page.getByTestId('bookmark').allTextContents())
    .toEqual(['B 1River', 'B 2East gate'])
  await canvas(page).focus()
  await page.keyboard.press('b')
  await page.keyboard.press('2')
  await page.waitForFunction(() => new URL(location.href).searchParams.get('map')?.startsWith('16/'))
  await page.getByRole('button', { name: 'Delete “River”' }).click()
  await expect.poll(() => page.getByTestId('bookmark').count()).toBe(1)
  await page.getByTestId('toast-undo').click()
  await page.getByTestId('bookmark').nth(1).waitFor()
  await expect
    .poll(() => page.getByTestId('bookmark').allTextContents())
    .toEqual(['B 1River', 'B 2East gate'])
  await context.close()
})

test('the picture has the size asked for, a good name and a map that is not blank', async () => {
  const { map } = await view()
  const { page, context, errors } = await open(demo(`?${FOLDED}&${map}&tool=picture`))
  await settled(page)
  const save = async () => {
    const download = page.waitForEvent('download', { timeout: 90_000 })
    await page.getByTestId('picture-save').click()
    const file = await download
    const bytes = await readFile(await file.path())
    return { name: file.suggestedFilename(), bytes, size: await sharp(bytes).metadata() }
  }
  const large = await save()
  expect(large.name).toMatch(/^Grid-map-\d{8}-\d{4}@2x\.png$/)
  await page.getByText('1×', { exact: true }).click()
  const small = await save()
  expect(small.name).toMatch(/^Grid-map-\d{8}-\d{4}\.png$/)
  expect(large.size.width).toBe(small.size.width! * 2)
  await page.getByTestId('picture-legend').click()
  const plain = await save()
  expect(plain.size.width).toBeLessThan(small.size.width! - 150)

  const { channels, entropy } = await sharp(plain.bytes).stats()
  expect(entropy).toBeGreaterThan(1)
  expect(channels[0]!.stdev).toBeGreaterThan(4)
  expect(errors).toEqual([])
  await context.close()
})

test('another page of this origin may frame the read-only map, which hears of edits; other origins may not', async () => {
  const { map } = await view()
  const address = `${demoUrl()}/api/v1/communities`
  const [community] = (
    (await (await askServer(`${address}?limit=1`)).json()) as {
      features: { id: number; version: number; properties: { code: string; name: string } }[]
    }
  ).features
  const embed = demo(`?embed=1&${FOLDED}&${map}&at=${community!.properties.code}&layers=communities,grids`)
  expect((await askServer(embed)).headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
  expect((await askServer(demo(''))).headers.get('content-security-policy')).toContain(
    "frame-ancestors 'none'",
  )

  const { page, context, errors } = await open(embed)
  await settled(page)
  const title = page.getByTestId('embed-title')
  await title.getByText(community!.properties.name).waitFor()
  await page.getByText('Internal use, no map review number').waitFor()
  for (const absent of ['.gw-panel', '.gw-rail', '.gw-tools', '[data-testid=readout]'])
    expect(await page.locator(absent).count(), absent).toBe(0)
  const back = new URL((await page.getByTestId('embed-open').getAttribute('href'))!)
  expect(back.searchParams.has('embed')).toBe(false)
  expect(back.searchParams.get('layers')).toBe('communities,grids')

  const rename = async (name: string) => {
    const { version } = (await (await askServer(`${address}/${community!.id}`)).json()) as { version: number }
    const answer = await askServer(`${address}/${community!.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json', 'if-match': `"${version}"` },
      body: JSON.stringify({ properties: { name } }),
    })
    expect(answer.status, await answer.text()).toBe(200)
  }
  await rename('Renamed for the embed')
  try {
    await title.getByText('Renamed for the embed').waitFor()
  } finally {
    await rename(community!.properties.name)
  }
  await page.evaluate((address) => {
    const frame = document.createElement('iframe')
    frame.src = address
    document.body.append(frame)
  }, embed)
  await page.frameLocator('iframe').getByTestId('embed-title').waitFor()
  expect(errors).toEqual([])
  await context.close()

  const stranger = createServer((_, answer) => {
    answer.setHeader('content-type', 'text/html')
    answer.end(`<iframe src="${embed.replaceAll('&', '&amp;')}"></iframe>`)
  })
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve))
  try {
    const framed = await open(`http://localhost:${(stranger.address() as AddressInfo).port}/`)
    await expect.poll(() => framed.errors.join()).toMatch(/frame-ancestors|refused to connect|violates/)
    await framed.context.close()
  } finally {
    stranger.close()
  }
})
