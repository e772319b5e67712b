import { randomUUID } from 'node:crypto'
import type { APIRequestContext, BrowserContext, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { MyRounds } from '../../geodata/walks/my-round.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { tinyJpeg } from '../support/tiny-jpeg.ts'
import { demoUrl } from './demo-url.ts'
import { openPages } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const url = (path: string) => `${demoUrl()}/${path}`
const PHONE = { width: 390, height: 844 }
const MINUTE = 60_000

interface Site {
  id: number
  geometry: { coordinates: [number, number] }
  properties: { name: string }
}

async function ask<T>(path: string, method = 'GET', body?: object, version?: number): Promise<T> {
  const headers = {
    ...(body ? { 'content-type': 'application/json' } : {}),
    ...(version ? { 'if-match': `"${version}"` } : {}),
  }
  const answer = await askServer(url(`api/v1/${path}`), {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

/** A round over three sites, now, of whoever `request` is signed in as. */
async function handOut(request: APIRequestContext, name: string) {
  const { person } = await (await request.get(url('api/v1/session'))).json()
  const sites: Site[] = (await (await request.get(url('api/v1/checkpoints?limit=3'))).json()).features
  const from = new Date(Date.now() - 10 * MINUTE).toISOString()
  const to = new Date(Date.now() + 120 * MINUTE).toISOString()
  const roundId = randomUUID()
  const stops = sites.map(({ id, geometry }) => ({
    id: randomUUID(),
    checkpointId: id,
    lngLat: geometry.coordinates,
    dwellMinutes: 5,
  }))
  const plan = await ask<{ id: number; version: number }>('patrols/plans', 'POST', {
    name,
    from,
    to,
    teams: [{ id: 'A', name: 'A', people: [person.username], from, to }],
    rounds: [{ id: roundId, teamId: 'A', stops, legs: ['street', 'street', 'street', 'street'] }],
  })
  const published = await ask<{ version: number }>(
    `patrols/plans/${plan.id}/publish`,
    'POST',
    undefined,
    plan.version,
  )
  const end = () => ask(`patrols/plans/${plan.id}/close`, 'POST', undefined, published.version)
  return { roundId, sites, stops, end }
}

/** A phone tells each position once: what it was told before duty is no part of the track. */
async function beAt(
  context: BrowserContext,
  [longitude, latitude]: [number, number],
  metresNorth = 0,
): Promise<void> {
  await context.grantPermissions(['geolocation'], { origin: demoUrl() })
  await context.setGeolocation({ longitude, latitude: latitude + metresNorth / 111_195, accuracy: 8 })
}
async function myRound(context: BrowserContext, roundId: string) {
  const mine: MyRounds = await (await context.request.get(url('api/v1/patrols/mine'))).json()
  return mine.rounds.find((round) => round.roundId === roundId)!
}
const waiting = (page: Page) => page.getByTestId('field-sync').getAttribute('data-waiting').then(Number)

test('whoever is not signed in signs in on the page itself; who may not walk is told so', async () => {
  const { page, context, errors } = await open(url('field?lang=en&theme=light'), { as: 'nobody', ...PHONE })
  await page.getByTestId('demo-viewer').click()
  await page.getByTestId('field-may-not').waitFor()
  await page.getByRole('button', { name: 'Sign out' }).click()
  await page.getByTestId('demo-officer').click()
  await page.getByTestId('field-duty').waitFor()
  expect(await page.getByTestId('field-duty').textContent()).toContain('nothing is recorded')
  expect(await graveViolations(page)).toEqual([])
  expect(errors).toEqual([])
  await context.close()
})

test('without a network check-ins, records and a report with its photo outlive a reload and arrive exactly once', async () => {
  const { page, context } = await open(url('field?lang=en&theme=dark'), { as: 'officer', ...PHONE })
  const { roundId, sites, stops, end } = await handOut(context.request, 'E2E without a network')
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
  expect(await page.getByTestId('field-next').getAttribute('data-stop')).toBe(stops[1]!.id)
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
  expect(await page.getByTestId('field-sync').getAttribute('data-refused')).toBe('0')

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
  await end()
  await context.close()
})

test('what the server refuses stays with its reason, and goes only when it is discarded', async () => {
  const { page, context } = await open(url('field?lang=en&theme=light'), { as: 'officer', ...PHONE })
  const { sites, end } = await handOut(context.request, 'E2E refused')
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
  await end()
  await context.close()
})

test('a track that a watch recorded is taken in place of the phone’s; a file that is none is told as such', async () => {
  const { page, context } = await open(url('field?lang=en&theme=light'), { as: 'officer', ...PHONE })
  const { roundId, sites, end } = await handOut(context.request, 'E2E a watch')
  await page.reload()
  await page.getByTestId('field-gpx').waitFor({ state: 'attached' })
  const send = (text: string) =>
    page
      .getByTestId('field-gpx')
      .setInputFiles({ name: 'track.gpx', mimeType: 'application/gpx+xml', buffer: Buffer.from(text) })
  await send('<gpx><trk>')
  await page.getByRole('alert').waitFor()
  const [lng, lat] = sites[0]!.geometry.coordinates
  const points = Array.from({ length: 20 }, (_, at) => {
    const time = new Date(Date.now() - (25 - at) * 10_000).toISOString()
    return `<trkpt lat="${lat + at * 0.00005}" lon="${lng}"><time>${time}</time></trkpt>`
  })
  await send(
    `<gpx version="1.1" creator="watch" xmlns="http://www.topografix.com/GPX/1/1"><trk><trkseg>${points.join('')}</trkseg></trk></gpx>`,
  )
  await page.getByText('Positions taken: 20').waitFor()
  expect(await page.getByRole('alert').count()).toBe(0)
  expect((await myRound(context, roundId)).duty).not.toBeNull()
  await end()
  await context.close()
})
