import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { TEAM_HUES } from '../../client/ui/tokens.ts'
import { mondayOf } from '../../geodata/walks/group-rounds.ts'
import type { RunSummary } from '../../geodata/walks/run.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { openPages, settled } from './open-page.ts'
import { graveViolations } from './run-axe.ts'
import { ROUND_BEGUN_MINUTES, walkOne } from './walk-one.ts'

const open = openPages()
const SIZE = { width: 1280, height: 720 }
const demo = (ask = '') =>
  `${demoUrl()}/?lang=en&theme=dark&work=patrols&left=rounds&layers=roads,buildings${ask && `&ask=${ask}`}`
const api = async <T>(path: string): Promise<T> =>
  (await (await askServer(`${demoUrl()}/api/v1/patrols/${path}`)).json()) as T
type Runs = { runs: RunSummary[] }

test('what was walked is told with its denominators, and the slider goes back in time by keyboard', async () => {
  const { page, context, errors } = await open(demo(), SIZE)
  await settled(page)
  await walkOne(context.request, demoUrl(), { name: 'Walked before' })
  await page.getByTestId('work-panel').getByText('Walked', { exact: true }).click()
  await page.getByText('7 days', { exact: true }).click()
  const round = page.getByTestId('walked-round').filter({ hasText: 'Walked before' })
  await round.waitFor()
  const { counts } = (await api<Runs>('runs?limit=200')).runs.find(
    ({ plan }) => plan.name === 'Walked before',
  )!
  expect(counts).toMatchObject({ planned: 3, minutes: 55 })
  await round.getByText(`(${counts.visited} of 3)`).waitFor()
  await round.getByText(/off plan of/).waitFor()
  await round.getByText(`${Math.round(counts.recordedMinutes)} of 55 min`).waitFor()
  await round.getByTestId('walked-look').click()
  const stops = page.getByTestId('walked-stop')
  await stops
    .first()
    .getByText(/^planned \d\d:\d\d/)
    .waitFor()
  await stops
    .first()
    .getByText(/^actual \d\d:\d\d–\d\d:\d\d · track$/)
    .waitFor()
  await expect.poll(() => stops.count()).toBe(3)
  await settled(page)
  const shown = () =>
    page.evaluate(() => document.querySelector('[data-testid=walked-until]')?.getAttribute('aria-valuetext'))
  const end = await shown()
  await page.getByTestId('walked-until').focus()
  await page.keyboard.press('Home')
  await expect.poll(shown).not.toBe(end)
  await page.keyboard.press('End')
  await expect.poll(shown).toBe(end)
  expect(await graveViolations(page)).toEqual([])
  // It is in the address: a reload shows the same walk.
  await page.reload()
  await page.getByTestId('walked-run').waitFor()
  await page.getByTestId('walked-back').click()
  await round.waitFor()
  expect(errors).toEqual([])
  await context.close()
})

test('rounds are summed up by team and day, and what was missed begins a plan for the next shift', async () => {
  const { page, context, errors } = await open(demo('walked:week'), SIZE)
  const team = { id: 'Q', name: 'Team Q' }
  await walkOne(context.request, demoUrl(), { name: 'Summed up', team, firstSite: 8 })
  await walkOne(context.request, demoUrl(), { name: 'Not walked', team, firstSite: 20, unwalked: true })
  await page.reload()
  await page.getByTestId('walked-round').filter({ hasText: 'Not walked' }).waitFor()
  await page.getByText('Team', { exact: true }).click()
  const group = page.getByTestId('walked-group').filter({ hasText: 'Team Q' })
  await group.getByText('1 of 2 rounds walked').waitFor()
  await group
    .getByText(/of 6\)/)
    .first()
    .waitFor()
  // It is in the address.
  await page.reload()
  await group.waitFor()
  await page.getByText('Day', { exact: true }).click()
  await page
    .getByTestId('walked-group')
    .first()
    .getByText(/^\d\d-\d\d$/)
    .waitFor()
  const missed = await page.getByTestId('walked-missed').count()
  expect(missed).toBeGreaterThanOrEqual(3)
  const said = (await page.getByTestId('walked-due').textContent())!
  const due = Number(/^(\d+) of/.exec(said)![1])
  expect(due).toBeGreaterThan(0)
  expect(await graveViolations(page)).toEqual([])
  await page.getByTestId('walked-plan-missed').click()
  await page.getByTestId('plan-name').waitFor()
  await expect.poll(() => page.getByTestId('stop').count()).toBe(due)
  expect(errors).toEqual([])
  await context.close()
})

test('all walks play back over the time of day, by keyboard, and stand still until they are asked to', async () => {
  const { page, context, errors } = await open(demo('walked:week:play'), SIZE)
  await walkOne(context.request, demoUrl(), { name: 'Played back', team: { id: 'P', name: 'Team P' } })
  await page.reload()
  const slider = page.getByTestId('walked-time')
  await slider.waitFor()
  const moment = () => page.getByTestId('walked-clock').textContent()
  const end = await moment()
  await slider.focus()
  await page.keyboard.press('Home')
  await expect.poll(moment).not.toBe(end)
  await settled(page)
  // Nobody is on the way yet: the whole ways are there, faint.
  const before = await teamPixels(page)
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => slider.getAttribute('aria-valuetext')).toMatch(/^\d\d:\d\d, [1-9]\d* under way$/)
  await settled(page)
  await expect.poll(() => teamPixels(page)).toBeGreaterThan(before + 60)
  const still = await moment()
  await page.getByTestId('walked-toggle').focus()
  expect(await moment()).toBe(still)
  await page.keyboard.press('Enter')
  await expect.poll(moment).not.toBe(still)
  await page.getByTestId('walked-look').first().click()
  await page.getByTestId('walked-run').waitFor()
  await page.getByTestId('walked-stop').first().waitFor()
  expect(errors).toEqual([])
  await context.close()
})

/** How many pixels between the panels have the full colour of a team: who is under way, and the trail behind. */
async function teamPixels(page: Page): Promise<number> {
  const clip = { x: 430, y: 80, width: 450, height: 560 }
  const picture = (await page.screenshot({ clip })).toString('base64')
  return page.evaluate(
    async ([base64, hues]) => {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!
      context.drawImage(bitmap, 0, 0)
      const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height)
      const colours = hues.map((hue) => [1, 3, 5].map((at) => Number.parseInt(hue.slice(at, at + 2), 16)))
      let count = 0
      for (let at = 0; at < data.length; at += 4)
        for (const colour of colours)
          if (colour.every((part, channel) => Math.abs(data[at + channel]! - part) < 6)) count++
      return count
    },
    [picture, TEAM_HUES.dark] as const,
  )
}

test('who passed an area is found by the view, its walk tells what was done beside the round', async () => {
  const { page, context, errors } = await open(demo('walked:today:passed'), SIZE)
  const team = { id: 'R', name: 'Team R' }
  const astray = await walkOne(context.request, demoUrl(), {
    name: 'Beside',
    team,
    firstSite: 2,
    hazard: true,
    astray: true,
  })
  await settled(page)
  await page.getByTestId('passed-from').fill('2020-01-01T00:00')
  await page.getByText(/62 days at most/).waitFor()
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 16)
  await page.getByTestId('passed-from').fill(yesterday)
  await page.getByTestId('passed-view').focus()
  await page.keyboard.press('Enter')
  const pass = page.getByTestId('walked-pass').filter({ hasText: 'Beside' }).first()
  await pass.waitFor()
  await pass.getByText(/Team R/).waitFor()
  // Of another time there is nobody, and that is said.
  const longAgo = new Date(Date.now() - 40 * 86_400_000).toISOString().slice(0, 14)
  await page.getByTestId('passed-from').fill(`${longAgo}00`)
  await page.getByTestId('passed-to').fill(`${longAgo}59`)
  await page.getByText(/No walk went through/).waitFor()
  await page.getByTestId('passed-to').fill(new Date(Date.now() + 86_400_000).toISOString().slice(0, 16))
  await page.getByTestId('passed-from').fill(yesterday)
  await pass.getByRole('button').click()
  await page.getByTestId('walked-run').waitFor()
  // Where it was at the end; it may have come near enough to others on the way.
  const off = page.getByTestId('walked-off-plan')
  await off.filter({ hasText: astray }).waitFor()
  await page.getByTestId('walked-report').getByText('High', { exact: false }).waitFor()
  await page.getByTestId('walked-report').getByRole('button').click()
  await page.waitForURL(/at=hazards/)
  expect(errors).toEqual([])
  await context.close()
})

/** The Monday, by this machine’s clock and the browser’s. */
function weekAt(moment: number): string {
  const minutesBehind = new Date(moment).getTimezoneOffset()
  return mondayOf(new Date(moment - minutesBehind * 60_000).toISOString().slice(0, 10))
}

test('a week is printed with its figures, its missed sites and their denominators', async () => {
  const { page, context, errors } = await open(demo('walked'), SIZE)
  const begun = Date.now() - ROUND_BEGUN_MINUTES * 60_000
  await walkOne(context.request, demoUrl(), { name: 'Printed', firstSite: 12, unwalked: true })
  await page.getByTestId('walked-print').click()
  const sheet = page.getByTestId('week-sheet')
  await sheet.waitFor()
  // Early on a Monday the round was of last week.
  if (weekAt(begun) < weekAt(Date.now())) await page.getByTestId('week-before').click()
  await page.getByTestId('week-missed').first().waitFor()
  await expect.poll(() => sheet.locator('table').first().locator('tbody tr').count()).toBe(7)
  await expect.poll(() => page.getByTestId('week-missed').count()).toBeGreaterThanOrEqual(3)
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByTestId('sheets-print').isVisible()).toBe(false)
  expect(await sheet.isVisible()).toBe(true)
  await page.emulateMedia({ media: 'screen' })
  await page.getByTestId('week-before').click()
  const shown = page.getByTestId('week-shown')
  const before = await shown.textContent()
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  expect(before).toMatch(/^\d\d-\d\d–\d\d-\d\d$/)
  expect(errors).toEqual([])
  await context.close()
})
