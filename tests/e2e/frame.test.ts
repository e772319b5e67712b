import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { differingShare, openPages, settled } from './open-page.ts'

const open = openPages()
const demo = (query: string) => `${demoUrl()}/${query}`
const api = async <T>(path: string): Promise<T> =>
  (await (await askServer(`${demoUrl()}/api/v1/${path}`)).json()) as T
const query = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)

/** The commands answer keys once they are loaded, a moment after the map. */
async function ready(page: Page): Promise<void> {
  await settled(page)
  await page.evaluate(() => document.fonts.ready)
}

test('two keys go to a workspace whose figures are the server’s, and its filter stays behind on leaving', async () => {
  const { page, context, errors } = await open(demo('?lang=zh&theme=dark'))
  await ready(page)
  await page.keyboard.press('g')
  await page.keyboard.press('h')
  const overdue = page.getByTestId('figure-overdue')
  await overdue.waitFor()
  const figures = await api<{ overdue: number; open: number; total: number }>('figures/hazards')
  await expect.poll(() => overdue.locator('dd').textContent()).toContain(String(figures.overdue))
  await expect.poll(() => overdue.locator('dd small').textContent()).toContain(String(figures.open))
  expect(await page.getByTestId('figure-open').locator('dd small').textContent()).toContain(
    String(figures.total),
  )
  expect(query(page, 'work')).toBe('hazards')
  expect(query(page, 'f-hazards')).toContain('state:')
  await page.getByTestId('work-hazards').and(page.locator('[aria-current=page]')).waitFor()

  await page.getByRole('button', { name: '已逾期怎么算' }).click()
  await page.getByText('期限早于现在').waitFor()
  await page.keyboard.press('Escape')

  await page.getByTestId('cell-row').first().click()
  await page.getByTestId('inspector').waitFor()
  await page.getByTestId('back-to-work').click()
  await overdue.waitFor()
  await page.getByTestId('work-map').click()
  await page.waitForFunction(() => !new URL(location.href).searchParams.has('work'))
  expect(query(page, 'f-hazards')).toBeNull()
  expect(errors).toEqual([])
  await context.close()
})

test('a letter typed into a field is a letter, not a command', async () => {
  const { page, context } = await open(demo('?lang=zh&theme=dark&left=list&list=hazards'))
  await ready(page)
  await page.getByPlaceholder('筛选名称、编码、拼音').fill('')
  await page.getByPlaceholder('筛选名称、编码、拼音').pressSequentially('ghtu?')
  expect(query(page, 'work')).toBeNull()
  expect(query(page, 'theme')).toBe('dark')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await context.close()
})

test('the overview shows every key once, and the palette finds a command by its initials in pinyin', async () => {
  const { page, context, errors } = await open(demo('?lang=zh&theme=dark'))
  await ready(page)
  await page.keyboard.press('?')
  const overview = page.getByRole('dialog', { name: '快捷键' })
  await overview.waitFor()
  // The editor's own keys, which hold while it is open, come once they are looked at.
  await overview.getByRole('heading', { name: '编辑时' }).waitFor()
  const sections = await overview.locator('.gw-shortcuts section').evaluateAll((sections) =>
    sections.map((section) => ({
      title: section.querySelector('h3')!.textContent,
      ways: [...section.querySelectorAll('dl > div')].flatMap((row) => {
        const ways: string[] = ['']
        for (const child of row.querySelector('dd')!.children)
          if (child.tagName === 'SMALL') ways.push('')
          else ways[ways.length - 1] += `${child.textContent} `
        return ways
      }),
    })),
  )
  const ofEditor = sections.filter(({ title }) => title.startsWith('编辑'))
  const ways = sections.filter((section) => !ofEditor.includes(section)).flatMap(({ ways }) => ways)
  expect(ways.length).toBeGreaterThan(15)
  expect(new Set(ways).size).toBe(ways.length)
  expect(ofEditor).toHaveLength(3)
  expect(ofEditor[0]!.ways).toEqual(expect.arrayContaining(['B ', 'X ', 'Ctrl Z ', 'Esc ']))
  expect(new Set(ofEditor[0]!.ways).size).toBe(ofEditor[0]!.ways.length)
  await page.keyboard.press('Escape')
  await overview.waitFor({ state: 'detached' })

  await page.keyboard.press('Control+k')
  await page.getByTestId('search-input').fill('sz')
  const command = page.getByTestId('command').filter({ hasText: '设置' })
  await command.waitFor()
  await expect.poll(() => command.textContent()).toContain('S')
  await command.click()
  await page.waitForFunction(() => new URL(location.href).searchParams.get('work') === 'settings')
  expect(errors).toEqual([])
  await context.close()
})

test('a panel gets wider by arrow keys and by dragging, and is as wide after a reload', async () => {
  const { page, context } = await open(demo('?lang=en&theme=light'), { width: 1300, height: 620 })
  await ready(page)
  const edge = page.getByRole('separator', { name: 'Width of Left panel' })
  const panel = page.getByRole('region', { name: 'Left panel' })
  const widthOf = async () => (await panel.boundingBox())!.width
  await expect.poll(widthOf).toBeCloseTo(320, 0)
  await edge.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => edge.getAttribute('aria-valuenow')).toBe('352')
  await expect.poll(widthOf).toBeCloseTo(352, 0)
  const grip = (await edge.boundingBox())!
  await page.mouse.move(grip.x + grip.width / 2, 300)
  await page.mouse.down()
  await page.mouse.move(grip.x + grip.width / 2 + 60, 300, { steps: 4 })
  await page.mouse.up()
  await expect.poll(widthOf).toBeCloseTo(412, 0)
  await page.reload()
  await ready(page)
  await expect.poll(widthOf).toBeCloseTo(412, 0)
  // What the panel covers is not where the whole area is shown.
  const foot = (await page.locator('.gw-foot').boundingBox())!
  expect(foot.x).toBeGreaterThan((await panel.boundingBox())!.x + 412)
  await edge.focus()
  await page.keyboard.press('Enter')
  await panel.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Unfold Left panel' }).click()
  await panel.waitFor()
  await context.close()
})

test('on a phone five buttons lead everywhere, and a sheet is made higher without a drag', async () => {
  const { page, context, errors } = await open(demo('?lang=zh&theme=light'), { width: 390, height: 844 })
  await ready(page)
  await expect.poll(() => page.getByTestId('rail').getByRole('button').count()).toBe(5)
  await page.getByTestId('work-more').click()
  await page.getByTestId('work-settings').click()
  const sheet = page.getByTestId('work-panel')
  await sheet.waitFor()
  const heightOf = async () => (await sheet.boundingBox())!.height
  const before = await heightOf()
  await sheet.getByRole('button', { name: '加高' }).click()
  await expect.poll(heightOf).toBeGreaterThan(before * 1.5)
  await sheet.getByRole('button', { name: '降低' }).click()
  await sheet.getByRole('button', { name: '降低' }).click()
  await expect.poll(heightOf).toBeLessThan(before * 0.7)
  await page.getByTestId('sheet-layers').click()
  await page.getByTestId('layer-hazards').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(errors).toEqual([])
  await context.close()
})

test('cells without a facility are those of the server, hatched, and a cell without households has no rate', async () => {
  const { page, context, errors } = await open(demo('?lang=zh&theme=light&work=coverage&ask=aed'))
  await ready(page)
  const { cells } = await api<{
    cells: { name: string; facilities: number; households: number | null }[]
  }>('figures/coverage?kind=aed')
  const without = cells.filter(({ facilities }) => facilities === 0)
  expect(without.length).toBeGreaterThan(0)
  expect(without.length).toBeLessThan(cells.length)
  expect(await page.getByTestId('figure-without').locator('dd').textContent()).toContain(
    String(without.length),
  )
  const rows = await page
    .getByTestId('work-panel')
    .locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)))
  expect(rows).toHaveLength(cells.length)
  cells.forEach((cell, index) => {
    const rate = cell.households
      ? ((cell.facilities / cell.households) * 1000).toLocaleString('en-US', {
          minimumFractionDigits: 1,
          maximumFractionDigits: 1,
        })
      : '—'
    expect(rows[index]).toEqual([
      cell.name,
      cell.facilities.toLocaleString('en-US'),
      cell.households === null ? '—' : cell.households.toLocaleString('en-US'),
      rate,
    ])
  })
  // Between the panels only, whose own content changes too.
  const picture = async () => {
    await settled(page)
    return page.screenshot({ clip: { x: 385, y: 60, width: 200, height: 480 } })
  }
  const hatched = await picture()
  await page.goto(demo('?lang=zh&theme=light'))
  expect(await differingShare(page, hatched, await picture())).toBeGreaterThan(0.03)
  expect(errors).toEqual([])
  await context.close()
})

test('what the patrols ask for is the server’s sum, by another level too', async () => {
  const { page, context } = await open(demo('?lang=en&theme=dark&work=patrols'))
  const figure = page.getByTestId('figure-visits')
  await figure.waitFor()
  const { visitsPerDay, checkpoints, cells } = await api<{
    visitsPerDay: number
    checkpoints: number
    cells: unknown[]
  }>('figures/patrols?cells=micro-grids')
  const said = await figure.locator('dd').textContent()
  expect(said).toContain(visitsPerDay.toLocaleString('en-US', { maximumFractionDigits: 1 }))
  expect(said).toContain(`of ${checkpoints} checkpoints`)
  await page.getByTestId('work-panel').getByText('Micro-grids', { exact: true }).click()
  await page.waitForFunction(
    (count) => document.querySelectorAll('[data-testid=cell-row]').length === count,
    Math.min(40, cells.length),
  )
  expect(query(page, 'ask')).toBe('micro-grids')
  await context.close()
})

test('a name given to the area is shown at once, and one key takes it back', async () => {
  const { page, context, errors } = await open(demo('?lang=zh&theme=dark&work=settings'))
  await ready(page)
  await page.getByTestId('area-name').fill('柳堤街道')
  await page.getByTestId('settings-save').click()
  const crumbs = page.getByRole('navigation', { name: '所在位置' })
  await crumbs.getByText('柳堤街道').waitFor()
  await page.getByTestId('toast-undo').waitFor()
  await page.getByTestId('map').locator('canvas').first().focus()
  await page.keyboard.press('u')
  await crumbs.getByText('全域').waitFor()
  expect((await api<{ values: { areaName: string | null } }>('settings')).values.areaName).toBeNull()
  expect(errors).toEqual([])
  await context.close()
})

test('the demo’s import stands in the list, and the export link carries the filter of the layer', async () => {
  const { page, context } = await open(demo('?lang=zh&theme=light&work=exchange&f-hazards=severity:high'))
  await page.getByTestId('batch').first().click()
  await page.getByText('这批数据没有导入报告').waitFor()
  await page.getByTestId('export-layer').click()
  await page.getByRole('option', { name: /隐患/ }).click()
  const href = await page.getByTestId('export-go').getAttribute('href')
  const exported = await (await askServer(new URL(href!, demoUrl()))).json()
  expect(exported.features.length).toBeGreaterThan(0)
  expect(
    exported.features.every(
      ({ properties }: { properties: { severity: string } }) => properties.severity === 'high',
    ),
  ).toBe(true)
  await context.close()
})

test('a lost connection is said across the whole width, and heals when it is back', async () => {
  const { page, context } = await open(demo('?lang=zh&theme=dark'))
  await ready(page)
  const band = page.getByTestId('connection-band')
  await context.setOffline(true)
  await band.getByText('网络已断开').waitFor()
  expect((await band.boundingBox())!.width).toBe(1000)
  await context.setOffline(false)
  await band.waitFor({ state: 'detached' })

  // The server refuses the stream, on which a browser gives up for good.
  await page.route('**/api/v1/events**', (route) => route.fulfill({ status: 503, body: '' }))
  await page.reload()
  await band.getByText('实时连接自').waitFor({ timeout: 60_000 })
  await page.unroute('**/api/v1/events**')
  await band.getByRole('button', { name: '立即重连' }).click()
  await band.waitFor({ state: 'detached' })
  await context.close()
})

test('on a 4K screen at one device pixel a CSS pixel the text is larger, and nothing overflows', async () => {
  const { page, context } = await open(demo('?lang=zh&theme=dark'), { width: 3840, height: 500 })
  await page.getByTestId('count-hazards').waitFor()
  const sizes = await page.evaluate(() => ({
    text: Number.parseFloat(getComputedStyle(document.querySelector('.gw-layer-name')!).fontSize),
    icon: document.querySelector('.gw-rail svg')!.getBoundingClientRect().width,
    panel: document.querySelector('.gw-panel-left')!.getBoundingClientRect().width,
    overflow: document.documentElement.scrollWidth,
  }))
  expect(sizes.text).toBeGreaterThanOrEqual(20)
  expect(sizes.icon).toBeGreaterThan(30)
  expect(sizes.panel).toBeGreaterThan(500)
  expect(sizes.overflow).toBeLessThanOrEqual(3840)
  await context.close()
})

test('a tool whose code is gone after an upgrade says so, and the rest of the page goes on', async () => {
  const { page, context } = await open(demo('?lang=en&theme=light'))
  await ready(page)
  await page.route('**/assets/measure-tool-*.js', (route) => route.fulfill({ status: 404, body: '' }))
  await page.getByTestId('tool-measure').click()
  await page.getByRole('alert').getByText('are kept in this browser').waitFor()
  await page.getByRole('alert').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('alert').waitFor({ state: 'detached' })
  await page.getByTestId('layer-roads').click()
  await page.waitForFunction(() => new URL(location.href).searchParams.get('layers') !== null)
  await context.close()
})
