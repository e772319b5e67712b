import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Plan } from '../../geodata/patrols/plan.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { TOMORROW } from '../support/evening.ts'
import { demoUrl } from './demo-url.ts'
import { openPages, settled } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const SIZE = { width: 1280, height: 800 }
const view = (query = '') =>
  `${demoUrl()}/?lang=en&theme=dark&work=patrols&layers=roads,communities,checkpoints${query}`

/** Two teams in a community of the demo area, who relieve each other after two hours. `hour`: of tomorrow, when they begin. */
async function storePlan(name: string, hour = 18): Promise<Plan> {
  const cells = await askServer(`${demoUrl()}/api/v1/communities?limit=1`)
  const { features } = (await cells.json()) as { features: { properties: { code: string } }[] }
  const begins = Date.parse(`${TOMORROW}T00:00:00+08:00`)
  const at = (hours: number) => new Date(begins + (hour + hours) * 3_600_000).toISOString()
  const hours = { from: at(0), to: at(4) }
  const answer = await askServer(`${demoUrl()}/api/v1/patrols/plans`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      name,
      ...hours,
      area: [features[0]!.properties.code],
      teams: [
        { id: 'A', name: 'Team A', ...hours, to: at(2) },
        { id: 'B', name: 'Team B', ...hours, from: at(2) },
      ],
    }),
  })
  return (await answer.json()) as Plan
}

async function openPlan(page: Page, name: string): Promise<void> {
  await page.getByTestId('plan-row').filter({ hasText: name }).click()
  await page.getByTestId('generate').waitFor()
}
const chooseKind = (page: Page, kind: string) => page.getByText(kind, { exact: true }).click()

test('a border is walked by two shifts, by keyboard, and the place where one relieves the other is shown', async () => {
  await storePlan('Border by night')
  const { page, context, errors } = await open(view(), SIZE)
  await settled(page)
  await openPlan(page, 'Border by night')
  await page.getByRole('radio', { name: 'Walk a border' }).focus()
  await page.keyboard.press('Space')
  await page.getByTestId('generate').focus()
  await page.keyboard.press('Enter')
  await page
    .getByTestId('border-result')
    .getByText(/One lap is [\d.]+ k?m/)
    .waitFor({ timeout: 60_000 })
  expect(await page.getByTestId('hand-over').allTextContents()).toEqual([
    expect.stringMatching(/^A takes over \d\d:00, hands on \d\d:5\d, [\d.]+ laps$/),
    expect.stringMatching(/^B takes over \d\d:00, hands on \d\d:5\d, [\d.]+ laps$/),
  ])
  await page.getByTestId('times').locator('tbody tr').nth(1).waitFor()
  await page.getByText('No conflicts').waitFor({ timeout: 60_000 })
  const before = page.url()
  await page.getByTestId('hand-over').first().press('Enter')
  await settled(page)
  await expect.poll(() => page.url()).not.toBe(before)
  expect(await graveViolations(page)).toEqual([])
  expect(errors).toEqual([])
  await context.close()
})

test('a search that runs is found after a reload, without its stream too, and stopping keeps the best', async () => {
  await storePlan('Reloaded')
  const { page, context } = await open(view(), SIZE)
  await settled(page)
  await openPlan(page, 'Reloaded')
  await chooseKind(page, 'Visit sites')
  await page.getByText('60 s', { exact: true }).click()
  await page.getByTestId('generate').click()
  await page
    .getByTestId('generating')
    .getByText(/Best so far/)
    .waitFor()
  // The stream breaks: it is asked for instead.
  await page.route('**/jobs/*/events', (route) => route.abort())
  await page.reload()
  await page
    .getByTestId('generating')
    .getByText(/Best so far/)
    .waitFor()
  await page.getByTestId('generate-stop').click()
  await page
    .getByTestId('generated')
    .getByText(/Stopped/)
    .waitFor()
  await expect.poll(() => page.getByTestId('times').locator('tbody tr').count()).toBeGreaterThan(0)
  await page.getByTestId('plan-undo').click()
  await page.getByText('No round is drawn yet.').waitFor()
  await context.close()
})

test('what was due and got no place is told apart from what is closed all through the shift', async () => {
  // At night, from 1 to 5 o’clock in the demo area.
  await storePlan('Left out', 25)
  const { page, context, errors } = await open(view(), SIZE)
  await settled(page)
  await openPlan(page, 'Left out')
  await page.getByText('5 s', { exact: true }).click()
  await page.getByTestId('generate').click()
  await page.getByTestId('generated').waitFor({ timeout: 60_000 })
  const [, met, all] = /^(\d+) of (\d+)/.exec((await page.getByTestId('met').textContent())!)!
  const owed = await page.getByTestId('unserved-owed').allTextContents()
  expect(owed.length > 0).toBe(Number(met) < Number(all))
  const closed = page.getByTestId('unserved-closed')
  await closed.getByText(/sites are closed all through the shift/).click()
  await expect.poll(() => closed.locator('li').count()).toBeGreaterThan(0)
  expect(errors).toEqual([])
  await context.close()
})
