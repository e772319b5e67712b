import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { askServer } from '../support/ask-server.ts'
import { copyTemplate } from '../support/embedded-template.ts'
import { startServer } from '../support/start-server.ts'
import { openPages, settled } from './open-page.ts'

const open = openPages()
let folder: string
let server: Awaited<ReturnType<typeof startServer>>

// Edits of hundreds of buildings would disturb the other files, which share a server.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridward-review-'))
  const data = join(folder, 'data')
  await copyTemplate(inject('demoTemplate'), data)
  server = await startServer(data)
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Stored {
  id: number
  version: number
  geometry: unknown
  properties: Record<string, unknown>
}
const api = async <T>(path: string, init?: RequestInit): Promise<T> =>
  (await (await askServer(`${server.url}/api/v1/${path}`, init)).json()) as T
const idsOf = async (layer: string) => (await api<{ ids: number[] }>(`${layer}/ids?sort=name`)).ids
const feature = (layer: string, id: number) => api<Stored>(`${layer}/${id}`)
const page = (query: string) => open(`${server.url}/?lang=en&theme=light&${query}`)

/** Fills a field of the form and leaves it, as typing does. */
async function enter(page: Page, name: string, text: string): Promise<void> {
  await page.getByTestId(`field-${name}`).fill(text)
  await page.getByTestId(`field-${name}`).press('Enter')
}
async function checkDraft(page: Page): Promise<void> {
  await page.getByTestId('edit-save').click()
  await page.waitForSelector('[data-testid=review-status][data-status=done]', {
    timeout: 60_000,
    state: 'attached',
  })
}
async function save(page: Page): Promise<void> {
  await page.getByTestId('review-save').click()
  await page.getByTestId('toast-undo').waitFor({ timeout: 60_000 })
}
const until = (holds: () => Promise<boolean>) => expect.poll(holds).toBe(true)

test('two people edit one grid: the second is told at once, sees both versions, and both changes are kept', async () => {
  const [id] = await idsOf('grids')
  const before = await feature('grids', id!)
  const link = `tool=edit&at=grids/${id}`
  const [mine, theirs] = [await page(link), await page(link)]
  await enter(mine.page, 'name', 'Named by me')
  await mine.page.getByTestId('draft-row').waitFor()

  await theirs.page.getByTestId('field-kind').selectOption('special')
  await enter(theirs.page, 'name', 'Named by them')
  await checkDraft(theirs.page)
  await save(theirs.page)
  await theirs.context.close()

  // Before anything is saved, by the live events alone.
  await mine.page.getByTestId('draft-meanwhile').waitFor()
  await checkDraft(mine.page)
  await expect.poll(() => mine.page.getByTestId('review-save').isDisabled()).toBe(true)
  await mine.page.getByTestId('review-compare').click()
  const said = mine.page.getByTestId('conflict-name')
  await expect.poll(() => said.textContent()).toContain('Named by them')
  await expect.poll(() => said.textContent()).toContain('Named by me')
  await expect.poll(() => said.textContent()).toContain(String(before.properties.name))
  // Nothing is lost by looking and closing.
  await mine.page.keyboard.press('Escape')
  await said.waitFor({ state: 'detached' })
  await mine.page.getByTestId('review-compare').click()
  // By keyboard: the radio of their name, then back to mine.
  await mine.page.getByTestId('take-name-mine').focus()
  await mine.page.keyboard.press('ArrowLeft')
  await expect.poll(() => mine.page.getByTestId('take-name-theirs').isChecked()).toBe(true)
  await mine.page.keyboard.press('ArrowRight')
  await mine.page.getByTestId('conflict-merge').click()
  await mine.page.waitForFunction(
    () => !document.querySelector<HTMLButtonElement>('[data-testid=review-save]')?.disabled,
    undefined,
    { timeout: 60_000 },
  )
  await save(mine.page)
  const after = await feature('grids', id!)
  expect(after.properties).toMatchObject({ name: 'Named by me', kind: 'special' })
  expect(after.version).toBe(before.version + 2)
  expect(mine.errors).toEqual([])
  await mine.context.close()
})

test('200 buildings are changed by one form, saved as one change set and taken back by one undo', async () => {
  const ids = (await idsOf('buildings')).slice(0, 200)
  const rows = async () =>
    (await api<{ features: Stored[] }>(`buildings?ids=${ids.join(',')}&limit=200&geometry=false`)).features
  const before = await rows()
  const writable = (list: Stored[]) =>
    list.map(({ id, properties: { use, floors, name } }) => ({ id, use, floors, name }))

  const { page: tab, context, errors } = await page('left=list&list=buildings&fold=place')
  await settled(tab)
  await chooseInList(tab, 200)
  await tab.getByTestId('list-edit').click()
  await expect.poll(() => tab.getByTestId('multi-count').textContent()).toContain('200')
  await tab.getByTestId('field-use').selectOption('public')
  await enter(tab, 'floors', '+1')
  const changing = before.filter(
    ({ properties }) => properties.use !== 'public' || typeof properties.floors === 'number',
  ).length
  const floors = before.filter(({ properties }) => typeof properties.floors === 'number').length
  await expect.poll(() => tab.getByTestId('multi-preview').textContent()).toContain(`(${floors}): Floors`)
  await tab.getByTestId('multi-apply').click()
  await expect.poll(() => tab.getByTestId('draft-count').textContent()).toContain(String(changing))
  // One edit is one undo, and one redo.
  await tab.getByRole('button', { name: 'Undo', exact: true }).first().click()
  await expect.poll(() => tab.getByTestId('draft-count').textContent()).toBe('0')
  await tab.getByRole('button', { name: 'Redo', exact: true }).click()

  const sent: string[] = []
  tab.on('request', (request) => {
    if (request.method() === 'POST' && request.url().endsWith('/api/v1/changes')) sent.push(request.url())
  })
  await checkDraft(tab)
  await save(tab)
  expect(sent).toHaveLength(1)
  expect(writable(await rows())).toEqual(
    writable(before).map((row) => ({
      ...row,
      use: 'public',
      floors: typeof row.floors === 'number' ? row.floors + 1 : row.floors,
    })),
  )
  await tab.getByTestId('toast-undo').click()
  await until(async () => (await rows()).every(({ version }, index) => version > before[index]!.version + 1))
  expect(writable(await rows())).toEqual(writable(before))
  expect(errors).toEqual([])
  await context.close()
})

test('a save whose answer is lost and that is tried again after a reload is not made twice', async () => {
  const [kept] = await idsOf('facilities')
  const before = await feature('facilities', kept!)
  const { page: tab, context } = await page(`tool=edit&at=facilities/${kept}`)
  await enter(tab, 'name', 'Saved once')
  await checkDraft(tab)
  // The server applies it; the answer never arrives.
  await tab.route('**/api/v1/changes', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await tab.getByTestId('review-save').click()
  await tab.getByTestId('review-failed').waitFor()
  expect((await feature('facilities', kept!)).version).toBe(before.version + 1)
  await tab.unroute('**/api/v1/changes')
  await tab.reload()
  await tab.getByTestId('draft-row').waitFor()
  // Changing it further before the answer is known could make what is new in it twice.
  await tab.getByTestId('draft-unanswered').waitFor()
  await expect.poll(() => tab.getByTestId('field-name').isDisabled()).toBe(true)
  await tab.getByTestId('edit-save').click()
  await save(tab)
  expect(await feature('facilities', kept!)).toMatchObject({
    version: before.version + 1,
    properties: { name: 'Saved once' },
  })
  await expect.poll(() => tab.getByTestId('draft-count').textContent()).toBe('0')
  await context.close()
})

/** Chooses the first rows of the list: the first by its mark, the last with Shift. */
async function chooseInList(tab: Page, count: number): Promise<void> {
  const list = tab.getByTestId('feature-list')
  await list.locator('[aria-posinset="1"] [data-mark]').click()
  await list.evaluate((scroller, row) => scroller.scrollTo(0, 48 * (row - 3)), count)
  await list.locator(`[aria-posinset="${count}"]`).click({ modifiers: ['Shift'] })
  await expect.poll(() => tab.getByTestId('list-chosen').textContent()).toContain(`${count} chosen`)
}
