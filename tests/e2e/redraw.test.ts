import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { copyTemplate } from '../support/embedded-template.ts'
import { type StartedServer, startServer } from '../support/start-server.ts'
import { openPages } from './open-page.ts'

const open = openPages()
let folder: string
let server: StartedServer

// Publishing changes cells that other tests look at: a server of its own.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridward-redraw-'))
  const data = join(folder, 'data')
  await copyTemplate(inject('demoTemplate'), data)
  server = await startServer(data)
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

test('a grid is split in three, corrected from the list, published and taken back', async () => {
  const { page, context, errors } = await open(
    `${server.url}/?lang=en&work=coverage&left=questions&layers=none`,
    {
      width: 1280,
      height: 800,
    },
  )
  const { features } = await (await context.request.get(`${server.url}/api/v1/grids?limit=200`)).json()
  const { code } = (features as { properties: { code: string; buildings: number } }[]).reduce((most, one) =>
    one.properties.buildings > most.properties.buildings ? one : most,
  ).properties
  await page.goto(`${server.url}/?lang=en&work=coverage&left=questions&ask=redraw&layers=none&at=${code}`)
  await page.getByTestId('redraw-form').waitFor()
  await page.getByTestId('question-form').getByRole('button', { name: /^Add / }).click()
  await page.getByTestId('redraw-split').getByText('Number', { exact: true }).click()
  await expect.poll(() => page.getByTestId('redraw-count').inputValue()).toBe('3')
  await page.getByTestId('question-run').click()
  // What is selected has the panel: the answer comes when nothing is.
  await page.keyboard.press('Escape')
  await page.getByTestId('redraw-result').waitFor()
  await expect.poll(() => page.getByTestId('redraw-card').count()).toBe(3)
  await page.getByTestId('redraw-card').nth(1).click()
  await expect.poll(() => page.getByTestId('redraw-card').nth(1).getAttribute('aria-pressed')).toBe('true')
  await expect.poll(() => page.getByTestId('redraw-cells').locator('tbody tr').count()).toBe(3)

  await page.getByTestId('redraw-correct').click()
  await page.getByTestId('redraw-target').nth(1).click()
  await page.locator('.gw-redraw-movable summary').click()
  await page.getByTestId('redraw-move').first().click()
  await page.getByText(/is in no\. 2 now\.$/).waitFor()
  await page.getByTestId('redraw-save').click()
  await page.getByTestId('redraw-card').getByText('By hand').waitFor()
  await expect.poll(() => page.getByTestId('redraw-card').count()).toBe(1)

  await page.getByTestId('redraw-publish').click()
  await page.getByTestId('redraw-published').waitFor()
  const cells = await context.request.get(`${server.url}/api/v1/micro-grids?parent=${code}&limit=100`)
  expect((await cells.json()).features).toHaveLength(3)
  await page.getByTestId('toast-undo').click()
  await page.getByTestId('redraw-publish').waitFor()
  expect(errors).toEqual([])
  await context.close()
})
