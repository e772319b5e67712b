import type { Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import type { DueAnswer } from '../../geodata/patrols/due.schema.ts'
import type { VisitNorms } from '../../geodata/patrols/norm.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { openPages } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const SIZE = { width: 1280, height: 720 }
const page = (lang: string) => `${demoUrl()}/?lang=${lang}&theme=dark&work=patrols&left=rounds&layers=roads`
const PATH = () => `${demoUrl()}/api/v1/patrols/norms`

async function readNorms(): Promise<VisitNorms> {
  return (await (await askServer(PATH())).json()) as VisitNorms
}
const gateNorm = async (risk: string) =>
  (await readNorms()).norms.find((norm) => norm.siteType === 'estate-gate' && norm.risk === risk)!
async function writeNorms(norms: VisitNorms['norms']): Promise<void> {
  const { version } = await readNorms()
  const answer = await askServer(PATH(), {
    method: 'PUT',
    headers: { 'content-type': 'application/json', 'if-match': `"${version}"` },
    body: JSON.stringify({ norms }),
  })
  expect(answer.status).toBe(200)
}
const field = (page: Page, risk: string, name: string) => page.getByTestId(`norm-estate-gate-${risk}-${name}`)

let before: VisitNorms['norms'] | undefined
afterEach(async () => {
  if (before) await writeNorms(before)
  before = undefined
})

test('a norm changed by keyboard alone changes what is due at once, and is taken back by undo', async () => {
  before = (await readNorms()).norms
  const { page: tab, context, errors } = await open(page('zh'), SIZE)
  const toggle = tab.getByTestId('norm-estate-gate')
  await toggle.focus()
  await tab.keyboard.press('Enter')
  const interval = field(tab, 'low', 'intervalMinutes')
  await tab.keyboard.press('Tab')
  for (let step = 0; step < 6; step++) await tab.keyboard.press('Tab')
  expect(await interval.evaluate((input) => input === document.activeElement)).toBe(true)
  await expect.poll(() => interval.inputValue()).toBe('12 小时')

  await tab.keyboard.press('Control+a')
  await tab.keyboard.type('soon')
  await tab.keyboard.press('Enter')
  await tab.getByText('请输入 1 分钟至 365 天').waitFor()
  await expect.poll(() => tab.getByTestId('norms-save').isDisabled()).toBe(true)
  await tab.keyboard.press('Control+a')
  await tab.keyboard.type('3天')
  await tab.keyboard.press('Tab')
  await expect.poll(() => interval.inputValue()).toBe('3 天')
  await tab.getByTestId('norms-count').getByText('1 项未保存').waitFor()
  expect(await graveViolations(tab)).toEqual([])

  const due = tab.waitForResponse(
    (answer) => answer.url().includes('/patrols/due') && answer.request().method() === 'GET',
  )
  await tab.getByTestId('norms-save').press('Enter')
  await tab.getByText('应巡清单已更新').waitFor()
  expect(await gateNorm('low')).toMatchObject({ intervalMinutes: 4320, graceMinutes: 120, example: false })
  const { sites } = (await (await due).json()) as DueAnswer
  expect(sites.length).toBeGreaterThan(0)

  await tab.getByTestId('toast-undo').click()
  await expect.poll(async () => (await gateNorm('low')).intervalMinutes).toBe(720)
  await expect.poll(() => interval.inputValue()).toBe('12 小时')
  expect(errors).toEqual([])
  await context.close()
})

test('norms that someone else changed meanwhile are not overwritten, and what was typed is kept', async () => {
  const stored = await readNorms()
  before = stored.norms
  const { page: tab, context } = await open(page('en'), SIZE)
  await tab.getByTestId('norm-estate-gate').click()
  await field(tab, 'high', 'serviceMinutes').fill('9 min')
  await field(tab, 'high', 'serviceMinutes').blur()
  await writeNorms(
    stored.norms.map((norm) =>
      norm.siteType === 'estate-gate' && norm.risk === 'high' ? { ...norm, intervalMinutes: 600 } : norm,
    ),
  )
  await tab.getByTestId('norms-save').click()
  await tab.getByTestId('norms-refused').getByText('Someone has just changed the norms').waitFor()
  await expect.poll(() => field(tab, 'high', 'intervalMinutes').inputValue()).toBe('10 h')
  await expect.poll(() => field(tab, 'high', 'serviceMinutes').inputValue()).toBe('9 min')
  await tab.getByTestId('norms-save').click()
  await tab.getByText('Norms saved').waitFor()
  expect(await gateNorm('high')).toMatchObject({ intervalMinutes: 600, serviceMinutes: 9 })
  await context.close()
})

test('whoever may not configure sees the norms and no field', async () => {
  const { page: tab, context } = await open(page('en'), { ...SIZE, as: 'coordinator' })
  await tab.getByTestId('norm-school').click()
  await tab.getByText('You can only look.').waitFor()
  expect(await tab.getByTestId('norms').getByRole('textbox').count()).toBe(0)
  expect(await tab.getByTestId('norms-save').count()).toBe(0)
  await context.close()
})
