import { expect, test } from 'vitest'
import type { Campaign } from '../../geodata/campaigns/campaign.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { openPages } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const ask = async (path: string) => (await askServer(`${demoUrl()}/api/v1${path}`)).json()

test('on a phone a visit outlives a reload half-way, is recorded by keyboard, and counts', async () => {
  const { campaigns } = (await ask('/campaigns')) as { campaigns: Campaign[] }
  const { id, counts } = campaigns[0]!
  const { page, errors } = await open(
    `${demoUrl()}/?lang=zh&theme=light&work=campaigns&ask=c/${id}&fold=layers`,
    { width: 390, height: 844, as: 'officer' },
  )
  await page.getByTestId('target-state').selectOption('unvisited')
  await page.getByTestId('target-row').first().press('Enter')
  const form = page.getByTestId('visit-form')
  await form.getByTestId('finding-wiring').press('Space')
  await form.getByTestId('visit-note').fill('配电箱没有盖')
  await page.reload()
  await form.getByTestId('visit-note').waitFor()
  await expect.poll(() => form.getByTestId('visit-note').inputValue()).toBe('配电箱没有盖')
  await expect.poll(() => form.getByTestId('finding-wiring').isChecked()).toBe(true)
  expect(await graveViolations(page)).toEqual([])
  const send = form.getByTestId('visit-send')
  expect((await send.boundingBox())!.height).toBeGreaterThanOrEqual(44)
  await send.press('Enter')
  await page.getByText('走访已记录：有问题').waitFor()
  await page
    .getByTestId('figure-visited')
    .getByText(`${counts.visited + 1} / ${counts.targets} 处`)
    .waitFor()
  // Whoever goes from one to the next finds the list as it was.
  expect(await page.getByTestId('target-state').inputValue()).toBe('unvisited')
  const { targets } = (await ask(`/campaigns/${id}/targets?state=unvisited&limit=1000`)) as {
    targets: object[]
  }
  expect(targets).toHaveLength(counts.states.unvisited - 1)
  expect(errors).toEqual([])
})

test('a campaign is renamed and named back; what others visit counts without a reload', async () => {
  const { campaigns } = (await ask('/campaigns')) as { campaigns: Campaign[] }
  const { id, name, counts, checklistId } = campaigns[0]!
  const { page, errors } = await open(`${demoUrl()}/?lang=zh&theme=dark&work=campaigns&ask=c/${id}`, {
    as: 'supervisor',
  })
  await page.getByTestId('campaign-edit').press('Enter')
  await page.getByTestId('campaign-name').fill(`${name}（二）`)
  await page.getByTestId('campaign-save').press('Enter')
  const title = () => page.locator('.gw-campaign-title').textContent()
  await expect.poll(title).toBe(`${name}（二）`)
  await page.getByTestId('toast-undo').click()
  await expect.poll(title).toBe(name)
  const { targets } = (await ask(`/campaigns/${id}/targets?state=unvisited&limit=1`)) as {
    targets: { id: number }[]
  }
  const { checklists } = (await ask('/checklists')) as { checklists: { id: number; version: number }[] }
  const sent = await askServer(`${demoUrl()}/api/v1/campaigns/${id}/targets/${targets[0]!.id}/visits`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      id: crypto.randomUUID(),
      checklistVersion: checklists.find((each) => each.id === checklistId)!.version,
      outcome: 'checked',
    }),
  })
  expect(sent.status).toBe(201)
  await page
    .getByTestId('figure-visited')
    .getByText(`${counts.visited + 1} / ${counts.targets} 处`)
    .waitFor()
  await page.getByTestId('campaign-shown').getByText('各网格进度').click()
  const cell = page.getByTestId('cell-row').first()
  const cellName = await cell.textContent()
  await cell.press('Enter')
  await expect.poll(() => page.getByTestId('target-cell').textContent()).toBe(cellName)
  expect(errors).toEqual([])
})

test('the smoke alarms of a building are tested today, which is taken back', async () => {
  const { alarms } = (await ask('/smoke-alarms?state=overdue&limit=1')) as { alarms: { code: string }[] }
  const { page, errors } = await open(`${demoUrl()}/?lang=zh&theme=dark&tab=safety&at=${alarms[0]!.code}`)
  const tab = page.getByTestId('safety-tab')
  await tab.getByText('逾期').first().waitFor()
  await tab.getByTestId('alarm-edit').click()
  expect(await graveViolations(page)).toEqual([])
  await tab.getByTestId('alarm-tested').click()
  await tab.getByTestId('alarm-save').click()
  const undo = page.getByTestId('toast-undo')
  await undo.waitFor()
  const state = async () =>
    ((await ask(`/smoke-alarms?q=${alarms[0]!.code}`)) as { alarms: { testedOn: string | null }[] })
      .alarms[0]!.testedOn
  const tested = await state()
  await undo.click()
  await expect.poll(state).not.toBe(tested)
  expect(errors).toEqual([])
})
