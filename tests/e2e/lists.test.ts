import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { askServer } from '../support/ask-server.ts'
import { decodeStrictly } from '../support/strict-mvt.ts'
import { demoUrl } from './demo-url.ts'
import { differingShare, mapPicture, openPages, settled } from './open-page.ts'

const open = openPages()
const demo = (query = '') => `${demoUrl()}/${query}`
const api = async <T>(path: string): Promise<T> =>
  (await (await askServer(`${demoUrl()}/api/v1/${path}`)).json()) as T
const idsOf = async (layer: string, query = '') => (await api<{ ids: number[] }>(`${layer}/ids?${query}`)).ids

interface SavedView {
  id: number
  version: number
  name: string
  query: string
}
async function removeViews(): Promise<void> {
  for (const { id, version } of (await api<{ views: SavedView[] }>('views')).views)
    await askServer(`${demoUrl()}/api/v1/views/${id}`, {
      method: 'DELETE',
      headers: { 'if-match': `"${version}"` },
    })
}
const param = (page: Page, name: string) => new URL(page.url()).searchParams.get(name)
const waitForParam = (page: Page, name: string, value: string | null) =>
  page.waitForFunction(([key, wanted]) => new URL(location.href).searchParams.get(key!) === wanted, [
    name,
    value,
  ] as const)
const countIs = (page: Page, testId: string, start: string) =>
  page.waitForFunction(
    ([id, wanted]) => document.querySelector(`[data-testid=${id}]`)?.textContent?.startsWith(wanted!),
    [testId, start] as const,
  )

/** Presses Tab until what has the focus carries the test id. */
async function tabTo(page: Page, testId: string): Promise<void> {
  for (let presses = 0; presses < 120; presses++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate((id) => document.activeElement?.getAttribute('data-testid') === id, testId))
      return
  }
  throw new Error(`Tab does not lead to ${testId}`)
}

test('a filter set by mouse narrows map, list and facets alike, and its saved view opens the same elsewhere', async () => {
  const { page, context, errors } = await open(
    demo('?lang=en&theme=light&left=filters&list=hazards&fold=place&map=15.85/31.303026/120.6353118'),
  )
  const tiles = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    if (/\/tiles\/hazards\/\d.*severity=low/.test(response.url()) && response.status() === 200)
      tiles.set(response.url(), response.body())
  })
  await settled(page)
  const before = await mapPicture(page)
  await page.getByTestId('facet-severity-low').click()
  const low = await idsOf('hazards', 'severity=low')
  const all = await idsOf('hazards')
  expect(low.length).toBeGreaterThan(0)
  expect(low.length).toBeLessThan(all.length)
  await countIs(page, 'filter-count', `${low.length} of ${all.length}`)
  expect(param(page, 'f-hazards')).toBe('severity:low')
  const narrowed = await mapPicture(page)
  expect(await differingShare(page, before, narrowed)).toBeGreaterThan(0.0005)
  const drawn = new Set<number>()
  for (const body of tiles.values())
    for (const { id } of decodeStrictly(await body, [-4096, 8192]).get('hazards') ?? []) drawn.add(id)
  expect([...drawn].sort((a, b) => a - b)).toEqual([...low].sort((a, b) => a - b))
  // A facet does not count itself away: the other severities are still there to choose.
  await expect.poll(() => page.getByTestId('facet-severity-high').count()).toBe(1)

  await page.getByText('List', { exact: true }).click()
  await countIs(page, 'list-count', `${low.length} of ${all.length}`)
  await page.getByTestId('views-menu').click()
  await page.getByTestId('view-name').fill('Low ones')
  await page.getByTestId('view-save').click()
  await page.getByRole('button', { name: 'Open view: Low ones' }).waitFor()
  await context.close()
  expect(errors).toEqual([])

  const { views } = await api<{ views: SavedView[] }>('views')
  const saved = views.find(({ name }) => name === 'Low ones')!
  expect(saved.query).not.toMatch(/lang=|theme=/)
  const elsewhere = await open(demo(`${saved.query}&lang=zh&theme=light`))
  await countIs(elsewhere.page, 'list-count', `${low.length} / ${all.length}`)
  const again = await mapPicture(elsewhere.page)
  expect(await differingShare(elsewhere.page, narrowed, again)).toBeLessThan(0.0005)
  const asked = elsewhere.requests.filter((address) => address.includes('/tiles/hazards/'))
  expect(asked.length).toBeGreaterThan(0)
  expect(asked.filter((address) => !address.includes('severity=low'))).toEqual([])
  await elsewhere.context.close()
  await removeViews()
})

test('the same by keyboard alone: a filter, its view, another person opening it, and the filter taken away', async () => {
  const { page, context, errors } = await open(
    demo('?lang=zh&theme=dark&list=facilities&left=filters&fold=place'),
  )
  await settled(page)
  await tabTo(page, 'views-menu')
  await tabTo(page, 'facet-kind-fire-hydrant')
  await page.keyboard.press('Space')
  await waitForParam(page, 'f-facilities', 'kind:fire-hydrant')
  const hydrants = await idsOf('facilities', 'kind=fire-hydrant')
  const all = await idsOf('facilities')
  await countIs(page, 'filter-count', `符合 ${hydrants.length} / ${all.length}`)
  await page.keyboard.press('Shift+Tab')
  for (let presses = 0; presses < 40; presses++) {
    if (await page.evaluate(() => document.activeElement?.getAttribute('data-testid') === 'views-menu')) break
    await page.keyboard.press('Shift+Tab')
  }
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-testid') === 'view-name')
  await page.keyboard.type('Hydrants by keyboard')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '打开视图：Hydrants by keyboard' }).waitFor()
  await context.close()
  expect(errors).toEqual([])

  const other = await open(demo('?lang=en&theme=light&left=list&list=hazards&f-hazards=severity:low'))
  await settled(other.page)
  await tabTo(other.page, 'views-menu')
  await other.page.keyboard.press('Enter')
  const entry = other.page.getByRole('button', { name: 'Open view: Hydrants by keyboard' })
  await entry.waitFor()
  for (let presses = 0; presses < 10; presses++) {
    await other.page.keyboard.press('Tab')
    if (await entry.evaluate((button) => button === document.activeElement)) break
  }
  await other.page.keyboard.press('Enter')
  await waitForParam(other.page, 'f-facilities', 'kind:fire-hydrant')
  expect(param(other.page, 'f-hazards')).toBeNull()
  expect([param(other.page, 'lang'), param(other.page, 'theme')]).toEqual(['en', 'light'])
  await countIs(other.page, 'filter-count', `${hydrants.length} of ${all.length}`)
  await tabTo(other.page, 'filter-clear')
  await other.page.keyboard.press('Enter')
  await waitForParam(other.page, 'f-facilities', null)
  await other.context.close()
  await removeViews()
})

test('a view is renamed and deleted with a way back, and a name that is taken is said to be', async () => {
  await removeViews()
  const { page, context } = await open(demo('?lang=en&theme=light&left=list&list=roads&fold=place'))
  await settled(page)
  const names = async () => (await api<{ views: SavedView[] }>('views')).views.map(({ name }) => name)
  await page.getByTestId('views-menu').click()
  for (const name of ['Roads', 'roads']) {
    await page.getByTestId('view-name').fill(name)
    await page.getByTestId('view-save').click()
    if (name === 'Roads') await page.getByRole('button', { name: 'Open view: Roads' }).waitFor()
  }
  await page.getByText('There is a view of that name').waitFor()
  await page.getByRole('button', { name: 'Actions for Roads' }).click()
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('Streets')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Open view: Streets' }).waitFor()
  expect(await names()).toEqual(['Streets'])
  await page.getByRole('button', { name: 'Actions for Streets' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByText('Deleted “Streets”').waitFor()
  expect(await names()).toEqual([])
  await page.getByTestId('toast-undo').last().click()
  await expect.poll(names).toEqual(['Streets'])
  await page.getByTestId('views-menu').click()
  await page.getByRole('button', { name: 'Open view: Streets' }).waitFor()
  expect(await names()).toEqual(['Streets'])
  await context.close()
  await removeViews()
})

test('two hundred rows are chosen by keyboard while only what can be seen is in the document', async () => {
  const { page, context, errors } = await open(
    demo('?lang=en&theme=light&left=list&list=buildings&fold=place'),
  )
  await settled(page)
  const list = page.getByTestId('feature-list')
  await list.focus()
  await page.keyboard.press('Home')
  for (let row = 1; row < 200; row++) await page.keyboard.press('Shift+ArrowDown')
  await countIs(page, 'list-chosen', '200 chosen')
  const ids = await idsOf('buildings', 'sort=name')
  const active = page.locator('.gw-list-row[data-active]')
  await expect.poll(() => active.getAttribute('aria-posinset')).toBe('200')
  await expect.poll(() => active.getAttribute('aria-setsize')).toBe(String(ids.length))
  expect(Number(await active.getAttribute('data-id'))).toBe(ids[199])
  expect(await list.getAttribute('aria-activedescendant')).toBe(await active.getAttribute('id'))
  await active.getByText('Floors').waitFor()
  await expect.poll(() => list.getByRole('option').count()).toBeLessThan(60)

  await page.keyboard.press('End')
  expect(await page.locator('.gw-list-row[data-active]').getAttribute('aria-posinset')).toBe(
    String(ids.length),
  )
  await page.keyboard.press('ControlOrMeta+A')
  await countIs(page, 'list-chosen', `${ids.length} chosen`)
  await page.keyboard.press('Escape')
  await countIs(page, 'list-chosen', 'None chosen')
  expect(errors).toEqual([])
  await context.close()
})

test('two hundred rows are chosen by two clicks, their file holds them, and the map marks them', async () => {
  const { page, context } = await open(demo('?lang=en&theme=light&left=list&list=buildings&fold=place'))
  await settled(page)
  const plain = await mapPicture(page)
  const list = page.getByTestId('feature-list')
  await list.locator('[aria-posinset="1"] [data-mark]').click()
  await list.evaluate((scroller) => scroller.scrollTo(0, 48 * 197))
  // The clicked row is out of the document by now; the focus must not be lost with it.
  expect(await list.evaluate((scroller) => scroller === document.activeElement)).toBe(true)
  await list.locator('[aria-posinset="200"]').click({ modifiers: ['Shift'] })
  await countIs(page, 'list-chosen', '200 chosen')
  expect(await differingShare(page, plain, await mapPicture(page))).toBeGreaterThan(0.001)
  const download = page.waitForEvent('download')
  await page.getByTestId('list-export').click()
  const { readFile } = await import('node:fs/promises')
  const file = JSON.parse(await readFile((await (await download).path())!, 'utf8')) as {
    features: { id: number }[]
  }
  const ids = (await idsOf('buildings', 'sort=name')).slice(0, 200)
  expect(file.features.map(({ id }) => id).sort((a, b) => a - b)).toEqual(ids.sort((a, b) => a - b))
  await context.close()
})

test('a choice on the map scrolls the list to its row, and Enter on a row opens it in the inspector', async () => {
  const ids = await idsOf('buildings', 'sort=name')
  const far = ids.at(-3)!
  const { page, context } = await open(
    demo(`?lang=en&theme=light&left=list&list=buildings&at=buildings/${far}`),
  )
  await settled(page)
  const row = page.locator(`[data-id="${far}"]`)
  await row.waitFor()
  await expect.poll(() => row.getAttribute('aria-current')).toBe('true')
  await page.getByTestId('feature-list').focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForFunction((first) => !location.search.includes(first), `buildings/${far}`)
  await page.waitForFunction(
    (id) => document.querySelector('[aria-current="true"][data-id]')?.getAttribute('data-id') === id,
    String(ids[1]),
  )
  await context.close()
})

test('the list that follows the view holds what the view holds, and says so', async () => {
  const { page, context } = await open(
    demo('?lang=en&theme=light&left=list&list=buildings&fold=place&inview=1&map=18/31.3030/120.6360'),
  )
  await settled(page)
  await page.getByText('follows the view').waitFor()
  const total = (await idsOf('buildings')).length
  const shown = Number((await page.getByTestId('list-count').textContent())!.split(' ')[0])
  expect(shown).toBeLessThan(total)
  await page.getByTestId('list-in-view').click({ force: true })
  await countIs(page, 'list-count', `${total} of ${total}`)
  await context.close()
})

test('an area drawn by mouse and one typed as coordinates narrow the layer, and a crossed one is refused', async () => {
  const { page, context, errors } = await open(
    demo('?lang=en&theme=light&left=filters&list=buildings&fold=place'),
  )
  await settled(page)
  await page.getByTestId('area-draw').click()
  const box = (await page.getByTestId('map').boundingBox())!
  const middle = { x: box.x + 380 + (box.width - 420) / 2, y: box.y + box.height / 2 }
  for (const [x, y] of [
    [-90, -60],
    [90, -60],
    [90, 60],
  ] as const)
    await page.mouse.click(middle.x + x, middle.y + y, { delay: 20 })
  await page.mouse.dblclick(middle.x - 90, middle.y + 60)
  await page.waitForFunction(() => location.search.includes('f-buildings=area:'))
  const drawn = param(page, 'f-buildings')!.slice('area:'.length).replaceAll(' ', ';')
  expect(drawn.split(';')).toHaveLength(4)
  const inside = await idsOf('buildings', new URLSearchParams({ area: drawn }).toString())
  const total = (await idsOf('buildings')).length
  expect(inside.length).toBeGreaterThan(0)
  expect(inside.length).toBeLessThan(total)
  await countIs(page, 'filter-count', `${inside.length} of ${total}`)
  expect(param(page, 'at')).toBeNull()

  await page.getByTestId('area-type').click()
  await page.getByTestId('area-text').fill('0,0\n1,1\n1,0\n0,1')
  await page.getByTestId('area-apply').click()
  await page.getByRole('alert').getByText('crosses').waitFor()
  await page.getByTestId('area-text').fill('10,10\n10.1,10\n10.1,10.1')
  await page.getByTestId('area-apply').click()
  await countIs(page, 'filter-count', `0 of ${total}`)
  expect(errors).toEqual([])
  await context.close()
})

test('without a mouse: the cross-hair goes to what is near, says its name and selects it', async () => {
  const { page, context, errors } = await open(
    demo('?lang=en&theme=light&fold=layers&map=18/31.3030/120.6360'),
  )
  await settled(page)
  await page.keyboard.press('f')
  await page.getByTestId('key-pointer').waitFor({ state: 'attached' })
  await page.keyboard.press(']')
  const said = (await page.getByTestId('key-pointer-said').textContent())!
  expect(said).toMatch(/1 of \d+ nearby/)
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => new URL(location.href).searchParams.has('at'))
  const first = param(page, 'at')
  await page.keyboard.press(']')
  await page.keyboard.press('Enter')
  await page.waitForFunction((at) => new URL(location.href).searchParams.get('at') !== at, first)
  for (let presses = 0; presses < 3; presses++) await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Escape')
  await page.getByTestId('key-pointer').waitFor({ state: 'detached' })
  expect(errors).toEqual([])
  await context.close()
})
