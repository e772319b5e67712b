import { expect, test } from 'vitest'
import type { Plan } from '../../geodata/patrols/plan.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { EVENING } from '../support/evening.ts'
import { demoUrl } from './demo-url.ts'
import { openPages, settled } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const SIZE = { width: 1280, height: 720 }
const PLANS = () => `${demoUrl()}/api/v1/patrols/plans`

async function ask<T>(path: string, method: string, body?: object, version?: number): Promise<T> {
  const answer = await askServer(`${PLANS()}${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  expect(answer.ok, await answer.clone().text()).toBe(true)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

/** A plan of one round between the first two sites. */
async function planOf(name: string) {
  const sites = (await (await askServer(`${demoUrl()}/api/v1/checkpoints?limit=2`)).json()) as {
    features: { id: number; geometry: { coordinates: [number, number] } }[]
  }
  const stops = sites.features.map(({ id, geometry }) => ({
    id: crypto.randomUUID(),
    checkpointId: id,
    lngLat: geometry.coordinates,
    dwellMinutes: 5,
  }))
  return {
    name,
    ...EVENING,
    area: [],
    teams: [{ id: 'A', name: '甲组', people: [], ...EVENING }],
    rounds: [{ id: crypto.randomUUID(), teamId: 'A', stops, legs: ['street', 'street', 'street'] }],
  }
}

test('another’s version of the open plan is told as it comes and taken only when asked for; the list follows', async () => {
  const input = await planOf('Told as it comes')
  const { id } = await ask<Plan>('', 'POST', input)
  const { page, context, errors } = await open(
    `${demoUrl()}/?lang=en&theme=dark&work=patrols&left=rounds&layers=roads`,
    SIZE,
  )
  await page.getByTestId('plan-row').getByText('Told as it comes').click()
  await page.getByTestId('plan-state').getByText('Saved, version').waitFor()
  await page.getByTestId('plan-name').fill('Mine')
  await page.getByTestId('plan-name').blur()

  await ask(`/${id}`, 'PUT', { ...input, name: 'Theirs' }, 1)
  const note = page.getByTestId('plan-theirs')
  await note.getByText('It is version 2 now (Draft); you opened version 1.').waitFor()
  await expect.poll(() => page.getByTestId('plan-name').inputValue()).toBe('Mine')
  expect(await graveViolations(page)).toEqual([])
  await page.getByTestId('take-theirs').press('Enter')
  await expect.poll(() => page.getByTestId('plan-name').inputValue()).toBe('Theirs')
  await expect.poll(() => note.count()).toBe(0)

  await ask(`/${id}/publish`, 'POST', undefined, 2)
  await note.getByText('It is version 2 now (Published)').waitFor()
  await page.getByTestId('keep-mine').click()
  await page.getByTestId('plan-state').getByText('Published').waitFor()
  await expect.poll(() => note.count()).toBe(0)

  await page.getByTestId('plan-close').click()
  const row = page.getByTestId('plan-row').filter({ hasText: 'Theirs' })
  await row.getByText('Published').waitFor()
  await ask(`/${id}/close`, 'POST', undefined, 2)
  await row.getByText('Closed').waitFor()
  expect(errors).toEqual([])
  await context.close()
})

test('a plan that somebody deletes while it is open stays, and can become a new one', async () => {
  const { id } = await ask<Plan>('', 'POST', await planOf('Soon gone'))
  const { page, context } = await open(
    `${demoUrl()}/?lang=en&theme=light&work=patrols&left=rounds&layers=roads`,
    SIZE,
  )
  await page.getByTestId('plan-row').getByText('Soon gone').click()
  await page.getByTestId('plan-state').getByText('Saved, version').waitFor()
  await ask(`/${id}`, 'DELETE', undefined, 1)
  await page.getByTestId('plan-gone').getByRole('button').click()
  await page.getByTestId('plan-state').getByText('Changes not saved').waitFor()
  await expect.poll(() => page.getByTestId('plan-name').inputValue()).toBe('Soon gone')
  await context.close()
})

test('the routes of published plans are drawn by a switch that a link keeps, and follow a publication', async () => {
  const input = await planOf('Drawn as a layer')
  const { id } = await ask<Plan>('', 'POST', input)
  const [lng, lat] = input.rounds[0]!.stops[0]!.lngLat
  const address = `${demoUrl()}/?lang=en&theme=dark&layers=roads&map=16/${lat}/${lng}`
  const { page, context, errors, requests } = await open(address, SIZE)
  await settled(page)
  const asked = () => requests.filter((url) => /\/tiles\/patrol-routes\/.*mvt/.test(url)).length
  expect(asked()).toBe(0)
  await page.getByTestId('routes').focus()
  await page.keyboard.press('Space')
  await expect.poll(asked).toBeGreaterThan(0)
  expect(new URL(page.url()).searchParams.get('routes')).toBe('1')
  await settled(page)
  const before = asked()
  const drawn = page.waitForResponse(
    async (answer) =>
      /\/tiles\/patrol-routes\/.*mvt/.test(answer.url()) &&
      answer.status() === 200 &&
      (await answer.body()).includes('Drawn as a layer'),
  )
  await ask(`/${id}/publish`, 'POST', undefined, 1)
  await drawn
  expect(asked()).toBeGreaterThan(before)
  await settled(page)
  await page.reload()
  await expect.poll(() => page.getByTestId('routes').isChecked()).toBe(true)
  await page.getByTestId('routes').press('Space')
  await expect.poll(() => new URL(page.url()).searchParams.get('routes')).toBe(null)
  await ask(`/${id}/close`, 'POST', undefined, 1)
  expect(errors).toEqual([])
  await context.close()
})
