import { afterAll, expect, test } from 'vitest'
import type { Department } from '../../geodata/dispatch/department.schema.ts'
import type { Case } from '../../geodata/hazards/case.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { openPages } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const SIZE = { width: 1200, height: 760 }
const ask = async <T>(path: string, init?: RequestInit): Promise<T> => {
  const answer = await askServer(`${demoUrl()}/api/v1${path}`, init)
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return (await answer.json()) as T
}
const departments = () =>
  ask<{ departments: Department[] }>('/departments').then((answer) => answer.departments)
const caseOf = (id: number) => ask<Case>(`/cases/${id}`)

/** Other tests count what the demo area has. */
const made: number[] = []
afterAll(async () => {
  for (const id of made)
    await askServer(`${demoUrl()}/api/v1/hazards/${id}`, {
      method: 'DELETE',
      headers: { 'if-match': `"${(await caseOf(id)).version}"` },
    })
})

test('a department that is added closes a gap, and taking it back opens it again', async () => {
  const { page, errors } = await open(`${demoUrl()}/?lang=zh&theme=light&work=settings&ask=departments`, SIZE)
  const rows = page.getByTestId('department-row')
  await rows.first().waitFor()
  const before = await departments()
  await page.getByTestId('department-add').click()
  await page.getByTestId('department-save').click()
  await page.getByText('必填').waitFor()
  await page.getByTestId('department-name').fill('河道保洁队')
  await page.getByTestId('category-06010').press('Space')
  await page.getByTestId('department-save').click()
  await page.getByText('已添加：河道保洁队').waitFor()
  await expect.poll(() => rows.count()).toBe(before.length + 1)
  // Two have rubbish everywhere now.
  await page.getByTestId('coverage-06010').getByText('河道保洁队').waitFor()
  expect(await graveViolations(page)).toEqual([])
  await page.getByTestId('toast-undo').click()
  await expect.poll(() => rows.count()).toBe(before.length)
  expect((await departments()).map(({ name }) => name)).toEqual(before.map(({ name }) => name))
  expect(errors).toEqual([])
})

test('an order of the hotline is checked, imported, placed, contacted first; departments called to it answer', async () => {
  const { page, errors } = await open(`${demoUrl()}/?lang=zh&theme=light&tool=hotline`, SIZE)
  const file = [
    '工单编号,受理时间,诉求内容,事项类别,联系电话',
    'E2E1,2026-01-06 07:40,"楼道堆物，请回电13812345678",06036,13812345678',
    '1.2E+15,2026-01-06,x,06036,',
  ].join('\n')
  await page.locator('input[type=file]').setInputFiles({
    name: 'orders.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(file),
  })
  await page.getByTestId('hotline-go').click()
  await page.getByText('检查结果（还没有写入）').waitFor()
  await page.getByText('未读取（涉及个人信息）：联系电话').waitFor()
  expect(await page.getByTestId('hotline-row').allInnerTexts()).toEqual([
    expect.stringContaining('没有找到位置，待定位'),
    expect.stringContaining('科学计数法'),
  ])
  expect(await graveViolations(page)).toEqual([])
  await page.getByTestId('hotline-go').press('Enter')
  await page.getByText('导入结果').waitFor()
  await page.getByTestId('hotline-tool').locator('label', { hasText: '待定位 1' }).click()
  await page.getByTestId('hotline-waiting').press('Enter')
  await page.getByTestId('hotline-place').press('Enter')
  const part = page.getByTestId('hotline-part')
  await part.getByText('E2E1').waitFor()
  const id = Number(/at=hazards\/(\d+)/.exec(page.url())?.[1])
  made.push(id)
  expect(await caseOf(id)).toMatchObject({
    source: 'hotline',
    state: 'reported',
    description: expect.stringContaining('［已略去］'),
  })

  await page.getByTestId('hotline-contact').press('Enter')
  await page.getByTestId('hotline-note').fill('请拨13812345678')
  await page.getByTestId('hotline-save').press('Enter')
  await part.getByText('含电话或证件号码').waitFor()
  await page.getByTestId('hotline-note').fill('已说明')
  await page.getByTestId('hotline-save').press('Enter')
  await part.getByText('已记录。').waitFor({ state: 'attached' })
  await expect.poll(async () => (await caseOf(id)).entries.at(-1)!.kind).toBe('contact')

  const [first, second] = (await departments()).map(({ name }) => name)
  await page.getByTestId('whistle-blow').press('Enter')
  await page.locator('[data-testid=whistle-departments]:focus').waitFor()
  for (const name of [first!, second!]) {
    await page.getByTestId('whistle-departments').fill(name)
    await page.getByRole('option', { name, exact: true }).click()
  }
  await page.getByTestId('whistle-reason').fill('联合清理')
  await page.getByTestId('whistle-reason').press('Tab')
  await page.getByTestId('whistle-send').press('Enter')
  const calls = page.getByTestId('whistle-call')
  await calls.nth(1).waitFor()
  await calls.nth(0).getByTestId('whistle-accept').press('Enter')
  await page.locator('[data-testid=whistle-call][data-answer=accepted]:focus').waitFor()
  await page.getByTestId('whistle-decline').press('Enter')
  await page.getByTestId('dispatch-reason').fill('不属于本部门职责')
  await page.getByTestId('dispatch-reason-send').press('Enter')
  await page.locator('[data-testid=whistle-call][data-answer=declined]').waitFor()
  await page.getByTestId('whistle-divide').press('Enter')
  await page.getByTestId('division-task').fill('清理楼道')
  await page.getByTestId('division-save').press('Enter')
  await page.getByTestId('task-done').press('Enter')
  await page.locator('[data-testid=whistle-task][data-state=done]').waitFor()
  expect(await graveViolations(page)).toEqual([])
  const { entries } = await caseOf(id)
  expect(entries.map(({ kind }) => kind)).toEqual([
    ...['transition', 'contact', 'whistle', 'whistle-answer', 'whistle-answer', 'division', 'division'],
  ])

  // What a department owes another’s case is found without knowing the case.
  await page.goto(`${demoUrl()}/?lang=zh&theme=light&work=hazards&ask=,owed`)
  await page.locator('[data-testid=owed-row][data-kind=task]').first().press('Enter')
  await page.getByTestId('whistle-task').first().waitFor()
  expect(errors).toEqual([])
})
