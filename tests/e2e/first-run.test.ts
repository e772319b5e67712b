import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { copyTemplate, embeddedTemplate } from '../support/embedded-template.ts'
import { type StartedServer, startServer } from '../support/start-server.ts'
import { openPages, settled } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const TOWN = fileURLToPath(new URL('../fixtures/small-town.osm', import.meta.url))
const PASSWORD = 'lanterns over the canal'

const open = openPages()
let folder: string
let server: StartedServer

// As someone finds it who has just installed it: empty, no demonstration, nobody set up.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridward-first-run-'))
  const data = join(folder, 'data')
  await copyTemplate(await embeddedTemplate(), data)
  server = await startServer(data, { demo: false })
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** Presses like a hand does: each counts, those on lists included. */
function clicker() {
  let clicks = 0
  return {
    count: () => clicks,
    async click(target: Locator): Promise<void> {
      clicks++
      await target.click()
    },
  }
}

test('without its link the guide says where the link is, and nothing can be read', async () => {
  const { page, context } = await open(`${server.url}/?lang=en&theme=light`, { as: 'nobody' })
  await page.getByTestId('set-up-link').waitFor()
  expect(await page.getByTestId('set-up-go').count()).toBe(0)
  expect((await fetch(`${server.url}/api/v1/communities`)).status).toBe(401)
  await context.close()
})

test('from the printed link to an imported town with two people of one community each in under ten clicks', async () => {
  const { page, context, errors } = await open(`${await server.setUpLink}&lang=zh&theme=light`, {
    as: 'nobody',
  })
  const hand = clicker()
  const axe = async (what: string) => expect(await graveViolations(page), what).toEqual([])
  await page.getByTestId('set-up-name').fill('周明')
  await page.getByTestId('set-up-username').fill('zhouming')
  await page.getByTestId('set-up-password').fill(PASSWORD)
  await axe('administrator')
  await hand.click(page.getByTestId('set-up-go'))

  await page.getByLabel('辖区名称').fill('东郊街道')
  await page.getByTestId('guide-division').fill('310110')
  await page.getByTestId('guide-review').fill('GS(2026)0001')
  await axe('area')
  // A reload on the way loses nothing that was done.
  await page.reload()
  await page.getByLabel('辖区名称').fill('东郊街道')
  await page.getByTestId('guide-division').fill('310110')
  await page.getByTestId('guide-review').fill('GS(2026)0001')
  await hand.click(page.getByTestId('guide-area-go'))

  const chooser = page.waitForEvent('filechooser')
  await hand.click(page.getByTestId('drop'))
  await (await chooser).setFiles(TOWN)
  await page.getByTestId('import-report').waitFor()
  await axe('data')
  await hand.click(page.getByTestId('import-go'))

  const people = [
    { name: '陈静', username: 'chenjing', community: '西园' },
    { name: '李强', username: 'liqiang', community: '东园' },
  ]
  for (const [index, { name, username, community }] of people.entries()) {
    await page.getByTestId('person-name').nth(index).fill(name)
    await page.getByTestId('person-username').nth(index).fill(username)
    await hand.click(page.getByTestId('person-area').nth(index))
    await hand.click(page.getByRole('option', { name: community }))
  }
  await axe('people')
  await hand.click(page.getByTestId('guide-people-go'))
  await page.getByTestId('guide-done').waitFor()
  const passwords = await page.getByTestId('secret').allTextContents()
  expect(new Set(passwords).size).toBe(2)
  // The way on has the focus.
  await page.keyboard.press('Enter')
  await page.getByTestId('map').waitFor()
  expect(hand.count()).toBeLessThan(10)
  await settled(page)
  await expect.poll(() => page.locator('.gw-area-name').textContent()).toBe('东郊街道')
  expect(new URL(page.url()).searchParams.has('set-up')).toBe(false)
  expect(errors).toEqual([])
  await context.close()

  // What each of the two sees is the own community, after a password of their own.
  const one = await open(`${server.url}/?lang=zh&theme=light`, { as: 'nobody' })
  await one.page.getByTestId('username').fill('chenjing')
  await one.page.getByTestId('password').fill(passwords[0]!)
  await one.page.getByTestId('sign-in').click()
  await one.page.getByTestId('current-password').fill(passwords[0]!)
  await one.page.getByTestId('new-password').fill('a bicycle under the plane tree')
  await one.page.getByTestId('password-save').click()
  await one.page.getByTestId('map').waitFor()
  await expect
    .poll(() => one.page.getByTestId('child').allTextContents())
    .toEqual([expect.stringContaining('西园')])
  expect(await one.page.getByText('东园').count()).toBe(0)
  expect(one.errors).toEqual([])
  await one.context.close()
})

test('a set-up link that was used leads to signing in, and says so', async () => {
  const { page, context } = await open(`${await server.setUpLink}&lang=en&theme=light`, { as: 'nobody' })
  await page.getByTestId('sign-in-form').waitFor()
  await expect.poll(() => page.getByText('The set-up link has been used').count()).toBe(1)
  expect(await page.getByTestId('set-up-go').count()).toBe(0)
  await context.close()
})

test('where a demo lets anyone in, the printed link leads to the guide, which fills an empty map at a click', async () => {
  const data = join(folder, 'demo')
  await copyTemplate(await embeddedTemplate(), data)
  const demo = await startServer(data)
  const { page, context, errors } = await open(`${await demo.setUpLink}&lang=zh&theme=light`, {
    as: 'nobody',
  })
  await page.getByTestId('set-up-name').fill('周明')
  await page.getByTestId('set-up-username').fill('zhouming')
  await page.getByTestId('set-up-password').fill(PASSWORD)
  await page.getByTestId('set-up-go').click()
  await page.getByTestId('guide-area-go').click()
  await page.getByTestId('guide-demo').click()
  await page.getByTestId('guide-people-go').waitFor({ timeout: 90_000 })
  const counts = await page.evaluate(() => fetch('/api/v1/counts').then((answer) => answer.json()))
  expect(counts.counts.buildings).toBeGreaterThan(2000)
  expect(errors).toEqual([])
  await context.close()
  await demo.stop()
})
