import { expect, test } from 'vitest'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { differingShare, mapPicture, openPages, settled } from './open-page.ts'

const open = openPages()
const demo = (query = '') => `${demoUrl()}/${query}`

interface Listed {
  features: { id: number; properties: { code: string; name: string } }[]
}
const list = async (path: string): Promise<Listed['features']> =>
  ((await (await askServer(`${demoUrl()}/api/v1/${path}`)).json()) as Listed).features

test('the demo area opens with every layer drawn, no error, and no request to another origin', async () => {
  const { page, errors, requests, context } = await open(demo('?lang=zh&theme=dark&fold=place'))
  await settled(page)
  await page.getByTestId('demo-mark').waitFor()
  for (const layer of ['communities', 'grids', 'buildings', 'roads', 'landcover', 'hazards']) {
    const tiles = requests.filter((address) => address.includes(`/tiles/${layer}/`))
    expect(tiles.length, `tiles of ${layer}`).toBeGreaterThan(0)
    const count = await page.getByTestId(`count-${layer}`).textContent()
    expect(Number(count?.replace(',', '')), `count of ${layer}`).toBeGreaterThan(0)
  }
  const strangers = requests.filter(
    (address) => !/^(data|blob):/.test(address) && new URL(address).origin !== demoUrl(),
  )
  expect(strangers).toEqual([])
  expect(errors).toEqual([])
  await context.close()
})

test('switching any layer off changes the picture, so each layer really draws', async () => {
  const [community] = await list('communities?limit=1')
  const { page, context } = await open(
    demo(`?lang=zh&theme=light&fold=place&at=${community!.properties.code}`),
  )
  await settled(page)
  const place = (await (
    await askServer(`${demoUrl()}/api/v1/places/${community!.properties.code}`)
  ).json()) as { center: [number, number] }
  const [lng, lat] = place.center
  await page.goto(demo(`?lang=zh&theme=light&fold=place&map=17.2/${lat}/${lng}`))
  const before = await mapPicture(page)
  for (const layer of ['buildings', 'roads', 'landcover', 'micro-grids', 'facilities', 'checkpoints']) {
    await page.getByTestId(`layer-${layer}`).click()
    const share = await differingShare(page, before, await mapPicture(page))
    expect(share, layer).toBeGreaterThan(0.0005)
    await page.getByTestId(`layer-${layer}`).click()
  }
  expect(await differingShare(page, before, await mapPicture(page))).toBeLessThan(0.01)
  await context.close()
})

test('down from the list to a building by clicks, and up again by Escape', async () => {
  const [community] = await list('communities?limit=1')
  const { page, context } = await open(demo('?lang=zh&theme=light&fold=layers'))
  const inspector = page.getByTestId('inspector')
  const lengths = []
  for (const level of [0, 1, 2]) {
    // Else the children of the place before may still be there to be clicked.
    await settled(page)
    const child =
      level === 0
        ? page.getByRole('button', { name: community!.properties.name })
        : inspector.getByTestId('child')
    await child.first().click()
    await page.waitForFunction(
      (least) => (new URL(location.href).searchParams.get('at') ?? '').length > least,
      level ? lengths.at(-1)! : 0,
    )
    await inspector.getByTestId('child').first().waitFor()
    lengths.push(new URL(page.url()).searchParams.get('at')!.length)
  }
  expect(lengths).toEqual([12, 15, 17])
  const micro = new URL(page.url()).searchParams.get('at')!
  await settled(page)
  const zoomed = Number(new URL(page.url()).searchParams.get('map')!.split('/')[0])
  await inspector.getByTestId('child').first().click()
  await page.waitForFunction((code) => new URL(location.href).searchParams.get('at') !== code, micro)
  await inspector.getByText('用途').waitFor()
  for (const length of [17, 15, 12]) {
    await page.keyboard.press('Escape')
    await page.waitForFunction(
      (wanted) => new URL(location.href).searchParams.get('at')?.length === wanted,
      length,
    )
    await settled(page)
  }
  expect(Number(new URL(page.url()).searchParams.get('map')!.split('/')[0])).toBeLessThan(zoomed)
  await page.keyboard.press('Escape')
  await page.waitForFunction(() => !new URL(location.href).searchParams.has('at'))
  await context.close()
})

test('each double click on the map goes exactly one level down, though its single clicks choose too', async () => {
  const { page, context } = await open(demo('?lang=zh&theme=light'))
  await settled(page)
  const box = (await page.getByTestId('map').boundingBox())!
  const middle = { x: 48 + 320 + (box.width - 48 - 320 - 360) / 2, y: box.height / 2 }
  for (const length of [12, 15, 17]) {
    await page.mouse.dblclick(middle.x, middle.y)
    await page.waitForFunction(
      (wanted) => new URL(location.href).searchParams.get('at')?.length === wanted,
      length,
    )
    await settled(page)
    await page.waitForTimeout(800)
  }
  await context.close()
})

test('the initials of a name in pinyin find it and lead to it', async () => {
  const { page, context, errors } = await open(demo('?lang=zh&theme=dark'))
  const [community] = await list('communities?limit=1')
  const { pinyin } = await import('pinyin-pro')
  const initials = pinyin(community!.properties.name, { pattern: 'first', toneType: 'none' }).replaceAll(
    ' ',
    '',
  )
  await settled(page)
  await page.keyboard.press('/')
  await page.getByTestId('search-input').fill(initials)
  await page.getByTestId('search-result').filter({ hasText: community!.properties.name }).first().click()
  await page.waitForFunction(
    (code) => new URL(location.href).searchParams.get('at') === code,
    community!.properties.code,
  )
  await page.getByTestId('inspector').getByRole('heading', { name: community!.properties.name }).waitFor()
  expect(errors).toEqual([])
  await context.close()
})

test('language and theme change at once, and the address keeps them', async () => {
  const { page, context, errors } = await open(demo('?lang=zh&theme=dark'))
  await settled(page)
  const before = await mapPicture(page)
  await page.getByText('EN', { exact: true }).click()
  await page.getByRole('heading', { name: 'Layers' }).waitFor()
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('en')
  await page.getByTestId('theme').click()
  await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'light')
  expect(await differingShare(page, before, await mapPicture(page))).toBeGreaterThan(0.5)
  const query = new URL(page.url()).searchParams
  expect([query.get('lang'), query.get('theme')]).toEqual(['en', 'light'])
  expect(errors).toEqual([])
  await context.close()
})

test('a permalink restores the same view: camera, selection, layers, language, theme, picture', async () => {
  const [grid] = await list('grids?limit=1')
  const first = await open(demo(`?lang=en&theme=light&fold=layers&at=${grid!.properties.code}`))
  await settled(first.page)
  await first.page.getByRole('button', { name: 'Zoom to it' }).click()
  await settled(first.page)
  await first.page.getByRole('button', { name: 'Tilt the view' }).click()
  await settled(first.page)
  await first.page.waitForTimeout(500)
  const link = first.page.url()
  const picture = await mapPicture(first.page)
  await first.context.close()

  const second = await open(link, { locale: 'zh-CN' })
  const restored = await mapPicture(second.page)
  expect(second.page.url()).toBe(link)
  expect(new URL(link).searchParams.get('map')!.split('/')).toHaveLength(5)
  await second.page.getByRole('heading', { name: grid!.properties.name }).waitFor()
  expect(await differingShare(second.page, picture, restored)).toBeLessThan(0.01)
  await second.context.close()
})

test('an edit elsewhere reaches the open page without a reload', async () => {
  const [community] = await list('communities?limit=1')
  const { page, context } = await open(demo(`?lang=zh&theme=light&at=${community!.properties.code}`))
  await page.getByRole('heading', { name: community!.properties.name }).waitFor()
  await settled(page)
  const address = `${demoUrl()}/api/v1/communities/${community!.id}`
  const rename = async (name: string) => {
    const { version } = (await (await askServer(address)).json()) as { version: number }
    const answer = await askServer(address, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json', 'if-match': `"${version}"` },
      body: JSON.stringify({ properties: { name } }),
    })
    expect(answer.status, await answer.text()).toBe(200)
  }
  await rename('改名社区')
  await page.getByRole('heading', { name: '改名社区' }).waitFor()
  await rename(community!.properties.name)
  await context.close()
})

test('on a phone the panels are sheets that leave half of the map free', async () => {
  const { page, context, errors } = await open(demo('?lang=zh&theme=dark'), { width: 390, height: 844 })
  await settled(page)
  const sheet = (await page.getByTestId('inspector').boundingBox())!
  expect(sheet.width).toBe(390)
  expect(sheet.y).toBeGreaterThan(844 * 0.4)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  expect(errors).toEqual([])
  await context.close()
})
