import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { HazardReplay } from '../../geodata/hazards/replay.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { differingShare, openPages, settled } from './open-page.ts'

const open = openPages()
const PATIENT = { timeout: 60_000 }
const [LNG, LAT] = [120.72, 31.42]

async function send(body: object): Promise<{ at: string; ids: Record<string, number> }> {
  const answer = await askServer(`${demoUrl()}/api/v1/changes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: randomUUID(), puts: [], deletes: [], ...body }),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { at: string; ids: Record<string, number> }
}
const put = (id: number, version: number | null, side: number) => {
  const [east, north] = [Number((LNG + side).toFixed(7)), Number((LAT + side).toFixed(7))]
  const ring = [
    [LNG, LAT],
    [east, LAT],
    [east, north],
    [LNG, north],
    [LNG, LAT],
  ]
  const geometry = { type: 'MultiPolygon', coordinates: [[ring]] }
  return { puts: [{ layer: 'buildings', id, version, geometry, properties: { name: '比较' } }] }
}
async function drawn(page: Page): Promise<Buffer> {
  await page.waitForSelector('[data-testid=pane-left][data-ready] [data-settled]', {
    state: 'attached',
    timeout: 60_000,
  })
  await settled(page)
  return page.screenshot({ clip: { x: 640, y: 120, width: 260, height: 400 } })
}
const divider = (page: Page) => page.getByTestId('divider')
const at = (page: Page) => divider(page).getAttribute('aria-valuenow').then(Number)

test('the left side has the old shape, the right one the new, and the divider moves by mouse and by keyboard', async () => {
  const made = await send(put(-1, null, 0.0003))
  const id = made.ids['-1']!
  await new Promise((resolve) => setTimeout(resolve, 50))
  const between = new Date(Date.parse(made.at) + 20).toISOString()
  await send(put(id, 1, 0.0009))
  const { page, context, errors } = await open(
    `${demoUrl()}/?lang=zh&theme=light&fold=layers,place&map=17.5/31.4203/120.7202&tool=compare&with=swipe/100/moments/${between}/now`,
  )
  await page.getByTestId('differences').getByText('新增 0，消失 0，变更 1').waitFor()
  await expect.poll(() => page.getByTestId('difference').textContent()).toContain('比较')
  const old = await drawn(page)
  await divider(page).focus()
  await page.keyboard.press('Home')
  expect(await at(page)).toBe(0)
  const young = await drawn(page)
  expect(await differingShare(page, old, young)).toBeGreaterThan(0.02)
  await page.keyboard.press('PageUp')
  await page.keyboard.press('ArrowRight')
  expect(await at(page)).toBe(12)
  await expect.poll(() => page.url(), PATIENT).toContain('with=swipe/12/')

  const line = (await divider(page).boundingBox())!
  await page.mouse.move(line.x + line.width / 2, 300)
  await page.mouse.down()
  await page.mouse.move(line.x + 200, 300, { steps: 4 })
  await page.mouse.up()
  expect(await at(page)).toBeGreaterThan(25)
  await expect.poll(() => page.url(), PATIENT).toContain(`with=swipe/${await at(page)}/`)

  // Gone without a trace: no second canvas is left.
  await page.getByTestId('compare').getByRole('button', { name: '关闭工具' }).click()
  await divider(page).waitFor({ state: 'detached' })
  await expect.poll(() => page.locator('canvas.maplibregl-canvas').count()).toBe(1)
  expect(errors).toEqual([])
  await context.close()
  await send({ deletes: [{ layer: 'buildings', id, version: 2 }] })
})

test('two layer sets stand side by side and the link opens them again', async () => {
  const { page, context, errors } = await open(
    `${demoUrl()}/?lang=en&theme=dark&fold=layers,place&tool=compare&with=side/50/layers/communities/-`,
  )
  await page.waitForSelector('[data-testid=pane-left][data-ready]', { state: 'attached' })
  await page.waitForSelector('[data-testid=pane-right][data-ready]', { state: 'attached' })
  await page.getByTestId('side-left').getByText('layers: 1').waitFor()
  await page.getByRole('checkbox', { name: 'Left: layers · Grids', exact: true }).click()
  await expect.poll(() => page.url(), PATIENT).toContain('with=side/50/layers/communities,grids/-')
  // Esc leaves the tool, and not what is selected below it.
  await page.keyboard.press('Escape')
  await page.getByTestId('compare').waitFor({ state: 'detached' })
  expect(errors).toEqual([])
  await context.close()
})

test('two periods are compared in figures that agree with the history, and other days can be chosen', async () => {
  const { page, context, errors } = await open(
    `${demoUrl()}/?lang=en&theme=light&fold=layers,place&tool=compare&with=swipe/50/periods/-/-`,
  )
  await page.getByTestId('period-table').waitFor(PATIENT)
  // As last month and this one stand in the link.
  const days = () => new URL(page.url()).searchParams.get('with')!.split('/').slice(3)
  await expect.poll(() => days().length).toBe(2)
  const figure = async (name: string) =>
    (await page.getByTestId(`period-${name}`).locator('td').allTextContents()).map((text) =>
      Number(text.replace('−', '-')),
    )
  const reported = await figure('reported')
  expect(reported[0]).toBeGreaterThan(0)
  expect(reported[2]).toBe(reported[1]! - reported[0]!)
  const [first, last] = days()[0]!.split('_') as [string, string]
  const [from, to] = [`${first}T00:00`, `${last}T24:00`].map((time) => new Date(time).toISOString())
  const replay = await askServer(`${demoUrl()}/api/v1/history/hazards?from=${from}&to=${to}`)
  const { hazards, changes } = (await replay.json()) as HazardReplay
  const came = new Set(changes.hazard.filter((hazard) => hazards.state[hazard]! < 0))
  expect(reported[0]).toBe(came.size)

  // One day against another.
  const day = first
  await page
    .getByTestId('period-left-last')
    .locator('input')
    .or(page.getByTestId('period-left-last'))
    .first()
    .fill(day)
  await page.keyboard.press('Enter')
  await expect.poll(() => days()[0], PATIENT).toBe(`${day}_${day}`)
  await expect.poll(async () => (await figure('reported'))[0], PATIENT).toBeLessThan(reported[0]!)
  await page.getByTestId('periods-week').click()
  await expect.poll(() => days()[0], PATIENT).not.toBe(`${day}_${day}`)
  expect(errors).toEqual([])
  await context.close()
})
