import { expect, test } from 'vitest'
import { addMonths, monthOf } from '../../geodata/figures/china-months.ts'
import type { IndicatorValues } from '../../geodata/figures/indicator.schema.ts'
import { parseCsv } from '../support/parse-csv.ts'
import { demoUrl } from './demo-url.ts'
import { openPages } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()

test('a figure is opened by keyboard to its formula and its rows, is had as table and picture, and printed', async () => {
  const month = addMonths(monthOf(Date.now()), -1)
  const { page, context, errors } = await open(
    `${demoUrl()}/?lang=en&theme=dark&work=figures&layers=grids&ask=indicators:${month}:grids::`,
  )
  const answered = page.waitForResponse((response) => response.url().includes('/indicators/values?'))
  const { indicators } = (await (await answered).json()) as IndicatorValues
  const { numerator, denominator } = indicators.find(({ id }) => id === 'handling')!
  expect(denominator).toBeGreaterThan(numerator)
  await page.getByTestId('indicator-handling').press('Enter')
  const formula = page.getByTestId('indicator-formula')
  await formula.getByText('Handling rate = handled ÷ to be handled').waitFor()
  for (const count of [numerator, denominator])
    await formula.getByText(count.toLocaleString('en-US'), { exact: true }).first().waitFor()
  // What was not handled comes first.
  await expect.poll(() => page.getByTestId('indicator-row').count()).toBe(denominator - numerator)
  await page.getByTestId('tint-legend').waitFor()
  await page.getByTestId('figures-chart').waitFor()
  expect(await graveViolations(page)).toEqual([])

  const href = await page
    .getByTestId('indicator-detail')
    .getByTestId('figures-csv')
    .last()
    .getAttribute('href')
  const table = await (await context.request.get(new URL(href!, demoUrl()).href)).text()
  expect(parseCsv(table.slice(1))).toHaveLength(1 + denominator - numerator)
  const [picture] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('figures-png').press('Enter'),
  ])
  expect(picture.suggestedFilename()).toBe('gridward-handling.png')
  await page.getByTestId('indicator-row').first().press('Enter')
  await page.waitForURL(/at=hazards\/\d+/)

  await page.goto(
    `${demoUrl()}/?lang=zh&theme=dark&work=figures&layers=grids&ask=ranking:${month}:grids::kunshan`,
  )
  await page.getByTestId('ranking-row').first().press('Enter')
  await page.getByTestId('ranking-components').getByText('处理率', { exact: true }).first().waitFor()
  // A share of a part opens the indicator of that cell, over the hazards of the part alone, and the way back is told.
  await page.getByTestId('ranking-component').first().press('Enter')
  await page.getByTestId('figures-kinds').getByText('三合一场所、群租').waitFor()
  await page.getByTestId('figures-area').waitFor()
  await page.getByTestId('figures-back').press('Enter')
  for (const chip of ['figures-kinds', 'figures-area'])
    await page.getByTestId(chip).getByRole('button').press('Enter')
  await page.getByTestId('figures-view').getByText('晴雨表').click()
  const standing = page.getByTestId('barometer-kinds').locator('tfoot').getByTestId('barometer-standing')
  const count = Number(await standing.textContent())
  await standing.press('Enter')
  await expect.poll(() => page.getByTestId('barometer-rows').getByTestId('indicator-row').count()).toBe(count)
  await page.getByTestId('figures-report').press('Enter')
  const sheet = page.getByTestId('figures-report-sheet')
  await sheet.getByText('隐患治理月报').waitFor()
  await sheet.getByText(`${numerator} / ${denominator}`).first().waitFor()
  expect(await sheet.evaluate((paper) => getComputedStyle(paper).backgroundColor)).toBe('rgb(255, 255, 255)')
  await page.evaluate(() => {
    window.print = () => document.body.setAttribute('data-printed', '')
  })
  await page.getByTestId('sheets-print').press('Enter')
  await page.waitForSelector('body[data-printed]')
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })
  expect(errors).toEqual([])
  await context.close()
})
