import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { union, xor } from 'polyclip-ts'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { fromLngLat, toLngLat } from '../../geodata/crs/convert.ts'
import { areaSquareMetres } from '../../geodata/editing/measure.ts'
import type { StoredFeature } from '../../geodata/shared/feature.ts'
import type { LngLat, MultiPolygon } from '../../geodata/shared/geojson.ts'
import { askServer } from '../support/ask-server.ts'
import { copyTemplate } from '../support/embedded-template.ts'
import { startServer } from '../support/start-server.ts'
import { openPages, settled } from './open-page.ts'

const open = openPages()
let folder: string
let server: Awaited<ReturnType<typeof startServer>>

// A server of its own: these tests save.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridward-editing-'))
  const dataFolder = join(folder, 'data')
  await copyTemplate(inject('demoTemplate'), dataFolder)
  server = await startServer(dataFolder)
})
afterAll(async () => {
  await server?.stop()
  await rm(folder, { recursive: true, force: true })
})

const api = async <T>(path: string): Promise<T> =>
  (await (await askServer(`${server.url}/api/v1/${path}`)).json()) as T
const cellsOf = async (layer: string): Promise<StoredFeature[]> =>
  (await api<{ features: StoredFeature[] }>(`${layer}?limit=1000`)).features

type Coordinates = MultiPolygon['coordinates']
const shapeOf = (feature: StoredFeature) => (feature.geometry as MultiPolygon).coordinates
const areaOf = (coordinates: Coordinates) => areaSquareMetres({ type: 'MultiPolygon', coordinates })

/** Square metres by which the outlines of two tilings differ: a gap, an overlap beyond the edge. */
function outlineDifference(before: StoredFeature[], after: StoredFeature[]): number {
  const outline = ([first, ...rest]: StoredFeature[]) =>
    union(shapeOf(first!), ...rest.map(shapeOf)) as Coordinates
  return areaOf(xor(outline(before), outline(after)) as Coordinates)
}
const sumOfAreas = (features: StoredFeature[]) =>
  features.reduce((sum, feature) => sum + areaOf(shapeOf(feature)), 0)

/** Neither gap nor overlap anywhere. That buildings straddle a border is no fault of the border. */
async function expectSound(): Promise<void> {
  const [community] = await cellsOf('communities')
  const report = await api<{ findings: { kind: string }[] }>(
    `communities/${community!.id}/topology?toleranceSquareMetres=0.05`,
  )
  expect(report.findings.filter(({ kind }) => kind !== 'stray')).toEqual([])
}

/** A vertex in the middle of a stretch of border between two micro-grids of one grid: nothing else has it. */
async function sharedVertex(): Promise<{ cell: StoredFeature; vertex: LngLat; neighbour: StoredFeature }> {
  const micros = await cellsOf('micro-grids')
  const holders = (at: LngLat) =>
    micros
      .filter((micro) =>
        shapeOf(micro)
          .flat(2)
          .some(([lng, lat]) => lng === at[0] && lat === at[1]),
      )
      .map(({ id }) => id)
  for (const cell of micros) {
    const ring = shapeOf(cell)[0]![0]!
    for (let i = 1; i + 1 < ring.length; i++) {
      const around = [ring[i - 1]!, ring[i]!, ring[i + 1]!].map(holders)
      const neighbour = micros.find(
        ({ id, properties }) =>
          id !== cell.id &&
          properties.gridCode === cell.properties.gridCode &&
          around.every((ids) => ids.includes(id)),
      )
      if (around[1]!.length === 2 && neighbour) return { cell, vertex: ring[i]!, neighbour }
    }
  }
  throw new Error('no vertex is shared by two micro-grids')
}

async function edit(query: string) {
  const opened = await open(`${server.url}/?lang=en&theme=light&tool=edit&fold=place&${query}`)
  const { page } = opened
  await page.getByTestId('edit-panel').waitFor()
  await settled(page)
  return opened
}

/** Pixels of a place on the page, by the camera that the address holds. */
async function pixelOf(page: Page, [lng, lat]: LngLat): Promise<[number, number]> {
  const [zoom, centreLat, centreLng] = new URL(page.url()).searchParams.get('map')!.split('/').map(Number)
  const box = (await page.getByTestId('map').boundingBox())!
  const north = (degrees: number) =>
    (1 - Math.log(Math.tan(Math.PI / 4 + (degrees * Math.PI) / 360)) / Math.PI) / 2
  const size = 512 * 2 ** zoom!
  return [
    box.x + box.width / 2 + ((lng - centreLng!) / 360) * size,
    box.y + box.height / 2 + (north(lat) - north(centreLat!)) * size,
  ]
}

const draftCount = (page: Page, count: number) =>
  page.waitForFunction(
    (wanted) => document.querySelector('[data-testid=draft-count]')?.textContent?.trim() === wanted,
    String(count),
  )

async function save(page: Page): Promise<void> {
  await page.getByTestId('edit-save').click()
  await page.waitForSelector('[data-testid=review-status][data-status=done]', { state: 'attached' })
  const agree = page.getByTestId('review-agree')
  if (await agree.count()) await agree.check()
  await page.getByTestId('review-save').click()
  await draftCount(page, 0)
}

/** Goes on by the Tab key until it is there. */
async function tabTo(page: Page, testId: string): Promise<void> {
  for (let tabs = 0; tabs < 200; tabs++) {
    await page.keyboard.press('Tab')
    const there = await page.evaluate(
      (id) => document.activeElement?.getAttribute('data-testid') === id,
      testId,
    )
    if (there) return
  }
  throw new Error(`Tab never leads to ${testId}`)
}

/** Steps through the vertices until the wanted one is chosen. */
async function chooseVertex(page: Page, [lng, lat]: LngLat): Promise<void> {
  for (let steps = 0; steps < 400; steps++) {
    await page.keyboard.press(']')
    if ((await page.getByTestId('edit-vertex').getAttribute('data-lnglat')) === `${lng},${lat}`) return
  }
  throw new Error('the vertex was not reached')
}

test('a shared vertex dragged by mouse moves in both cells, and neither gap nor overlap is saved', async () => {
  const before = await cellsOf('micro-grids')
  const { cell, vertex, neighbour } = await sharedVertex()
  const { page, errors, context } = await edit(`at=${String(cell.properties.code)}`)
  await page.keyboard.press('b')
  await page.getByText('Drag a vertex').waitFor()
  const [x, y] = await pixelOf(page, vertex)
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + 6, y + 3)
  await page.mouse.move(x + 12, y + 6, { steps: 4 })
  await page.mouse.up()
  await page.getByTestId('draft-row').nth(1).waitFor()
  await save(page)
  const after = await cellsOf('micro-grids')
  for (const { id, version } of [cell, neighbour]) {
    const now = after.find((feature) => feature.id === id)!
    expect(now.version).toBe(version + 1)
    expect(JSON.stringify(now.geometry)).not.toContain(JSON.stringify(vertex))
  }
  expect(outlineDifference(before, after)).toBeLessThan(0.01)
  expect(Math.abs(sumOfAreas(after) - sumOfAreas(before))).toBeLessThan(0.05)
  await expectSound()
  expect(errors).toEqual([])
  await context.close()
})

test('by keyboard alone: a vertex is chosen, moved by arrows, saved, and the save taken back', async () => {
  const before = await cellsOf('micro-grids')
  const { cell, vertex, neighbour } = await sharedVertex()
  const { page, context } = await edit(`at=${String(cell.properties.code)}`)
  await page.keyboard.press('b')
  await page.getByText('Drag a vertex').waitFor()
  await chooseVertex(page, vertex)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Shift+ArrowRight')
  await draftCount(page, 2)
  const moved = (await page.getByTestId('edit-vertex').getAttribute('data-lnglat'))!.split(',').map(Number)
  const metres = ((moved[0]! - vertex[0]) / 1e-7) * 0.01113195 * Math.cos((vertex[1] * Math.PI) / 180)
  expect(metres).toBeCloseTo(11, 0)
  await tabTo(page, 'edit-save')
  await page.keyboard.press('Enter')
  await page.waitForSelector('[data-testid=review-status][data-status=done]', { state: 'attached' })
  // A building comes to straddle the border: whoever saves has to agree to that.
  if (await page.getByTestId('review-agree').count()) {
    await tabTo(page, 'review-agree')
    await page.keyboard.press('Space')
  }
  await tabTo(page, 'review-save')
  await page.keyboard.press('Enter')
  await draftCount(page, 0)
  const after = await cellsOf('micro-grids')
  for (const { id } of [cell, neighbour])
    expect(JSON.stringify(after.find((feature) => feature.id === id)!.geometry)).toContain(
      JSON.stringify(moved),
    )
  expect(outlineDifference(before, after)).toBeLessThan(0.01)
  await expectSound()
  await page.getByTestId('toast-undo').press('Enter')
  await expect
    .poll(async () => JSON.stringify((await cellsOf('micro-grids')).map(({ geometry }) => geometry)))
    .toBe(JSON.stringify(before.map(({ geometry }) => geometry)))
  await context.close()
})

test('by keyboard alone: a building is turned by 15 degrees, made a tenth larger, and put back', async () => {
  const [building] = (await cellsOf('buildings')).slice(-1)
  const { page, context } = await edit(`at=buildings/${building!.id}`)
  await page.getByTestId('edit-target').waitFor()
  await page.keyboard.press('o')
  await page.getByText('Drag the shape to turn it').waitFor()
  await page.keyboard.press('Shift+ArrowLeft')
  await draftCount(page, 1)
  await page.keyboard.press('z')
  await page.getByText('Drag the shape away').waitFor()
  await page.keyboard.press('Shift+ArrowUp')
  await save(page)
  const now = (await cellsOf('buildings')).find(({ id }) => id === building!.id)!
  const corners = (feature: typeof now) => shapeOf(feature)[0]![0]!.map((at) => fromLngLat('EPSG:4549', at)!)
  const side = (feature: typeof now) => {
    const [[x0, y0], [x1, y1]] = corners(feature) as [[number, number], [number, number]]
    return { metres: Math.hypot(x1 - x0, y1 - y0), degrees: (Math.atan2(y1 - y0, x1 - x0) * 180) / Math.PI }
  }
  const [before, after] = [side(building!), side(now)]
  expect(after.metres / before.metres).toBeCloseTo(1.1, 2)
  expect((after.degrees - before.degrees + 360) % 360).toBeCloseTo(15, 0)
  await page.getByTestId('toast-undo').press('Enter')
  await expect
    .poll(async () => (await cellsOf('buildings')).find(({ id }) => id === building!.id)!.geometry)
    .toEqual(building!.geometry)
  await context.close()
})

test('a refused move says why in words and changes nothing', async () => {
  const { cell, vertex } = await sharedVertex()
  const { page, context } = await edit(`at=${String(cell.properties.code)}`)
  await page.keyboard.press('b')
  await page.getByText('Drag a vertex').waitFor()
  await chooseVertex(page, vertex)
  const other = shapeOf(cell)[0]![0]!.find(([lng, lat]) => lng !== vertex[0] || lat !== vertex[1])!
  await page.getByTestId('edit-place').fill(other.join(', '))
  await page.getByTestId('edit-place').press('Enter')
  await page.getByTestId('edit-refused').getByText('Another vertex is here already').waitFor()
  await draftCount(page, 0)
  await context.close()
})

test('a split along a drawn line and a merge from the list come back by undo, exactly', async () => {
  const { cell } = await sharedVertex()
  const { page, context } = await edit(`at=${String(cell.properties.code)}`)
  const ring = shapeOf(cell)[0]![0]!
  const [lngs, lats] = [ring.map(([lng]) => lng), ring.map(([, lat]) => lat)]
  const [west, east] = [Math.min(...lngs), Math.max(...lngs)]
  const [south, north] = [Math.min(...lats), Math.max(...lats)]
  await page.keyboard.press('x')
  await page.getByText('Draw a line from border to border').waitFor()
  for (const lat of [north + (north - south) * 0.1, south - (north - south) * 0.1]) {
    await page.getByTestId('edit-place').fill(`${(west + east) / 2 + 0.0000002}, ${lat}`)
    await page.getByTestId('edit-place').press('Enter')
  }
  await page.getByTestId('edit-place').press('Enter')
  await page.locator('[data-testid=draft-row][data-state=new]').waitFor()
  await page.getByTestId('edit-hint').click()
  await page.keyboard.press('Control+z')
  await draftCount(page, 0)
  await page.keyboard.press('j')
  await page.getByTestId('merge-with').first().check()
  await page.getByTestId('merge-go').click()
  await page.locator('[data-testid=draft-row][data-state=deleted]').waitFor()
  await page.keyboard.press('Control+z')
  await draftCount(page, 0)
  await page.keyboard.press('Control+y')
  await page.locator('[data-testid=draft-row][data-state=deleted]').waitFor()
  await page.keyboard.press('Control+z')
  await draftCount(page, 0)
  await context.close()
})

test('a draft survives the reload of its page and says so, and a second tab leaves it alone', async () => {
  const { cell, vertex } = await sharedVertex()
  const { page, context } = await edit(`at=${String(cell.properties.code)}`)
  await page.keyboard.press('b')
  await page.getByText('Drag a vertex').waitFor()
  await chooseVertex(page, vertex)
  await page.keyboard.press('ArrowUp')
  await draftCount(page, 2)
  await page.reload()
  await page.getByTestId('draft-restored').waitFor()
  await draftCount(page, 2)
  const second = await context.newPage()
  await second.goto(page.url())
  await second.getByTestId('draft-elsewhere').waitFor()
  await draftCount(second, 0)
  await page.close()
  await draftCount(second, 2)
  await second.keyboard.press('Control+z')
  await draftCount(second, 0)
  await context.close()
})

test('a rectangle drawn by mouse has right angles, typed corners land where EPSG:4549 says', async () => {
  const [building] = await cellsOf('buildings')
  const [lng, lat] = shapeOf(building!)[0]![0]![0]!
  const { page, context, errors } = await edit(`at=buildings/${building!.id}&map=18/${lat}/${lng}`)
  await page.getByTestId('edit-target').waitFor()
  await page.keyboard.press('s')
  await page.keyboard.press('r')
  await page.getByText('Click both ends of one side').waitFor()
  const [x, y] = await pixelOf(page, [lng, lat])
  for (const [dx, dy] of [
    [-40, 30],
    [30, 55],
    [20, 100],
  ] as const) {
    await page.mouse.move(x + dx, y + dy)
    await page.mouse.click(x + dx, y + dy)
  }
  await page.locator('[data-testid=draft-row][data-state=new]').waitFor()

  await page.keyboard.press('d')
  await page.getByRole('combobox', { name: 'Coordinate system' }).click()
  await page.getByRole('combobox', { name: 'Coordinate system' }).fill('4549')
  await page.getByRole('option', { name: /EPSG:4549/ }).click()
  const [east, north] = fromLngLat('EPSG:4549', [lng, lat])!.map(Math.round) as [number, number]
  const typed = [
    [0, 0],
    [20, 0],
    [20, 10],
    [0, 10],
  ].map(([dx, dy]): [number, number] => [east + dx!, north + dy!])
  for (const corner of typed) {
    await page.getByTestId('edit-place').fill(corner.join(', '))
    await page.getByTestId('edit-place').press('Enter')
  }
  await page.getByTestId('edit-place').press('Enter')
  await draftCount(page, 2)
  await save(page)

  const all = await cellsOf('buildings')
  const [square, exact] = all.slice(-2)
  const corners = shapeOf(square!)[0]![0]!
    .slice(0, -1)
    .map((at) => fromLngLat('EPSG:4549', at)!)
  expect(corners).toHaveLength(4)
  for (const [i, at] of corners.entries()) {
    const [before, after] = [corners.at(i - 1)!, corners[(i + 1) % 4]!]
    const [ax, ay, bx, by] = [before[0] - at[0], before[1] - at[1], after[0] - at[0], after[1] - at[1]]
    const cosine = (ax * bx + ay * by) / (Math.hypot(ax, ay) * Math.hypot(bx, by))
    expect(Math.abs(cosine)).toBeLessThan(0.01)
  }
  const expected = typed.map((at) =>
    toLngLat('EPSG:4549', at)!
      .map((degrees) => degrees.toFixed(7))
      .join(),
  )
  const stored = shapeOf(exact!)[0]![0]!
    .slice(0, -1)
    .map((at) => at.map((degrees) => degrees.toFixed(7)).join())
  expect(stored.sort()).toEqual(expected.sort())
  expect(errors).toEqual([])
  await context.close()
})
