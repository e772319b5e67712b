import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { HazardReplay } from '../../geodata/hazards/replay.schema.ts'
import { playTimeline } from '../../geodata/hazards/replay-player.ts'
import { makeTimeline, STATUS } from '../../geodata/hazards/replay-timeline.ts'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { openPages, settled } from './open-page.ts'

const open = openPages()
const PATIENT = { timeout: 60_000 }
const DAY = 86_400_000

const slider = (page: Page) => page.getByTestId('replay-slider')
const moment = (page: Page) => page.getByTestId('replay-moment').textContent()
const link = (page: Page) => new URL(page.url()).searchParams.get('with')
const shown = async (page: Page) => ({
  open: await page.getByTestId('replay-count-open').textContent(),
  soon: await page.getByTestId('replay-count-soon').textContent(),
  overdue: await page.getByTestId('replay-count-overdue').textContent(),
})

/** How many stood how at the moment of a link, from what the server tells. */
async function standing(at: string) {
  const [from, to] = [Date.parse(at) - DAY, Date.parse(at)].map((time) => new Date(time).toISOString())
  const answer = await askServer(`${demoUrl()}/api/v1/history/hazards?from=${from}&to=${to}`)
  const player = playTimeline(makeTimeline((await answer.json()) as HazardReplay))
  player.seek(DAY / 1000)
  const { counts } = player
  return Object.fromEntries(
    (['open', 'soon', 'overdue'] as const).map((name) => [name, String(counts[STATUS[name]])]),
  )
}

test('the past is played by keys and by mouse, its link holds the moment, and the present comes back', async () => {
  // Three weeks ago, in a week that is over.
  const began = new Date(Date.now() - 21 * DAY).toISOString().slice(0, 10)
  const { page, errors } = await open(
    `${demoUrl()}/?lang=zh&theme=light&fold=layers,place&tool=replay&with=week/${began}T04:00:00Z`,
  )
  await slider(page).waitFor(PATIENT)
  await settled(page)
  await page.getByText('回放 · 非实时').waitFor()
  expect(await shown(page)).toEqual(await standing(`${began}T04:00:00Z`))

  const first = await moment(page)
  await slider(page).focus()
  await page.keyboard.press('ArrowRight')
  await expect.poll(() => moment(page)).not.toBe(first)
  await expect.poll(() => link(page), PATIENT).toBe(`week/${began}T05:00:00Z`)
  await page.keyboard.press('ArrowLeft')
  await expect.poll(() => moment(page)).toBe(first)
  await page.keyboard.press('.')
  await expect.poll(() => link(page), PATIENT).not.toBe(`week/${began}T05:00:00Z`)
  await expect.poll(() => page.getByTestId('replay-latest').count()).toBe(1)

  const earlier = link(page)
  const box = (await slider(page).boundingBox())!
  await page.mouse.click(box.x + box.width * 0.75, box.y + box.height / 2)
  await expect.poll(() => link(page), PATIENT).not.toBe(earlier)
  const kept = link(page)!.split('/')[1]!
  expect(await shown(page)).toEqual(await standing(kept))

  // Played, it goes on by itself, and stops where it is told to.
  await page.getByTestId('replay-toggle').click()
  const before = await slider(page).inputValue()
  await expect.poll(() => slider(page).inputValue(), PATIENT).not.toBe(before)
  await page.getByTestId('replay-toggle').click()

  await page.getByTestId('replay-live').click()
  await page.getByTestId('replay').waitFor({ state: 'detached' })
  expect(link(page)).toBeNull()
  await settled(page)
  expect(errors).toEqual([])
})
