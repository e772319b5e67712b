import { expect, test } from 'vitest'
import type { PlanSummary } from '../../geodata/patrols/plan.schema.ts'
import { demoUrl } from './demo-url.ts'
import { openPages, settled } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const SIZE = { width: 1280, height: 720 }
const NAME = 'Three days'
const START = '2031-03-03'

test('a week is planned by keyboard, found again after a reload, and its days become drafts that open', async () => {
  const { page, context, errors } = await open(
    `${demoUrl()}/?lang=en&theme=dark&work=patrols&left=rounds&layers=roads,buildings`,
    SIZE,
  )
  const url = (path: string) => `${demoUrl()}/api/v1/patrols/plans${path}`
  const made = async () => {
    const { plans }: { plans: PlanSummary[] } = await (await context.request.get(url('?limit=500'))).json()
    return plans.filter(({ name }) => name.startsWith(NAME))
  }
  await settled(page)
  await page.getByTestId('week-open').focus()
  await page.keyboard.press('Enter')
  await page.getByLabel('Name', { exact: true }).fill(NAME)
  await page.getByTestId('week-start').fill(START)
  await page.getByTestId('week-count').fill('4')
  // A day is left out with the space bar.
  const days = page.getByTestId('week-day')
  await expect.poll(() => days.count()).toBe(4)
  await days.nth(1).focus()
  await page.keyboard.press('Space')
  await page.getByTestId('week-like').selectOption({ label: 'One team, all that you reach' })
  expect(await graveViolations(page)).toEqual([])
  await page.getByTestId('week-run').focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('week-days').waitFor({ timeout: 60_000 })
  // The search is found again after a reload.
  await page.reload()
  await page.getByTestId('week-make').getByText('Make 3 drafts').waitFor({ timeout: 60_000 })
  const rows = page.getByTestId('week-days').locator('tbody tr')
  await expect
    .poll(() => rows.locator('th').allTextContents())
    .toEqual(['03-03 Mon', '03-05 Wed', '03-06 Thu'])
  const visits = (await rows.locator('td:nth-child(2)').allTextContents()).map(Number)
  expect(Math.min(...visits)).toBeGreaterThan(0)
  const said = (await page.getByTestId('week-sum').textContent())!
  expect(Number(/^(\d+) of/.exec(said)![1])).toBe(visits.reduce((sum, count) => sum + count, 0))
  expect(await graveViolations(page)).toEqual([])
  expect(await made()).toEqual([])

  await page.getByTestId('week-make').click()
  await page
    .getByTestId('plan-row')
    .filter({ hasText: `${NAME} 03-06` })
    .waitFor()
  const plans = (await made()).sort((a, b) => a.from.localeCompare(b.from))
  expect(plans.map(({ stops }) => stops)).toEqual(visits)
  expect(plans.every(({ state }) => state === 'draft')).toBe(true)
  // The last day counts what those before it mean to visit, and says so.
  await page
    .getByTestId('plan-row')
    .filter({ hasText: `${NAME} 03-06` })
    .click()
  await page.getByTestId('met').waitFor()
  await page.getByText('Due', { exact: true }).click()
  await page
    .getByTestId('due-counted')
    .getByText(/sites count as visited/)
    .waitFor()
  for (const { id, version } of plans)
    await context.request.delete(url(`/${id}`), {
      headers: { origin: demoUrl(), 'if-match': `"${version}"` },
    })
  expect(errors).toEqual([])
  await context.close()
})
