import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { TOKENS } from '../../client/ui/tokens.ts'
import { demoUrl } from './demo-url.ts'
import { beAt, handOut, PHONE } from './field-rounds.ts'
import { openPages } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const FIELD = () => `${demoUrl()}/field?lang=en&theme=dark`

/** Marks and buttons have the same colours as what lies on the map. */
const WITHOUT_MARKS = '.gw-field-mark { visibility: hidden }'

/** How much of a picture has exactly this colour, pixels. */
function pixelsOf(page: Page, picture: Buffer, colour: string): Promise<number> {
  return page.evaluate(
    async ([base64, colour]) => {
      const bytes = Uint8Array.from(atob(base64!), (letter) => letter.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
      context.drawImage(bitmap, 0, 0)
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
      const wanted = [1, 3, 5].map((at) => Number.parseInt(colour!.slice(at, at + 2), 16))
      let found = 0
      for (let at = 0; at < data.length; at += 4)
        if (wanted.every((value, part) => data[at + part] === value)) found++
      return found
    },
    [picture.toString('base64'), colour] as const,
  )
}
const drawn = async (page: Page, colour: string) => {
  await page.waitForSelector('[data-testid=field-map][data-settled]')
  return pixelsOf(page, await page.getByTestId('field-map').screenshot({ style: WITHOUT_MARKS }), colour)
}

test('the map opens for the first time without a network, after a reload, with the way, the stops, the streets and where one is', async () => {
  const { page, context, errors } = await open(FIELD(), { as: 'officer', ...PHONE })
  const { sites, stops } = await handOut(context.request, 'E2E a map')
  const first = sites[0]!.geometry.coordinates
  await beAt(context, first)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  const around = page.waitForResponse('**/around?plan=*')
  await page.reload()
  await around
  await page.getByTestId('field-begin').click()
  await page.waitForSelector('[data-testid=field-duty][data-state=on]')
  expect(await page.getByTestId('field-map').count()).toBe(0)

  await context.setOffline(true)
  await page.reload()
  await page.waitForSelector('[data-testid=field-duty][data-state=on]')
  await page.getByTestId('field-map-toggle').press('Enter')
  const marks = page.getByTestId('field-map-stop')
  await expect.poll(() => marks.count()).toBe(3)
  const states = () => marks.evaluateAll((all) => all.map((mark) => mark.getAttribute('data-state')))
  expect(await states()).toEqual(['open', 'open', 'open'])
  // A map that is opened is in sight.
  const canvas = (await page.getByTestId('field-map').boundingBox())!
  expect(canvas.y + canvas.height).toBeLessThanOrEqual(PHONE.height)
  const { accent, buildingFill, roadMain, roadMinor } = TOKENS.dark
  await expect.poll(() => drawn(page, accent)).toBeGreaterThan(50)
  const streets = (await drawn(page, roadMain)) + (await drawn(page, roadMinor))
  expect(streets).toBeGreaterThan(50)
  expect(await drawn(page, buildingFill)).toBeGreaterThan(50)
  await page.getByTestId('field-map-here').waitFor()
  expect(await graveViolations(page)).toEqual([])

  // The next stop is chosen on the map as in the list.
  await marks.nth(1).press('Enter')
  await page.waitForSelector(`[data-testid=field-next][data-stop="${stops[1]!.id}"]`)
  await expect.poll(() => marks.nth(1).getAttribute('aria-current')).toBe('true')
  await marks.nth(0).press('Enter')
  await page.getByTestId('field-check-in').click()
  await expect.poll(states).toEqual(['here', 'open', 'open'])
  await page.getByTestId('field-leave').click()
  await expect.poll(states).toEqual(['sent', 'open', 'open'])

  // What was walked is drawn, and is still there when the page comes back, open as it was left.
  for (const metres of [0, 60, 120, 180, 240]) await beAt(context, first, metres)
  await expect.poll(() => drawn(page, TOKENS.dark.done)).toBeGreaterThan(10)
  await page.reload()
  await expect.poll(() => marks.count()).toBe(3)
  await expect.poll(() => drawn(page, TOKENS.dark.done)).toBeGreaterThan(10)

  const me = page.getByTestId('field-map-me')
  await me.click()
  await expect.poll(() => me.getAttribute('aria-pressed')).toBe('true')
  const heading = page.getByTestId('field-map-heading')
  await heading.click()
  await page.getByText('The phone tells no direction').waitFor()
  await page.evaluate(() =>
    dispatchEvent(new DeviceOrientationEvent('deviceorientationabsolute', { alpha: 270, absolute: true })),
  )
  await page.getByText('The phone tells no direction').waitFor({ state: 'detached' })
  // East is up: what lies north of them is on the left.
  const boxOf = async (index: number) => (await marks.nth(index).boundingBox())!
  await expect
    .poll(async () => {
      const here = (await page.getByTestId('field-map-here').boundingBox())!
      return (await boxOf(0)).x - here.x
    })
    .toBeGreaterThan(20)
  const { x, y } = (await page.getByTestId('field-map').boundingBox())!
  await page.mouse.move(x + 80, y + 200)
  await page.mouse.down()
  await page.mouse.move(x + 140, y + 220, { steps: 5 })
  await page.mouse.up()
  await expect.poll(() => me.getAttribute('aria-pressed')).toBe('false')

  await context.setOffline(false)
  await page.getByTestId('field-end').click()
  await page.waitForSelector('[data-testid=field-duty][data-state=off]')
  // Off duty the phone shows neither where they are nor where they were.
  await page.getByTestId('field-map-here').waitFor({ state: 'detached' })
  await expect.poll(() => drawn(page, TOKENS.dark.done)).toBe(0)
  await page.getByTestId('field-map-toggle').click()
  expect(await page.getByTestId('field-map').count()).toBe(0)
  expect(errors.filter((error) => !error.startsWith('Failed to load resource'))).toEqual([])
  await context.close()
})

test('a browser that cannot draw a map says so, and the round goes on by its list', async () => {
  const { page, context } = await open(FIELD(), { as: 'officer', ...PHONE })
  const { sites } = await handOut(context.request, 'E2E no map')
  await beAt(context, sites[0]!.geometry.coordinates)
  await page.addInitScript(() => {
    const before = HTMLCanvasElement.prototype.getContext
    HTMLCanvasElement.prototype.getContext = function (this: HTMLCanvasElement, kind: string, ...more: []) {
      return kind.startsWith('webgl') ? null : Reflect.apply(before, this, [kind, ...more])
    } as typeof before
  })
  await page.reload()
  await page.getByTestId('field-begin').click()
  await page.getByTestId('field-map-toggle').click()
  await page.getByTestId('field-map-fault').waitFor()
  await expect.poll(() => page.getByTestId('field-map-fault').textContent()).toContain('WebGL')
  await page.getByTestId('field-check-in').click()
  await page.getByTestId('field-leave').click()
  await expect
    .poll(() => page.getByTestId('field-stop').first().getAttribute('data-state'))
    .toMatch(/sent|visited/)
  await page.getByTestId('field-end').click()
  await page.waitForSelector('[data-testid=field-duty][data-state=off]')
  await context.close()
})
