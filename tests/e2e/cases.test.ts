import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import type { z } from 'zod'
import type { Case, calendarAnswerSchema } from '../../geodata/hazards/case.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { tinyJpeg } from '../support/tiny-jpeg.ts'
import { demoUrl } from './demo-url.ts'
import { beAt, handOut, PHONE } from './field-rounds.ts'
import { openPages } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const SIZE = { width: 1200, height: 760 }
const json = { 'content-type': 'application/json' }
const ask = async <T>(path: string, init?: RequestInit): Promise<T> => {
  const answer = await askServer(`${demoUrl()}/api/v1${path}`, init)
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}
const caseOf = (id: number) => ask<Case>(`/cases/${id}`)
const act = async (id: number, body: Record<string, unknown>) =>
  ask<Case>(`/cases/${id}/actions`, {
    method: 'POST',
    headers: { ...json, 'if-match': `"${(await caseOf(id)).version}"` },
    body: JSON.stringify(body),
  })

/** Other tests count what the demo area has. */
const made: number[] = []
afterAll(async () => {
  for (const id of made) {
    const version = (await caseOf(id)).version
    await askServer(`${demoUrl()}/api/v1/hazards/${id}`, {
      method: 'DELETE',
      headers: { 'if-match': `"${version}"` },
    })
  }
})

/** A new case, in the middle of the demo area unless told. */
async function report(title: string, lngLat?: [number, number]): Promise<Case> {
  const { bbox } = await ask<{ bbox: [number, number, number, number] }>('/workspace')
  const begun = await ask<Case>('/cases', {
    method: 'POST',
    headers: json,
    body: JSON.stringify({
      id: crypto.randomUUID(),
      lngLat: lngLat ?? [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2],
      title,
      category: { standard: 'local', kind: 'local', code: 'L0002' },
      severity: 'medium',
    }),
  })
  made.push(begun.id)
  return begun
}

const inState = (page: Page, state: string) =>
  page.locator(`[data-testid=case-tab][data-state=${state}]`).waitFor()
const entries = (page: Page) => page.getByTestId('case-entry').count()
const idOf = (page: Page) => Number(/at=hazards\/(\d+)/.exec(page.url())?.[1])

async function fillReport(page: Page, title: string): Promise<void> {
  await page.getByTestId('report-centre').press('Enter')
  await page.getByTestId('report-place').getByText('(').or(page.getByText('（')).first().waitFor()
  await page.getByTestId('report-category').selectOption('L0001')
  await page.getByTestId('report-title').fill(title)
}

test('a report is joined to its like, then taken from hand to hand until it is closed, with nothing lost', async () => {
  const { page, context, errors } = await open(`${demoUrl()}/?lang=zh&theme=light&tool=report`, SIZE)
  await fillReport(page, '三合一测试 甲')
  await page.getByTestId('report-send').click()
  await inState(page, 'reported')
  const id = idOf(page)
  made.push(id)

  // The next who sees it is told, and joins it.
  await page.getByRole('button', { name: '上报隐患' }).click()
  await fillReport(page, '三合一测试 乙')
  const similar = page.getByTestId('similar')
  await similar.getByText('三合一测试 甲').waitFor()
  expect(await graveViolations(page)).toEqual([])
  await page.getByTestId('report-send').getByText('不是同一件').waitFor()
  await similar.getByRole('button', { name: '并入“三合一测试 甲”' }).press('Enter')
  await page.getByTestId('report-tool').waitFor({ state: 'detached' })
  await page.getByTestId('case-entry').getByText('并入重复上报').waitFor()
  expect(idOf(page)).toBe(id)
  expect(await entries(page)).toBe(2)

  const press = (action: string) => page.getByTestId(`case-do-${action}`).press('Enter')
  const send = (action: string) => page.getByTestId(`case-form-${action}`).getByTestId('case-send').click()
  await press('accept')
  await inState(page, 'pending_verify')
  await expect.poll(() => page.getByTestId('case-said').textContent()).toContain('待核实')
  // Its button is gone: the next step is one Tab away, not a walk from the beginning of the page.
  await page.locator('[data-testid=case-actions]:focus').waitFor()
  await press('file')
  await send('file')
  await inState(page, 'pending_dispatch')
  await press('dispatch')
  const department = page.getByTestId('case-form-dispatch').getByTestId('case-department')
  if ((await department.inputValue()) === '') {
    await department.click()
    await page.getByRole('option').first().click()
  }
  await send('dispatch')
  await inState(page, 'dispatched')

  // Sent back without a reason: nothing is sent, and the field says what it lacks.
  await press('return')
  await send('return')
  await page.getByTestId('case-form-return').getByText('必填').waitFor()
  const reason = page.getByTestId('case-reason')
  await expect.poll(() => reason.evaluate((field) => field === document.activeElement)).toBe(true)
  await page.keyboard.type('不在本部门职责内')
  await page.keyboard.press('Control+Enter')
  await inState(page, 'returned')
  await press('dispatch')
  await expect.poll(() => department.isEnabled()).toBe(true)
  if ((await department.inputValue()) === '') {
    await department.click()
    await page.getByRole('option').last().click()
  }
  await send('dispatch')
  await inState(page, 'dispatched')
  await press('take')
  await inState(page, 'handling')

  const before = await caseOf(id)
  await press('ask-extension')
  await page.getByTestId('case-reason').fill('等待材料')
  await send('ask-extension')
  await page.getByText('一次待审批').waitFor()
  await press('extend')
  await page.getByText('已批准 1 次').waitFor()
  expect(Date.parse((await caseOf(id)).dueAt!)).toBeGreaterThan(Date.parse(before.dueAt!))

  await press('finish')
  const form = page.getByTestId('case-form-finish')
  await form
    .locator('input[type=file]')
    .last()
    .setInputFiles({
      name: '整改后.jpg',
      mimeType: 'image/jpeg',
      buffer: await sharp({ create: { width: 300, height: 200, channels: 3, background: '#3a7' } })
        .jpeg()
        .toBuffer(),
    })
  await form.getByTestId('case-note').fill('床铺已搬离')
  await send('finish')
  await inState(page, 'handled')
  await page.getByTestId('case-entry').getByRole('img', { name: '处理完成的照片 1/1' }).waitFor()
  for (const [action, state] of [
    ['submit', 'pending_check'],
    ['close', 'closed'],
  ] as const) {
    await press(action)
    await send(action)
    await inState(page, state)
  }
  const closed = await caseOf(id)
  expect(closed.entries.map(({ seq }) => seq)).toEqual(closed.entries.map((_, index) => index + 1))
  expect(closed.entries.flatMap(({ action }) => action ?? [])).toEqual([
    'report',
    'accept',
    'file',
    'dispatch',
    'return',
    'dispatch',
    'take',
    'ask-extension',
    'extend',
    'finish',
    'submit',
    'close',
  ])
  expect(await entries(page)).toBe(13)
  expect(errors).toEqual([])
  await context.close()
})

test('who was overtaken sees by whom, and what was typed is still there', async () => {
  const { id } = await report('抢先测试')
  const { page, context } = await open(`${demoUrl()}/?lang=zh&theme=light&at=hazards/${id}&tab=case`, SIZE)
  await page.getByTestId('case-do-reject').click()
  await page.getByTestId('case-reason').fill('现场未见')
  let isFirst = true
  await page.route('**/actions', async (route) => {
    if (isFirst) await act(id, { action: 'accept' })
    isFirst = false
    await route.continue()
  })
  await page.getByTestId('case-send').click()
  await page.getByTestId('case-overtaken').getByText('受理').waitFor()
  await expect.poll(() => page.getByTestId('case-reason').inputValue()).toBe('现场未见')
  expect((await caseOf(id)).state).toBe('pending_verify')
  await page.getByTestId('case-send').click()
  await inState(page, 'rejected')
  expect((await caseOf(id)).entries.at(-1)).toMatchObject({ action: 'reject', reason: '现场未见' })
  await context.close()
})

test('a holiday that is entered moves the deadline of what is dispatched from then on, and undo brings it back', async () => {
  const readCalendar = () => ask<z.infer<typeof calendarAnswerSchema>>('/calendar')
  const stored = await readCalendar()
  // However it ends, the days are as they were for the next test.
  onTestFinished(async () => {
    const { version, days } = await readCalendar()
    if (JSON.stringify(days) === JSON.stringify(stored.days)) return
    await ask('/calendar', {
      method: 'PUT',
      headers: { ...json, 'if-match': `"${version}"` },
      body: JSON.stringify({ days: stored.days }),
    })
  })
  const { page, context, errors } = await open(
    `${demoUrl()}/?lang=zh&theme=light&work=settings&ask=calendar`,
    SIZE,
  )
  /** Ready to be dispatched: the offer to undo does not last. */
  const filed = async (title: string) => {
    const { id } = await report(title)
    await act(id, { action: 'accept' })
    await act(id, { action: 'file' })
    const { owners } = await ask<{ owners: { department: { id: number } }[] }>(`/cases/${id}/owners`)
    return () => act(id, { action: 'dispatch', departmentId: owners[0]!.department.id })
  }
  const before = await (await filed('假期前'))()
  const dispatch = await filed('假期后')
  const day = (ahead: number) => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)
  await page.getByTestId('paste-days').fill(`停工通知\n${day(0)}~${day(20)} 停工`)
  await page.getByText('第 1 行读不出日期').waitFor()
  await page.getByTestId('paste-add').click()
  expect(await graveViolations(page)).toEqual([])
  await expect.poll(() => page.getByTestId('paste-days').inputValue()).toBe('停工通知')
  await page.getByTestId('case-settings-save').press('Enter')
  const undo = page.getByTestId('toast-undo')
  await undo.waitFor()
  const after = await dispatch()
  await undo.click()
  expect(Date.parse(after.dueAt!) - Date.parse(before.dueAt!)).toBeGreaterThan(12 * 86_400_000)
  // What runs already stays as it is.
  expect((await caseOf(before.id)).dueAt).toBe(before.dueAt)
  await expect.poll(async () => (await readCalendar()).days).toEqual(stored.days)
  expect(errors).toEqual([])
  await context.close()
})

test('what is to be done is done to many at once or one by one, and whoever may do nothing is told so', async () => {
  const { id } = await report('待办测试')
  const other = await report('待办测试二')
  const { page, context } = await open(`${demoUrl()}/?lang=en&theme=dark&work=hazards`, SIZE)
  await page.getByTestId('work-panel').getByText('To accept and verify').click()
  await page.getByTestId(`case-choose-${id}`).press('Space')
  await page.getByTestId(`case-choose-${other.id}`).press('Space')
  await page.getByTestId('bulk-accept').press('Enter')
  // Somebody is faster with one of them: the other is accepted all the same.
  let isFirst = true
  await page.route(`**/cases/${id}/actions`, async (route) => {
    if (isFirst) await act(id, { action: 'accept' })
    isFirst = false
    await route.continue()
  })
  expect(await graveViolations(page)).toEqual([])
  await page.getByTestId('bulk-send').press('Enter')
  await page.getByTestId('bulk-failed').getByText('待办测试', { exact: true }).waitFor()
  await expect.poll(() => page.getByTestId('bulk-failed').getByRole('listitem').count()).toBe(1)
  expect((await caseOf(other.id)).state).toBe('pending_verify')
  await page.getByTestId(`case-row-${id}`).press('Enter')
  await inState(page, 'pending_verify')
  // The other is of the same place and category: it may be the same.
  await page.getByTestId('case-do-file').press('Enter')
  await page.getByTestId('similar-filed').getByText('待办测试二', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'It is the same as “待办测试二”: reject it' }).press('Enter')
  await expect.poll(() => page.getByTestId('case-reason').inputValue()).toContain(String(other.id))
  expect(await graveViolations(page)).toEqual([])
  for (const section of ['workflow', 'limits'] as const) {
    await page.goto(`${demoUrl()}/?lang=en&theme=dark&work=settings&ask=${section}`)
    await page.getByTestId(`${section}-section`).getByRole('table').first().waitFor()
    expect(await graveViolations(page)).toEqual([])
  }
  await context.close()

  const viewer = await open(`${demoUrl()}/?lang=en&at=hazards/${id}&tab=case`, { ...SIZE, as: 'viewer' })
  await viewer.page.getByText('This step is not yours to take.').waitFor()
  expect(await viewer.page.getByTestId('case-actions').getByRole('button').count()).toBe(0)
  await viewer.context.close()
})

test('on a phone a report joins its like with its photo; without a network it says that nobody could look', async () => {
  const { page, context } = await open(`${demoUrl()}/field?lang=en&theme=light`, { as: 'officer', ...PHONE })
  const { sites } = await handOut(context.request, 'E2E joined report')
  const at = sites[0]!.geometry.coordinates
  const { id } = await report('Same as before', at)
  await beAt(context, at)
  await page.reload()
  await page.getByTestId('field-begin').click()
  await page.waitForSelector('[data-testid=field-duty][data-state=on]')
  await page.getByTestId('field-report').click()
  await page.getByTestId('field-category').selectOption('L0002')
  const buffer = Buffer.from(await tinyJpeg())
  await page.getByTestId('field-photo').setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer })
  const similar = page.getByTestId('field-similar')
  await similar.getByText('Same as before').waitFor()
  await page.getByAltText('The photo that goes with the report').waitFor()
  expect(await graveViolations(page)).toEqual([])
  await similar.getByRole('button', { name: 'Join “Same as before”' }).press('Enter')
  await page.getByTestId('field-report-form').waitFor({ state: 'detached' })
  expect((await caseOf(id)).entries.map(({ kind, photos }) => [kind, photos.length])).toEqual([
    ['transition', 0],
    ['duplicate', 0],
    ['note', 1],
  ])

  await context.setOffline(true)
  await page.getByTestId('field-report').click()
  await page.getByText('Could not look whether it was reported already').waitFor()
  await page.keyboard.press('Escape')
  await context.setOffline(false)
  await page.getByTestId('field-end').click()
  await page.waitForSelector('[data-testid=field-duty][data-state=off]')
  await context.close()
})
