import { expect, inject, test } from 'vitest'
import { askServer } from '../support/ask-server.ts'
import { openPages, settled } from './open-page.ts'

const open = openPages()

test('a pasted place opens the empty map there with the editing tool, and nonsense is told', async () => {
  const { page, context } = await open(`${inject('emptyUrl')}/?lang=zh&theme=light`)
  await page.getByTestId('draw-where').fill('柳堤社区')
  await page.getByRole('button', { name: '打开地图' }).click()
  await page.getByText('请输入经度和纬度').waitFor()
  await page.getByTestId('draw-where').fill('120.62，31.3')
  await page.keyboard.press('Enter')
  await page.getByTestId('map').waitFor()
  await settled(page)
  const query = new URL(page.url()).searchParams
  expect(query.get('tool')).toBe('edit')
  expect(query.get('map')).toMatch(/^15\/31\.3\d*\/120\.6[12]/)
  await context.close()
})

test('an empty system offers ways to begin instead of a blank map, and opens the map after an import', async () => {
  const { page, context, errors, requests } = await open(`${inject('emptyUrl')}/?lang=en&theme=light`)
  const screen = page.getByTestId('first-screen')
  await screen.waitFor()
  await expect.poll(() => screen.textContent()).toContain('npx gridward demo')
  expect(await page.getByTestId('map').count()).toBe(0)
  expect(requests.some((address) => address.includes('/tiles/'))).toBe(false)

  const square = (west: number) => [
    [
      [west, 31],
      [west + 0.01, 31],
      [west + 0.01, 31.01],
      [west, 31.01],
      [west, 31],
    ],
  ]
  const file = {
    type: 'FeatureCollection',
    features: [120, 120.01].map((west, index) => ({
      type: 'Feature',
      properties: { code: `32050801904${index}`, name: `Community ${index}` },
      geometry: { type: 'Polygon', coordinates: square(west) },
    })),
  }
  const chooser = page.waitForEvent('filechooser')
  await page.getByTestId('drop').click()
  await (await chooser).setFiles({
    name: 'communities.geojson',
    mimeType: 'application/geo+json',
    buffer: Buffer.from(JSON.stringify(file)),
  })
  await page.getByRole('combobox', { name: 'Into layer' }).click()
  await page.getByRole('option', { name: 'Communities' }).click()
  await page.getByTestId('import-go').click()
  await page.getByText('nothing written yet').waitFor()
  expect(await (await askServer(`${inject('emptyUrl')}/api/v1/workspace`)).json()).toMatchObject({
    empty: true,
  })
  await page.getByTestId('import-go').click()
  await page.getByTestId('map').waitFor()
  await settled(page)
  expect(errors).toEqual([])
  await context.close()
})
