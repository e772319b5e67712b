import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { MyRounds } from '../../geodata/walks/my-round.schema.ts'
import { tinyJpeg } from '../support/tiny-jpeg.ts'
import { ask, beAt, handOut, PHONE, url } from './field-rounds.ts'
import { openPages } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()

async function myRound(context: BrowserContext, roundId: string) {
  const mine: MyRounds = await (await context.request.get(url('api/v1/patrols/mine'))).json()
  return mine.rounds.find((round) => round.roundId === roundId)!
}
const choose = (page: Page, text: string) =>
  page
    .getByTestId('field-gpx')
    .setInputFiles({ name: 'track.gpx', mimeType: 'application/gpx+xml', buffer: Buffer.from(text) })
/** Twenty positions northwards, ten seconds apart, the last a minute ago. */
function watchTrack([lng, lat]: [number, number]): string {
  const points = Array.from({ length: 20 }, (_, at) => {
    const time = new Date(Date.now() - (25 - at) * 10_000).toISOString()
    return `<trkpt lat="${lat + at * 0.00005}" lon="${lng}"><time>${time}</time></trkpt>`
  })
  return `<gpx version="1.1" creator="watch" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${points.join('')}</trkseg></trk></gpx>`
}
const waiting = (page: Page) => page.getByTestId('field-sync').getAttribute('data-waiting').then(Number)

test('whoever is not signed in signs in on the page itself; who may not walk is told so', async () => {
  const { page, context, errors } = await open(url('field?lang=en&theme=light'), { as: 'nobody', ...PHONE })
  await page.getByTestId('demo-viewer').click()
  await page.getByTestId('field-may-not').waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByTestId('demo-officer').click()
  await page.getByTestId('field-duty').waitFor()
  await expect.poll(() => page.getByTestId('field-duty').textContent()).toContain('nothing is recorded')
  expect(await graveViolations(page)).toEqual([])
  expect(errors).toEqual([])
  await context.close()
})

test('without a network check-ins, records and a report with its photo outlive a reload and arrive exactly once', async () => {
  const { page, context } = await open(url('field?lang=en&theme=dark'), { as: 'officer', ...PHONE })
  const { roundId, sites, stops } = await handOut(context.request, 'E2E without a network')
  const note = `e2e ${randomUUID()}`
  await beAt(context, sites[0]!.geometry.coordinates)
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.reload()
  await page.getByTestId('field-begin').click()
  await page.waitForSelector('[data-testid=field-duty][data-state=on]')
  expect(await graveViolations(page)).toEqual([])
  await expect.poll(() => waiting(page)).toBe(0)

  await context.setOffline(true)
  for (const metres of [20, 10, 0]) await beAt(context, sites[0]!.geometry.coordinates, metres)
  await page.getByTestId('field-check-in').click()
  await page.getByTestId('field-record').click()
  await page.getByLabel('Mediated').check()
  await page.getByRole('button', { name: 'One more' }).press('Enter')
  await page.getByLabel('Note', { exact: true }).fill(note)
  expect(await graveViolations(page)).toEqual([])
  await page.getByTestId('field-record-save').click()
  await page.getByTestId('field-record-form').waitFor({ state: 'detached' })
  await page.getByTestId('field-report').click()
  await page.getByTestId('field-category').selectOption({ label: 'Fire lane occupied' })
  await page.getByLabel('High').check()
  await page.getByLabel('Description').fill(note)
  const buffer = Buffer.from(await tinyJpeg())
  await page.getByTestId('field-photo').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer })
  await page.getByAltText('The photo that goes with the report').waitFor()
  expect(await graveViolations(page)).toEqual([])
  await page.getByTestId('field-report-save').click()
  await page.getByTestId('field-report-form').waitFor({ state: 'detached' })
  await page.getByTestId('field-leave').click()
  await expect.poll(() => waiting(page)).toBeGreaterThanOrEqual(3)
  const before = await waiting(page)

  await page.reload()
  await page.getByTestId('field-next').waitFor()
  await expect.poll(() => page.getByTestId('field-next').getAttribute('data-stop')).toBe(stops[1]!.id)
  expect(await waiting(page)).toBeGreaterThanOrEqual(before)
  await page.waitForSelector('[data-testid=field-duty][data-state=on]')

  // The server takes it, and the answer is lost on the way: the phone sends it all again.
  let lost = 0
  await context.route('**/api/v1/patrols/sync', async (route) => {
    await context.request.fetch(route.request())
    lost += 1
    if (lost === 1) return route.abort()
    return route.fallback()
  })
  await context.setOffline(false)
  await expect.poll(() => waiting(page), { timeout: 60_000 }).toBe(0)
  expect(lost).toBeGreaterThan(1)
  await context.unrouteAll({ behavior: 'wait' })
  await page.getByTestId('field-end').click()
  await page.waitForSelector('[data-testid=field-duty][data-state=off]')
  await expect.poll(() => waiting(page)).toBe(0)
  await expect.poll(() => page.getByTestId('field-sync').getAttribute('data-refused')).toBe('0')

  const round = await myRound(context, roundId)
  expect(round.stops.map(({ checkedIn }) => checkedIn)).toEqual(['visited', null, null])
  expect(round.stops[0]!.records).toMatchObject([{ outcome: 'mediated', count: 2, note }])
  expect(round.duty?.endedAt).not.toBeNull()
  const { features: hazards } = await ask<{
    features: { id: number; version: number; properties: { description: string; severity: string } }[]
  }>('hazards?limit=1000&geometry=false')
  const mine = hazards.filter(({ properties }) => properties.description === note)
  expect(mine.map(({ properties }) => properties.severity)).toEqual(['high'])
  const { photos } = await ask<{ photos: unknown[] }>(`photos?layer=hazards&feature=${mine[0]!.id}`)
  expect(photos).toHaveLength(1)

  await ask(`hazards/${mine[0]!.id}`, 'DELETE', undefined, mine[0]!.version)
  await context.close()
})

test('what the server refuses stays with its reason, and goes only when it is discarded', async () => {
  const { page, context } = await open(url('field?lang=en&theme=light'), { as: 'officer', ...PHONE })
  const { sites } = await handOut(context.request, 'E2E refused')
  await beAt(context, sites[0]!.geometry.coordinates)
  await page.reload()
  await page.getByTestId('field-begin').click()
  await page.waitForSelector('[data-testid=field-duty][data-state=on]')
  await expect.poll(() => waiting(page)).toBe(0)
  // Withdrawn while they are on the way.
  await context.setOffline(true)
  await page.getByTestId('field-record').click()
  await page.getByLabel('Guided').check()
  await page.getByTestId('field-record-save').click()
  await page.getByTestId('field-record-form').waitFor({ state: 'detached' })
  await context.route('**/api/v1/patrols/sync', async (route) => {
    const { entries } = route.request().postDataJSON()
    const problem = { code: 'wrong-state', detail: 'The plan was withdrawn.' }
    await route.fulfill({
      json: { entries: entries.map(({ id }: { id: string }) => ({ id, state: 'refused', problem })) },
    })
  })
  await context.setOffline(false)
  const sync = page.getByTestId('field-sync')
  await expect
    .poll(async () => Number(await sync.getAttribute('data-refused')), { timeout: 60_000 })
    .toBeGreaterThan(0)
  await sync.click()
  await page.getByText('The plan was withdrawn.').first().waitFor()
  expect(await graveViolations(page)).toEqual([])
  for (let left = await page.getByTestId('field-discard').count(); left > 0; left--)
    await page.getByTestId('field-discard').first().click()
  await expect.poll(async () => Number(await sync.getAttribute('data-refused'))).toBe(0)
  await page.keyboard.press('Escape')
  await page.getByTestId('field-waiting').waitFor({ state: 'detached' })
  await context.close()
})

test('a track that a watch recorded is taken in place of the phone’s; a file that is none is told as such', async () => {
  const { page, context } = await open(url('field?lang=en&theme=light'), { as: 'officer', ...PHONE })
  const { roundId, sites } = await handOut(context.request, 'E2E a watch')
  await page.reload()
  await page.getByTestId('field-gpx').waitFor({ state: 'attached' })
  await choose(page, '<gpx><trk>')
  await page.getByRole('alert').waitFor()
  await choose(page, watchTrack(sites[0]!.geometry.coordinates))
  await page.getByText('Positions taken: 20').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  expect((await myRound(context, roundId)).duty).not.toBeNull()
  await context.close()
})

test('a track of a watch that is chosen without a network outlives a reload and arrives once, though an answer is lost', async () => {
  const { page, context } = await open(url('field?lang=en&theme=light'), { as: 'officer', ...PHONE })
  const { roundId, sites } = await handOut(context.request, 'E2E a watch without a network')
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined))
  await page.reload()
  await page.getByTestId('field-gpx').waitFor({ state: 'attached' })
  // A page that is loaded anew may be quicker than what cuts it off: one gate from first to last,
  // for between two of them a request could slip through.
  let gateOpen = false
  const answers: number[] = []
  await context.route('**/gpx?plan=*', async (route) => {
    if (!gateOpen) return route.abort()
    const answer = await context.request.fetch(route.request())
    answers.push((await answer.json()).positions)
    return answers.length === 1 ? route.abort() : route.fulfill({ response: answer })
  })
  await context.setOffline(true)
  await choose(page, '<gpx><wpt lat="1" lon="1"/></gpx>')
  // By the phone itself: what the file has instead of a track.
  await page.getByText('1 waypoints').waitFor()
  expect(await waiting(page)).toBe(0)
  await choose(page, watchTrack(sites[0]!.geometry.coordinates))
  await page.getByText('The track is kept on the phone').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  await page.reload()
  await page.getByText('The track is kept on the phone').waitFor()
  await expect.poll(() => waiting(page)).toBe(1)
  await page.getByTestId('field-sync').click()
  await page.getByText('Track file: track.gpx').waitFor()
  await page.keyboard.press('Escape')

  gateOpen = true
  await context.setOffline(false)
  await expect.poll(() => waiting(page), { timeout: 60_000 }).toBe(0)
  await context.unrouteAll({ behavior: 'wait' })
  expect(answers).toEqual([20, 0])
  await page.getByText('This track had been taken before.').waitFor()
  expect((await myRound(context, roundId)).duty?.endedAt).not.toBeNull()
  await context.close()
})
