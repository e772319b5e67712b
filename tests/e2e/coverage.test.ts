import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Analysis } from '../../geodata/coverage/analysis.schema.ts'
import type { FacilityResult } from '../../geodata/coverage/facility/facility.schema.ts'
import type { SitingResult } from '../../geodata/siting/siting.schema.ts'
import { importFile } from '../../server/exchange/import-file.ts'
import { openDatabase } from '../../server/platform/database.ts'
import { askServer } from '../support/ask-server.ts'
import { startServer } from '../support/start-server.ts'
import { testEnv } from '../support/test-env.ts'
import { demoUrl } from './demo-url.ts'
import { openPages } from './open-page.ts'
import { graveViolations } from './run-axe.ts'

const TONGJI = new URL('../../../shared/data/towns/tongji-shanghai.osm.pbf', import.meta.url).pathname
if (!existsSync(TONGJI)) console.log('Skipped: the real town, because ../shared/data is not here.')
const open = openPages()
const run = promisify(execFile)

test('who cannot walk to an AED is asked by keyboard, told beside what circles would say, and leads to a remedy', async () => {
  const { page, context, errors } = await open(
    `${demoUrl()}/?lang=zh&theme=dark&work=coverage&left=questions&ask=facility&layers=roads`,
    { width: 1280, height: 720 },
  )
  await page.getByTestId('facility-form').waitFor()
  await page.getByTestId('question-run').press('Enter')
  await page.getByTestId('facility-result').waitFor()
  const id = new URL(page.url()).searchParams.get('ask')!
  const { result } = (await (await askServer(`${demoUrl()}/api/v1/analyses/${id}`)).json()) as Analysis
  const { total } = result as unknown as FacilityResult
  await page
    .getByTestId('cover-buildings')
    .getByText(
      `${total.coveredBuildings.toLocaleString('en-US')} / ${total.buildings.toLocaleString('en-US')}`,
    )
    .waitFor()
  await page.getByTestId('facility-circles').press('Space')
  await page.getByRole('checkbox', { name: /^直线距离（对比）/ }).waitFor()
  await page.getByTestId('part-row').first().press('Enter')
  await page.getByTestId('part-card').waitFor()
  expect(await graveViolations(page)).toEqual([])
  await page.getByTestId('facility-fix').press('Enter')
  await page.getByTestId('siting-form').waitFor()
  expect((await askServer(`${demoUrl()}/api/v1/analyses/${id}`, { method: 'DELETE' })).ok).toBe(true)
  expect(errors).toEqual([])
  await context.close()
})

test.skipIf(!existsSync(TONGJI))(
  'in a real town: estates without a school near, two more sites, an estate cut in three, and all of it in QGIS',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gridward-e2e-tongji-'))
    const dataFolder = join(folder, 'data')
    const database = await openDatabase(testEnv({ dataFolder }), 'command')
    await importFile(database, { path: TONGJI, fileName: 'tongji.osm.pbf', division: '310110' })
    await database.close()
    const server = await startServer(dataFolder)
    try {
      const read = async (id: string) =>
        (await (await askServer(`${server.url}/api/v1/analyses/${id}`)).json()) as Analysis
      const { page, context, errors } = await open(
        `${server.url}/?lang=en&theme=light&work=coverage&left=questions&ask=facility&layers=communities`,
        { width: 1280, height: 720 },
      )
      const asked = async (): Promise<Analysis> => {
        await page.getByTestId('question-run').press('Enter')
        await page.locator('[data-testid=analysis][data-state=done]').waitFor()
        return read(new URL(page.url()).searchParams.get('ask')!)
      }

      await page.getByTestId('facility-form').waitFor()
      const kinds = page.getByRole('combobox', { name: 'Which facilities' })
      await kinds.press('Backspace')
      await expect.poll(() => page.getByTestId('question-run').isDisabled()).toBe(true)
      await kinds.fill('School')
      await page.getByRole('option', { name: 'School' }).click()
      await page.getByText('300', { exact: true }).first().click()
      const covered = await asked()
      const result = covered.result as unknown as FacilityResult
      const estates = result.cells.rows.filter(
        ({ level, buildings, coveredBuildings }) =>
          level === 'communities' && buildings > 0 && coveredBuildings === 0,
      )
      expect(result.limitMetres).toBe(300)
      expect(estates.length).toBeGreaterThan(0)
      await page
        .getByTestId('cells-without')
        .getByText(`${estates.length} of ${result.cells.totals.communities}.`)
        .waitFor()
      // Nobody knows how many households live there, and that is said.
      expect(covered.notes.map(({ code }) => code)).toContain('households-unknown')
      await page.getByTestId('part-row').first().press('Enter')
      await page.getByTestId('part-card').waitFor()

      await page.getByTestId('facility-fix').press('Enter')
      await page.getByTestId('siting-form').waitFor()
      await page.getByTestId('siting-weights').click()
      await page.getByRole('option', { name: 'Buildings' }).click()
      const sited = await asked()
      expect(sited.params).toMatchObject({ kinds: ['school'], walkMetres: 300, weights: 'buildings' })
      expect((sited.result as unknown as SitingResult).sites).toHaveLength(2)

      const estate = [...result.cells.rows]
        .filter(({ level }) => level === 'communities')
        .sort((a, b) => b.buildings - a.buildings)[0]!
      await page.goto(
        `${server.url}/?lang=en&theme=light&work=coverage&left=questions&ask=redraw&layers=communities&at=${estate.code}`,
      )
      await page.getByTestId('redraw-form').waitFor()
      await page.locator('.gw-area-field').getByRole('button').last().click()
      await page.getByTestId('redraw-weight').click()
      await page.getByRole('option', { name: 'Buildings' }).click()
      await page.getByTestId('redraw-split').locator('label').last().click()
      const cut = await asked()
      expect(cut.params).toMatchObject({ weight: 'buildings', count: 3 })
      const redrawn = cut.parts.find(({ part }) => part === 'cell')

      for (const analysis of [covered, sited, cut])
        for (const { part, count } of analysis.parts) {
          const path = join(folder, `${analysis.kind}-${part}.geojson`)
          const file = await askServer(
            `${server.url}/api/v1/analyses/${analysis.id}/export?part=${part}&format=geojson`,
          )
          const text = await file.text()
          expect((JSON.parse(text) as { features: unknown[] }).features).toHaveLength(count)
          await writeFile(path, text)
          if (count === 0 || !existsSync('/usr/bin/ogrinfo')) continue
          const { stdout } = await run('/usr/bin/ogrinfo', ['-ro', '-so', '-al', path])
          expect(stdout).toContain(`Feature Count: ${count}`)
        }
      expect(redrawn?.count).toBeGreaterThanOrEqual(3)
      expect(errors).toEqual([])
      await context.close()
    } finally {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    }
  },
  120_000,
)
