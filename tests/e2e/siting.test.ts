import { expect, test } from 'vitest'
import type { Analysis } from '../../geodata/coverage/analysis.schema.ts'
import type { SitingResult } from '../../geodata/siting/siting.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { openPages } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const api = async <T>(path: string): Promise<T> =>
  (await (await askServer(`${demoUrl()}/api/v1${path}`)).json()) as T
const planned = async () => (await api<{ total: number }>('/facilities/ids?state=planned&kind=aed')).total

test('two more sites are asked for, the curve is walked by keyboard, and the answer becomes a plan that is taken back', async () => {
  const { page, context, errors } = await open(
    `${demoUrl()}/?lang=zh&theme=light&work=coverage&left=questions&ask=siting`,
    { width: 1280, height: 720 },
  )
  const before = await planned()
  await page.getByTestId('siting-form').waitFor()
  // A place that is typed takes part beside those that are found; one that is no place is told.
  const typed = page.getByTestId('siting-coordinates')
  await typed.fill('哪里')
  await typed.press('Enter')
  expect(await page.getByTestId('siting-drawn').count()).toBe(0)
  const [west, south, east, north] = (await api<{ bbox: number[] }>('/workspace')).bbox as [
    number,
    number,
    number,
    number,
  ]
  await typed.fill(`${((west + east) / 2).toFixed(5)}, ${((south + north) / 2).toFixed(5)}`)
  await typed.press('Enter')
  await expect.poll(() => page.getByTestId('siting-drawn').count()).toBe(1)
  await page.getByTestId('question-run').press('Enter')
  await page.locator('[data-testid=analysis][data-state=done]').waitFor()
  const id = new URL(page.url()).searchParams.get('ask')!
  const result = (await api<Analysis>(`/analyses/${id}`)).result as unknown as SitingResult
  expect(result.steps[result.chosen]).toMatchObject({ newSites: 2 })
  expect(result.candidates.drawn).toBe(1)

  const points = page.getByTestId('siting-point')
  await points.first().waitFor()
  await expect.poll(() => points.count()).toBe(result.steps.length)
  await points.nth(1).press('Enter')
  await expect.poll(() => points.nth(1).getAttribute('aria-pressed')).toBe('true')
  await expect.poll(() => page.getByTestId('siting-site').count()).toBe(1)
  await points.nth(result.chosen).press('Enter')
  await expect.poll(() => page.getByTestId('siting-site').count()).toBe(2)
  expect(await graveViolations(page)).toEqual([])

  await page.getByTestId('siting-adopt').locator('summary').press('Enter')
  await page.getByTestId('siting-adopt-do').press('Enter')
  await page.getByTestId('toast-undo').waitFor()
  expect(await planned()).toBe(before + 2)
  await page.getByTestId('toast-undo').press('Enter')
  await expect.poll(planned).toBe(before)
  await page.getByTestId('analysis-delete').click()
  await page.getByTestId('analysis-delete-sure').click()
  await expect.poll(async () => (await api<{ analyses: unknown[] }>('/analyses')).analyses.length).toBe(0)
  expect(errors).toEqual([])
  await context.close()
})
