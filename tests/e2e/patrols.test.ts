import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Plan, PlanSummary } from '../../geodata/patrols/plan.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { openPages, settled } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const VIEW = 'lang=en&theme=dark&work=patrols&left=rounds&layers=roads,buildings'
const SIZE = { width: 1280, height: 720 }
const demo = (query = '') => `${demoUrl()}/?${VIEW}${query}`
const api = async <T>(path: string): Promise<T> =>
  (await (await askServer(`${demoUrl()}/api/v1/patrols/${path}`)).json()) as T
const planNamed = async (name: string) =>
  (await api<{ plans: PlanSummary[] }>('plans')).plans.find((plan) => plan.name === name)

/** Metres of the round that is drawn, once its ways along the streets have come. */
async function metres(page: Page): Promise<number> {
  await page.waitForFunction(() => !/finding the way/.test(document.body.textContent ?? ''))
  const said = (await page.getByTestId('draw-totals').locator('b').textContent())!
  const [, figure, unit] = /^([\d.]+) (k?m)$/.exec(said)!
  return Number(figure) * (unit === 'km' ? 1000 : 1)
}
const saysStops = (page: Page, count: number) =>
  page.getByTestId('draw-totals').getByText(`${count} stops`).waitFor()
const arrivals = (page: Page) => page.getByTestId('arrival').allTextContents()

async function rename(page: Page, name: string): Promise<void> {
  await page.getByTestId('plan-name').fill(name)
  await page.getByTestId('plan-name').blur()
}

test('a round drawn by mouse follows the streets, survives a reload, is saved and handed out', async () => {
  const { page, context, errors } = await open(demo('&tool=round'), SIZE)
  await settled(page)
  await saysStops(page, 0)
  await page.mouse.click(700, 560)
  await saysStops(page, 1)
  await page.mouse.click(620, 640)
  await saysStops(page, 2)
  const two = await metres(page)
  expect(two).toBeGreaterThan(20)
  await page.keyboard.down('Alt')
  await page.mouse.click(840, 640)
  await page.keyboard.up('Alt')
  await saysStops(page, 3)
  const three = await metres(page)
  expect(three).toBeGreaterThan(two)
  await page.getByTestId('stop').nth(2).getByText('off the streets').waitFor()
  // Dragged further away, and back by the key.
  await page.mouse.move(840, 640)
  await page.mouse.down()
  await page.mouse.move(880, 600, { steps: 4 })
  await page.mouse.up()
  await expect.poll(() => metres(page)).not.toBe(three)
  await page.keyboard.press('Control+z')
  await expect.poll(() => metres(page)).toBe(three)
  // A site of the list is visited, with the time it takes.
  await page.getByText('Due', { exact: true }).click()
  await page.getByTestId('due-add').first().click()
  await saysStops(page, 4)
  await page.getByText(/^Rounds 1$/).click()
  await expect.poll(() => page.getByTestId('stop').count()).toBe(4)

  await rename(page, 'Drawn by mouse')
  await page.reload()
  await page.getByTestId('plan-restored').waitFor()
  await expect.poll(() => page.getByTestId('plan-name').inputValue()).toBe('Drawn by mouse')
  await expect.poll(() => page.getByTestId('stop').count()).toBe(4)
  await page.getByTestId('plan-save').click()
  await page.getByTestId('plan-state').getByText('Saved').waitFor()
  await page.getByTestId('publish').click()
  await page.getByTestId('publish-now').click()
  await page.getByTestId('plan-state').getByText('Published').waitFor()
  const { id, state, stops } = (await planNamed('Drawn by mouse'))!
  expect({ state, stops }).toEqual({ state: 'published', stops: 1 })
  const { rounds } = await api<Plan>(`plans/${id}`)
  expect(rounds[0]!.legs.slice(1, 3)).toEqual(['street', 'free'])

  // What is changed afterwards is told before it goes out.
  await page.getByTestId('stop').last().locator('button').first().click()
  await page.getByLabel('Remove the stop').first().click()
  await page.getByTestId('publish').click()
  await page.getByTestId('differences').getByText('taken out').waitFor()
  expect(await graveViolations(page)).toEqual([])
  expect(errors).toEqual([])
  await context.close()
})

test('by keyboard alone stops are added at the cross, put in another order and taken back', async () => {
  const { page, context, errors } = await open(demo('&tool=round&fold=place'), SIZE)
  await settled(page)
  await saysStops(page, 0)
  for (let stop = 1; stop <= 3; stop++) {
    await page.keyboard.press('Enter')
    await saysStops(page, stop)
    for (let press = 0; press < 2; press++) await page.keyboard.press(stop === 1 ? 'ArrowRight' : 'ArrowDown')
    await settled(page)
  }
  const drawn = await metres(page)
  expect(drawn).toBeGreaterThan(20)
  const order = () =>
    page.locator('[data-testid=stop] > button').evaluateAll((rows) => rows.map(({ id }) => id))
  const before = await order()
  // The list is reached by its first row; Alt and an arrow move it, the focus goes along.
  await page.locator('[data-testid=stop] > button').first().focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect.poll(order).toEqual([before[1], before[0], before[2]])
  expect(await page.evaluate(() => document.activeElement?.id)).toBe(before[0])
  await expect.poll(() => metres(page)).not.toBe(drawn)
  await page.keyboard.press('Delete')
  await saysStops(page, 2)
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect.poll(order).toEqual(before)
  await expect.poll(() => metres(page)).toBe(drawn)
  expect(await arrivals(page)).toHaveLength(3)
  expect(errors).toEqual([])
  await context.close()
})

test('rounds that are searched for come in on their own, are taken back by one undo, and print a sheet each', async () => {
  const { page, context, errors } = await open(demo(), SIZE)
  await settled(page)
  await page.getByTestId('plan-new').click()
  await rename(page, 'Generated')
  await page.getByTestId('add-team').click()
  await page.getByTestId('generate').click()
  await page.getByTestId('generated').waitFor({ timeout: 60_000 })
  const met = (await page.getByTestId('met').textContent())!
  expect(Number(/^(\d+) of/.exec(met)![1])).toBeGreaterThan(10)
  await expect.poll(() => page.getByTestId('times').locator('tbody tr').count()).toBe(2)
  await page.getByTestId('print-rounds').click()
  await page.getByTestId('sheets-state').getByText('2 sheets, ready').waitFor({ timeout: 100_000 })
  await expect.poll(() => page.getByTestId('round-sheet').count()).toBe(2)
  await expect.poll(() => page.getByTestId('round-sheet').first().locator('img').count()).toBe(1)
  await expect
    .poll(() => page.getByTestId('round-sheet').first().locator('tbody tr').count())
    .toBeGreaterThan(3)
  await page.keyboard.press('Escape')
  await page.getByTestId('plan-undo').click()
  await page.getByTestId('met').getByText(/^0 of/).waitFor()
  expect(errors).toEqual([])
  await context.close()
})
