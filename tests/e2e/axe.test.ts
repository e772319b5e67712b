import { expect, test } from 'vitest'
import { demoUrl } from './demo-url.ts'
import { openPages, settled } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const open = openPages()
const demo = (query: string) => `${demoUrl()}/${query}`

const WORKS = [
  'map',
  'patrols',
  'coverage',
  'hazards',
  'campaigns',
  'figures',
  'exchange',
  'settings',
] as const

test('no workspace keeps anyone out, in the dark and in the light', async () => {
  const { page, context } = await open(demo('?lang=zh&theme=dark'))
  await settled(page)
  for (const theme of ['dark', 'light']) {
    if (theme === 'light') await page.getByTestId('theme').click()
    await page.waitForFunction(
      (wanted) => document.documentElement.dataset.mantineColorScheme === wanted,
      theme,
    )
    for (const work of WORKS) {
      await page.getByTestId(`work-${work}`).click()
      await page.getByTestId(`work-${work}`).and(page.locator('[aria-current=page]')).waitFor()
      await settled(page)
      await page.locator('.gw-skeleton').first().waitFor({ state: 'detached' })
      expect.soft(await graveViolations(page), `${work}, ${theme}`).toEqual([])
    }
  }
  await context.close()
})

test('filters, palette, shortcuts and import keep nobody out', async () => {
  const { page, context } = await open(demo('?lang=en&theme=light&left=filters&list=hazards'))
  await settled(page)
  const check = async (what: string) => {
    await page.waitForTimeout(400)
    expect(await graveViolations(page), what).toEqual([])
  }
  await check('filters')
  await page.getByTestId('search').click()
  await page.getByTestId('search-input').waitFor()
  await check('palette')
  await page.keyboard.press('Escape')
  await page.getByTestId('search-input').waitFor({ state: 'detached' })
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await check('shortcuts')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('i')
  await page.getByRole('dialog', { name: 'Import' }).waitFor()
  await check('import')
  await context.close()
})

test('an inspector on a phone keeps nobody out', async () => {
  const { page, context } = await open(demo('?lang=zh&theme=dark'), { width: 390, height: 844 })
  await settled(page)
  await page.getByTestId('child').first().click()
  await settled(page)
  expect(await graveViolations(page)).toEqual([])
  await context.close()
})

test('Tab goes from the skip link over the top bar, the rail and the left panel to the map and the right panel', async () => {
  const { page, context } = await open(demo('?lang=en&theme=light'))
  await settled(page)
  const visited: string[] = []
  for (let step = 0; step < 120; step++) {
    await page.keyboard.press('Tab')
    const part = await page.evaluate(() => {
      const at = document.activeElement
      const parts = [
        '.gw-skip',
        '.gw-top',
        '.gw-rail',
        '.gw-panel-left',
        '.gw-stage',
        '.gw-tools',
        '.gw-panel-right',
      ]
      return at === document.body ? 'end' : (parts.find((selector) => at?.closest(selector)) ?? 'other')
    })
    if (part === 'end') break
    if (part !== 'other' && visited.at(-1) !== part) visited.push(part)
    if (part === '.gw-panel-right') break
  }
  expect(visited).toEqual([
    '.gw-skip',
    '.gw-top',
    '.gw-rail',
    '.gw-panel-left',
    '.gw-stage',
    '.gw-tools',
    '.gw-panel-right',
  ])
  await context.close()
})
