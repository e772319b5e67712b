import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { askServer } from '../support/ask-server.ts'
import { demoUrl } from './demo-url.ts'
import { differingShare, openPages, settled } from './open-page.ts'

const open = openPages()
const PATIENT = { timeout: 60_000 }
const api = () => `${demoUrl()}/api/v1`

interface Feature {
  id: number
  version: number
  geometry: { type: 'MultiPolygon'; coordinates: [number, number][][][] }
  properties: Record<string, unknown>
}
const building = async (id: number) => (await (await askServer(`${api()}/buildings/${id}`)).json()) as Feature
async function send(body: object): Promise<{ features: Feature[]; ids: Record<string, number> }> {
  const answer = await askServer(`${api()}/changes`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id: randomUUID(), puts: [], deletes: [], ...body }),
  })
  expect(answer.status).toBe(200)
  return (await answer.json()) as { features: Feature[]; ids: Record<string, number> }
}
const square = (lng: number, lat: number, side: number) => ({
  type: 'MultiPolygon',
  coordinates: [
    [
      [
        [lng, lat],
        [lng + side, lat],
        [lng + side, lat + side],
        [lng, lat + side],
        [lng, lat],
      ].map(([x, y]) => [Number(x!.toFixed(7)), Number(y!.toFixed(7))]),
    ],
  ],
})
const put = (id: number, version: number | null, geometry: unknown, properties: object) => ({
  puts: [{ layer: 'buildings', id, version, geometry, properties }],
})

/** A building of this file's own, outside the town, in three versions. */
async function threeVersions(): Promise<number> {
  const [lng, lat] = [120.7, 31.4]
  const made = await send(put(-1, null, square(lng, lat, 0.0004), { name: '旧名', floors: 3 }))
  const id = made.ids['-1']!
  await send({ note: '改名', ...put(id, 1, square(lng, lat, 0.0004), { name: '新名', floors: 5 }) })
  await send({ note: '扩建', ...put(id, 2, square(lng, lat, 0.0006), { name: '新名', floors: 5 }) })
  return id
}

test('two edits are shown and compared in words and on the map; restoring and undoing go there and back', async () => {
  const id = await threeVersions()
  const { page, context, errors } = await open(
    `${demoUrl()}/?lang=zh&theme=light&map=17/31.4003/120.7003&at=buildings/${id}&tab=history&fold=layers`,
  )
  const versions = page.getByTestId('version')
  await expect.poll(() => versions.count(), PATIENT).toBe(3)
  await expect.poll(() => versions.nth(0).textContent()).toContain('扩建')
  await expect.poll(() => versions.nth(1).textContent()).toMatch(/名称、.*层数|层数、.*名称/)
  // The version in force cannot be restored onto itself.
  await settled(page)
  const plain = await page.screenshot({ clip: { x: 200, y: 100, width: 400, height: 400 } })
  await versions.nth(0).getByRole('button').first().focus()
  await page.keyboard.press('Enter')
  await page
    .getByTestId('shape-difference')
    .getByText(/增加 [\d,.]+ 平方米/)
    .waitFor()
  expect(await page.getByTestId('restore').count()).toBe(0)
  await settled(page)
  const marked = await page.screenshot({ clip: { x: 200, y: 100, width: 400, height: 400 } })
  expect(await differingShare(page, plain, marked)).toBeGreaterThan(0.002)

  // Any two: the newest against the first.
  await page.getByTestId('compare-with').selectOption('1')
  await page.getByTestId('field-differences').getByText('旧名').waitFor()

  // By keyboard, for the third row.
  await versions.nth(2).getByRole('button').first().focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('restore').focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('toast-undo').waitFor()
  const restored = await building(id)
  expect(restored.properties).toMatchObject({ name: '旧名', floors: 3 })
  expect(restored.geometry).toEqual(square(120.7, 31.4, 0.0004))
  await expect.poll(() => versions.count(), PATIENT).toBe(4)
  await page.getByTestId('toast-undo').click()
  await expect.poll(async () => (await building(id)).properties.name, PATIENT).toBe('新名')
  expect((await building(id)).geometry).toEqual(square(120.7, 31.4, 0.0006))
  await expect.poll(() => versions.count(), PATIENT).toBe(5)
  expect(errors).toEqual([])
  await context.close()
  await send({ deletes: [{ layer: 'buildings', id, version: (await building(id)).version }] })
})

test('a link to something deleted shows its history and brings it back', async () => {
  const id = await threeVersions()
  await send({ deletes: [{ layer: 'buildings', id, version: 3 }] })
  const { page, context } = await open(`${demoUrl()}/?lang=en&theme=dark&at=buildings/${id}`)
  await page.getByTestId('gone').waitFor()
  const versions = page.getByTestId('version')
  await expect.poll(() => versions.count(), PATIENT).toBe(4)
  await expect.poll(() => versions.nth(0).textContent()).toContain('Deleted')
  await versions.nth(0).getByRole('button').first().click()
  await page.getByRole('button', { name: 'Bring back' }).click()
  await page.getByTestId('inspector').waitFor()
  expect((await building(id)).properties).toMatchObject({ name: '新名', floors: 5 })
  await page.getByTestId('toast-undo').click()
  await page.getByTestId('gone').waitFor()
  await context.close()
})
