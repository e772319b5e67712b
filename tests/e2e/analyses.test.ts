import { expect, test } from 'vitest'
import type { Analysis } from '../../geodata/coverage/analysis.schema.ts'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { openPages } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const api = async <T>(path: string): Promise<T> =>
  (await (await askServer(`${demoUrl()}/api/v1/analyses${path}`)).json()) as T

test('a question is put by keyboard, its answer has a link, a card and files, is asked again and deleted', async () => {
  const { page, context, errors } = await open(
    `${demoUrl()}/?lang=zh&theme=light&work=coverage&left=questions&layers=roads`,
  )
  await page.getByTestId('question-groups').press('Enter')
  await page.getByLabel('名称', { exact: true }).fill('沿街商户')
  await page.getByTestId('question-run').press('Enter')
  const shown = page.getByTestId('analysis')
  await page.locator('[data-testid=analysis][data-state=done]').waitFor()
  await expect.poll(() => shown.locator('h3').first().textContent()).toBe('沿街商户')
  const id = new URL(page.url()).searchParams.get('ask')!
  const analysis = await api<Analysis>(`/${id}`)
  expect(analysis).toMatchObject({ kind: 'groups', title: '沿街商户', state: 'done', staleSince: null })
  const rows = page.getByTestId('part-row')
  await rows.first().waitFor()
  await rows.first().press('Enter')
  await page.getByTestId('part-card').waitFor()
  await expect.poll(() => rows.first().getAttribute('aria-current')).toBe('true')
  await page.getByTestId('analysis-export').press('Enter')
  const links = page.locator('.gw-analysis-exports a')
  await expect.poll(() => links.count()).toBe(analysis.parts.filter(({ count }) => count > 0).length * 4)
  const file = await askServer(new URL((await links.first().getAttribute('href'))!, demoUrl()).href)
  expect(((await file.json()) as { features: unknown[] }).features).toHaveLength(
    analysis.parts.find(({ count }) => count > 0)!.count,
  )
  await page.keyboard.press('Escape')
  expect(await graveViolations(page)).toEqual([])

  await page.reload()
  await page.locator('[data-testid=analysis][data-state=done]').waitFor()
  await page.getByTestId('analysis-again').click()
  await page.waitForURL((url) => url.searchParams.get('ask') !== id)
  await page.locator('[data-testid=analysis][data-state=done]').waitFor()
  const next = new URL(page.url()).searchParams.get('ask')!
  expect(await api<Analysis>(`/${next}`)).toMatchObject({ rerunOf: id, params: analysis.params })
  for (const left of [1, 0]) {
    await page.getByTestId('analysis-delete').click()
    await page.getByTestId('analysis-delete-sure').click()
    await expect.poll(() => page.getByTestId('analysis-row').count()).toBe(left)
    if (left) await page.getByTestId('analysis-row').click()
  }
  expect((await api<{ analyses: unknown[] }>('')).analyses).toEqual([])
  expect(errors).toEqual([])
  await context.close()
})
