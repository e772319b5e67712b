import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { PersonRole } from '../../geodata/access/people.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { openPages, settled } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const url = (query: string) => `${demoUrl()}/${query}`
const FIRST = 'given by someone else'
const OWN = 'known to nobody else'

async function ask<T>(path: string, method = 'GET', body?: object): Promise<T> {
  const answer = await askServer(url(`api/v1/${path}`), {
    method,
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}
async function addPerson(username: string, role: PersonRole): Promise<number> {
  const person = { username, name: `Tester ${username}`, role, everywhere: true, password: FIRST }
  return (await ask<{ person: { id: number } }>('people', 'POST', person)).person.id
}
async function enter(page: Page, username: string, password: string): Promise<void> {
  await page.getByTestId('username').fill(username)
  await page.getByTestId('password').fill(password)
  await page.keyboard.press('Enter')
}
async function enterFirst(page: Page, username: string): Promise<void> {
  await enter(page, username, FIRST)
  await page.getByTestId('current-password').fill(FIRST)
  await page.getByTestId('new-password').fill(OWN)
  await page.keyboard.press('Enter')
  await page.getByTestId('map').waitFor()
}

test('a wrong password and an unknown name are told alike, and a password given by others must be changed', async () => {
  await addPerson('e2e-first', 'officer')
  const { page, context } = await open(url('?lang=en&theme=light'), { as: 'nobody' })
  const said: (string | null)[] = []
  for (const [username, password] of [
    ['e2e-first', 'not the password'],
    ['e2e-nobody', 'not the password'],
  ] as const) {
    await enter(page, username, password)
    const error = page.getByTestId('sign-in-error')
    await error.waitFor()
    said.push(await error.textContent())
    await page.reload()
  }
  expect(said[0]).toContain('wrong')
  expect(said[1]).toBe(said[0])

  await enter(page, 'e2e-first', FIRST)
  await page.getByTestId('password-form').waitFor()
  expect(await graveViolations(page)).toEqual([])
  // Neither the same again nor the way round it by a reload.
  await page.getByTestId('current-password').fill(FIRST)
  await page.getByTestId('new-password').fill(FIRST)
  await page.getByTestId('password-save').click()
  await page.getByText('must differ').waitFor()
  await page.reload()
  await page.getByTestId('password-form').waitFor()
  expect(await page.getByTestId('map').count()).toBe(0)
  await page.getByTestId('current-password').fill(FIRST)
  await page.getByTestId('new-password').fill(OWN)
  await page.getByTestId('password-save').click()
  await page.getByTestId('map').waitFor()

  await page.getByTestId('account').click()
  await expect.poll(() => page.getByTestId('account-who').textContent()).toContain('e2e-first')
  await page.getByTestId('sign-out').click()
  await page.getByTestId('sign-in-form').waitFor()
  await page.goBack()
  await page.getByTestId('sign-in-form').waitFor()
  expect(await page.getByTestId('map').count()).toBe(0)
  await context.close()
})

test('the password can be seen, and Caps Lock is told', async () => {
  const { page, context } = await open(url('?lang=en&theme=dark'), { as: 'nobody' })
  const password = page.getByTestId('password')
  await password.fill('secret words')
  await expect.poll(() => password.getAttribute('type')).toBe('password')
  await page.getByRole('button', { name: 'Show or hide the password' }).press('Enter')
  await expect.poll(() => password.getAttribute('type')).toBe('text')
  expect(await page.getByText('Caps Lock is on').count()).toBe(0)
  await password.evaluate((field) =>
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', modifierCapsLock: true, bubbles: true })),
  )
  await page.getByText('Caps Lock is on').waitFor()
  await context.close()
})

test('a session that ends while a draft is open asks for signing in over the page, and the draft is saved', async () => {
  const id = await addPerson('e2e-draft', 'coordinator')
  const [facility] = (
    await ask<{ features: { id: number; version: number; properties: { name: string } }[] }>(
      'facilities?limit=1&geometry=false',
    )
  ).features
  const { page, context } = await open(url(`?lang=en&theme=light&tool=edit&at=facilities/${facility!.id}`), {
    as: 'nobody',
  })
  await enterFirst(page, 'e2e-draft')
  await page.getByTestId('field-name').fill('Named across two sessions')
  await page.getByTestId('field-name').press('Enter')
  await page.getByTestId('draft-row').waitFor()

  const { sessions } = await ask<{ sessions: { id: number }[] }>(`sessions?person=${id}`)
  expect(sessions).toHaveLength(1)
  await ask(`sessions/${sessions[0]!.id}`, 'DELETE')
  await page.getByTestId('edit-save').click()
  const dialog = page.getByTestId('session-ended')
  await dialog.waitFor({ timeout: 60_000 })
  expect(await graveViolations(page)).toEqual([])
  // Escape does not lead past it.
  await page.keyboard.press('Escape')
  await expect.poll(() => dialog.count()).toBe(1)
  await expect.poll(() => dialog.getByTestId('username').inputValue()).toBe('e2e-draft')
  await dialog.getByTestId('password').fill(OWN)
  await page.keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await page.waitForSelector('[data-testid=review-status][data-status=done]', {
    timeout: 60_000,
    state: 'attached',
  })
  await page.getByTestId('review-save').click()
  await page.getByTestId('toast-undo').waitFor({ timeout: 60_000 })
  const name = async () =>
    (await ask<{ properties: { name: string } }>(`facilities/${facility!.id}`)).properties.name
  expect(await name()).toBe('Named across two sessions')
  await page.getByTestId('toast-undo').click()
  await expect.poll(name).toBe(facility!.properties.name)
  await context.close()
})

test('a role that may only look is offered nothing that changes, exports or administers, by mouse or by key', async () => {
  const { page, context, errors } = await open(url('?lang=en&theme=light&tool=edit'), { as: 'nobody' })
  await page.getByTestId('demo-viewer').click()
  await settled(page)
  // Not even by a link that names the tool.
  expect(await page.getByTestId('tool-edit').count()).toBe(0)
  expect(await page.getByTestId('edit-save').count()).toBe(0)
  expect(await page.getByTestId('work-exchange').count()).toBe(0)
  expect(await page.getByRole('button', { name: 'Import a file' }).count()).toBe(0)
  expect(await page.getByRole('button', { name: /^Export/ }).count()).toBe(0)
  await page.keyboard.press('i')
  await page.keyboard.press('e')
  expect(await page.getByRole('dialog').count()).toBe(0)
  await page.getByTestId('search').click()
  await page.getByTestId('search-input').fill('import')
  await page.getByText('Nothing found').waitFor()
  await page.keyboard.press('Escape')
  await page.getByTestId('work-settings').click()
  await page.getByTestId('open-roles').waitFor()
  for (const section of ['people', 'published', 'audit'])
    expect(await page.getByTestId(`open-${section}`).count(), section).toBe(0)
  expect(await page.getByTestId('settings-save').count()).toBe(0)
  // A link to what is not theirs opens the settings, not the section.
  await page.goto(url('?lang=en&theme=light&work=settings&ask=people'))
  await page.getByTestId('open-roles').waitFor()
  expect(await page.getByTestId('admin').count()).toBe(0)
  expect(errors).toEqual([])
  await context.close()
})

test('an administrator adds someone with the area of one grid, resets the password and disables the account', async () => {
  const [grid] = (
    await ask<{ features: { properties: { code: string; name: string; communityCode: string } }[] }>(
      'grids?limit=1&geometry=false',
    )
  ).features
  const { code, name } = grid!.properties
  const { page, context, errors } = await open(url(`?lang=en&theme=light&at=${code}`))
  await page.getByText(name).first().waitFor()
  await page.getByTestId('work-settings').click()
  await page.getByTestId('open-people').click()
  await page.getByTestId('person-add').click()
  await page.getByTestId('person-name').fill('Of one grid')
  await page.getByTestId('person-username').fill('e2e-grid')
  await page.getByTestId('use-selected-cell').click()
  await page.getByTestId('person-save').click()
  const secret = page.getByTestId('secret')
  await secret.waitFor()
  const first = (await secret.textContent())!
  await page.getByTestId('person-e2e-grid').getByText(name).waitFor()

  const one = await open(url('?lang=en&theme=light'), { as: 'nobody' })
  await enter(one.page, 'e2e-grid', first)
  await one.page.getByTestId('current-password').fill(first)
  await one.page.getByTestId('new-password').fill(OWN)
  await one.page.getByTestId('password-save').click()
  await settled(one.page)
  // Begins in the own grid; the community above it is not a place to go.
  await expect
    .poll(() => one.page.getByTestId('child').allTextContents())
    .toEqual([expect.stringContaining(name)])
  await one.page.getByTestId('child').first().click()
  await one.page.locator('.gw-crumbs [aria-current]', { hasText: name }).waitFor()
  await expect.poll(() => one.page.locator('.gw-crumbs button').allTextContents()).toEqual([name])
  expect(one.errors).toEqual([])

  await page.getByTestId('person-reset').click()
  await expect.poll(() => secret.textContent()).not.toBe(first)
  await page.getByTestId('person-disable').click()
  await page.getByTestId('person-e2e-grid').getByText('Disabled').waitFor()
  await expect.poll(async () => (await one.context.request.get(url('api/v1/grids'))).status()).toBe(401)
  expect(errors).toEqual([])
  await one.context.close()
  await context.close()
})

test('a token is shown once, works, and is refused once it is revoked', async () => {
  const { page, context } = await open(url('?lang=en&theme=light&work=settings&ask=tokens'))
  await page.getByTestId('token-add').click()
  await page.getByTestId('token-name').fill('A script of the tests')
  await page.getByTestId('token-create').click()
  const secret = (await page.getByTestId('secret').textContent())!
  const status = async () =>
    (await fetch(url('api/v1/communities'), { headers: { authorization: `Bearer ${secret}` } })).status
  expect(await status()).toBe(200)
  // Gone once one looks elsewhere.
  await page.getByTestId('section-sessions').click()
  await page.getByTestId('session-list').waitFor()
  await page.getByTestId('section-tokens').click()
  await page.getByTestId('token-list').waitFor()
  expect(await page.getByTestId('secret').count()).toBe(0)
  await page.getByRole('button', { name: 'Revoke A script of the tests' }).click()
  await page.getByText('Revoked: A script of the tests').waitFor()
  expect(await status()).toBe(401)
  await context.close()
})

test.each(['dark', 'light'])(
  'signing in and every section of the administration keep nobody out, %s',
  async (theme) => {
    const visitor = await open(url(`?lang=zh&theme=${theme}`), { as: 'nobody' })
    await visitor.page.getByTestId('sign-in-form').waitFor()
    await visitor.page.getByTestId('kiosk-open').click()
    expect(await graveViolations(visitor.page), 'sign-in').toEqual([])
    await visitor.context.close()

    const { page, context } = await open(url(`?lang=zh&theme=${theme}&work=settings&ask=people`))
    await page.getByTestId('person-add').click()
    await page.getByTestId('area-picker').waitFor()
    for (const section of ['people', 'roles', 'tokens', 'sessions', 'published', 'audit']) {
      if (section !== 'people') await page.getByTestId(`section-${section}`).click()
      await page.locator('.gw-skeleton').first().waitFor({ state: 'detached' })
      expect(await graveViolations(page), section).toEqual([])
    }
    await context.close()
  },
)

test('a wall screen comes in by its token, sees the map and is offered no account', async () => {
  const { secret } = await ask<{ secret: string }>('tokens', 'POST', {
    name: 'Wall of the tests',
    kind: 'kiosk',
    everywhere: true,
  })
  const { page, context, errors } = await open(url('?lang=en&theme=dark'), { as: 'nobody' })
  await page.getByTestId('kiosk-open').click()
  await page.getByTestId('kiosk-token').fill(secret)
  await page.getByTestId('kiosk-go').click()
  await settled(page)
  expect(await page.getByTestId('account').count()).toBe(0)
  expect(await page.getByTestId('tool-edit').count()).toBe(0)
  await page.reload()
  await page.getByTestId('map').waitFor()
  expect(errors).toEqual([])
  await context.close()
})

test('published layers are a map for anyone, with its review number; what is not published stays closed', async () => {
  const { version, values } = await ask<{ version: number; values: { reviewNumber: string | null } }>(
    'settings',
  )
  const change = (from: number, body: object) =>
    askServer(url('api/v1/settings'), {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', 'if-match': `"${from}"` },
      body: JSON.stringify(body),
    })
  const published = { publishedLayers: ['communities', 'roads'], reviewNumber: 'GS(2026)0002号' }
  expect((await change(version, published)).status).toBe(200)
  try {
    const { page, context, requests, errors } = await open(url('?embed=1&lang=zh&theme=light'), {
      as: 'nobody',
    })
    await settled(page)
    await expect.poll(() => page.locator('.gw-foot').textContent()).toContain('GS(2026)0002号')
    const tiles = requests.filter((address) => address.includes('/tiles/'))
    expect(tiles.some((address) => address.includes('/tiles/roads/'))).toBe(true)
    expect(tiles.filter((address) => !/tiles\/(communities|roads)[/.]/.test(address))).toEqual([])
    expect((await page.request.get(url('tiles/hazards/14/13684/6687.mvt'))).status()).toBe(401)
    expect(errors).toEqual([])
    await context.close()
  } finally {
    const now = await ask<{ version: number }>('settings')
    await change(now.version, { publishedLayers: [], reviewNumber: values.reviewNumber })
  }
})
