import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { openPages, settled } from './open-page.ts'

const open = openPages()
const run = promisify(execFile)
const demo = (query: string) => `${demoUrl()}/${query}`
const MILLIMETRES_PER_POINT = 25.4 / 72

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridward-print-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

interface Printed {
  pages: number
  millimetres: [number, number]
  text: string
  /** The map as it lies in the file. */
  map: { wide: number; high: number; pointsPerInch: number; png: Buffer }
}

const drawn = (page: Page) =>
  page.waitForSelector('[data-testid=sheet-state][data-state=drawn]', { timeout: 100_000 })

/** What a printer would be given, read back by poppler. */
async function printed(page: Page, name: string): Promise<Printed> {
  const file = join(folder, `${name}.pdf`)
  await writeFile(file, await page.pdf({ preferCSSPageSize: true, printBackground: true }))
  const { stdout: info } = await run('pdfinfo', [file])
  const { stdout: text } = await run('pdftotext', ['-layout', file, '-'])
  const { stdout: list } = await run('pdfimages', ['-list', file])
  await run('pdfimages', ['-png', file, join(folder, name)])
  const images = list
    .split('\n')
    .slice(2)
    .map((line) => line.trim().split(/\s+/))
    .filter((row) => row[2] === 'image')
    .sort((a, b) => Number(b[3]) * Number(b[4]) - Number(a[3]) * Number(a[4]))
  const [, number, , wide, high] = images[0]!
  const size = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info)!
  return {
    pages: Number(/Pages:\s+(\d+)/.exec(info)![1]),
    millimetres: [Number(size[1]) * MILLIMETRES_PER_POINT, Number(size[2]) * MILLIMETRES_PER_POINT],
    text,
    map: {
      wide: Number(wide),
      high: Number(high),
      pointsPerInch: Number(images[0]![12]),
      png: await readFile(join(folder, `${name}-${number!.padStart(3, '0')}.png`)),
    },
  }
}

/** How many clearly different colours the picture has; a blank one has a single colour. */
async function colours(png: Buffer): Promise<number> {
  const { data } = await sharp(png).removeAlpha().resize(300).raw().toBuffer({ resolveWithObject: true })
  const seen = new Set<number>()
  for (let at = 0; at < data.length; at += 3)
    seen.add(((data[at]! >> 4) << 8) | ((data[at + 1]! >> 4) << 4) | (data[at + 2]! >> 4))
  return seen.size
}

async function placeOf(): Promise<{ lng: number; lat: number }> {
  const { bbox } = (await (await askServer(`${demoUrl()}/api/v1/workspace`)).json()) as {
    bbox: [number, number, number, number]
  }
  return { lng: (bbox[0] + bbox[2]) / 2, lat: (bbox[1] + bbox[3]) / 2 }
}

test('a sheet of A4 in Chinese has every part, one page, the true paper and a map that is not blank', async () => {
  const { page, context, errors } = await open(
    demo(
      '?lang=zh&theme=dark&layers=hazards,grids,buildings,roads&f-hazards=q:风貌路灯&f-facilities=q:看不见',
    ),
  )
  await settled(page)
  await page.getByTestId('tool-print').click()
  await page.getByTestId('sheet-title').fill('第三网格巡查图')
  await drawn(page)
  const sheet = await printed(page, 'a4')
  expect(sheet.pages).toBe(1)
  expect(sheet.millimetres[0]).toBeCloseTo(297, 0)
  expect(sheet.millimetres[1]).toBeCloseTo(210, 0)
  for (const part of [
    '第三网格巡查图',
    '演示数据',
    '图例',
    '隐患',
    '逾期未办结',
    '楼栋',
    '1:',
    '图上 1 厘米',
    '数据时间',
    '打印时间',
    '数据来源',
    '演示数据 Demo data',
    '筛选',
    '风貌路灯',
    '内部使用，无审图号',
    '北',
  ])
    expect(sheet.text, part).toContain(part)
  expect(sheet.text.match(/\d{4}-\d{2}-\d{2} \d{2}:\d{2}/g)).toHaveLength(2)
  // A layer that is not shown has no place in the legend, and neither have the settings.
  for (const absent of ['微网格', '打印或存为', '横向', '看不见'])
    expect(sheet.text, absent).not.toContain(absent)
  expect(sheet.map.pointsPerInch).toBeGreaterThanOrEqual(195)
  expect(await colours(sheet.map.png)).toBeGreaterThan(25)
  expect(errors).toEqual([])
  await context.close()
})

test('a link opens an A3 sheet in English as it was set, and its scale is true on paper', async () => {
  const { lng, lat } = await placeOf()
  const { page, context, errors } = await open(
    demo(`?lang=en&theme=light&tool=print&with=a3/portrait/legend/2000/${lat}/${lng}/0/Night%20round%20A/B`),
  )
  await drawn(page)
  const sheet = await printed(page, 'a3')
  expect(sheet.pages).toBe(1)
  expect(sheet.millimetres[0]).toBeCloseTo(297, 0)
  expect(sheet.millimetres[1]).toBeCloseTo(420, 0)
  for (const part of [
    'Night round A/B',
    'Demo data, not a real town',
    'Legend',
    'Overdue',
    '1:2,000',
    '1 cm on paper = 20 m',
    'Data time',
    'Printed',
    'Sources',
    'Internal use, no map review number',
    'No filter',
  ])
    expect(sheet.text, part).toContain(part)
  expect(await colours(sheet.map.png)).toBeGreaterThan(25)

  // 100 m are 50 mm at 1:2,000.
  const bar = await page
    .locator('.gw-sheet-foot svg g')
    .evaluate((element) => (element as SVGGElement).getBBox().width)
  expect((bar / 96) * 25.4).toBeCloseTo(50, 1)
  expect(sheet.text).toContain('100 m')
  expect(errors).toEqual([])
  await context.close()
})

test('moving the view and another scale draw another map, by the keyboard alone', async () => {
  const { lng, lat } = await placeOf()
  const { page, context } = await open(
    demo(`?lang=en&theme=light&tool=print&with=a4/landscape/plain/5000/${lat}/${lng}/0`),
  )
  await drawn(page)
  const image = page.locator('[data-testid=sheet-map] img')
  const first = await image.getAttribute('src')
  await page.getByRole('button', { name: 'Move the view left' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForFunction(
    (old) => document.querySelector('[data-testid=sheet-map] img')?.getAttribute('src') !== old,
    first,
    { timeout: 90_000 },
  )
  const [, , , , , moved] = new URL(page.url()).searchParams.get('with')!.split('/')
  expect(Number(moved)).toBeLessThan(lng)
  await page.getByTestId('sheet-scale').focus()
  await page.keyboard.press('Enter')
  // The list opens on the scale in force, which takes it a moment.
  await page.getByRole('option', { name: '1:7,500' }).waitFor()
  await page.waitForTimeout(500)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForFunction(() => /\/7500\//.test(new URL(location.href).searchParams.get('with') ?? ''))
  await page.getByTestId('sheet').getByText('1:7,500', { exact: true }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByTestId('sheet').waitFor({ state: 'detached' })
  expect(new URL(page.url()).searchParams.has('tool')).toBe(false)
  await context.close()
})
