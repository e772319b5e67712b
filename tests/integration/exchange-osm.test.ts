import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { LAYERS } from '../../geodata/layers.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { importFile } from '../../server/exchange/import-file.ts'
import { type DatabaseContext, onBothDatabases } from '../support/on-both-databases.ts'

const TOWNS = new URL('../../../shared/data/towns/', import.meta.url).pathname
const withTowns = describe.skipIf(!existsSync(TOWNS))
if (!existsSync(TOWNS)) console.log('Skipped: the real towns, because ../shared/data is not here.')

const town = (name: string, more: object = {}) => ({ path: `${TOWNS}${name}`, fileName: name, ...more })
/** Made for these tests, so that a clone without the real towns tries the same. */
const SMALL = new URL('../fixtures/', import.meta.url).pathname
const TONGJI = town('tongji-shanghai.osm.pbf', { division: '310110' })
const OSM_LAYERS = ['communities', 'buildings', 'landcover', 'roads', 'facilities'] as const

const events = async ({ database }: DatabaseContext) =>
  (await database.sql`SELECT count(*) FROM event`)[0]!.count as number
const batches = async ({ database }: DatabaseContext) =>
  (await database.sql`SELECT count(*) FROM import_batch`)[0]!.count as number

interface Town {
  title: string
  folder: string
  pbf: string
  xml: string
  figures: {
    buildings: number
    communities: number
    kilometres: number
    connected: number
    unassigned: number
  }
  /** A named building of the town. */
  edited: string
}

const TRIED: Town[] = [
  {
    title: 'A made-up town of 10 buildings',
    folder: SMALL,
    pbf: 'small-town.osm.pbf',
    xml: 'small-town.osm',
    figures: { buildings: 10, communities: 2, kilometres: 0.81, connected: 0.99, unassigned: 4 },
    edited: '101',
  },
  {
    title: 'Tongji, a town of 226 buildings',
    folder: TOWNS,
    pbf: 'tongji-shanghai.osm.pbf',
    xml: 'tongji-shanghai.osm',
    figures: { buildings: 226, communities: 15, kilometres: 33.2, connected: 0.9, unassigned: 174 },
    edited: '125456038',
  },
]
for (const tried of TRIED) onBothDatabases(tried.title, (context) => inTown(context, tried))

function inTown(context: DatabaseContext, { folder: source, pbf, xml, figures, edited }: Town) {
  const file = (name: string) => ({ path: source + name, fileName: name, division: '310110' })
  const { buildings, communities } = figures
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gridward-exchange-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const download = async (layer: LayerId, query = '') => {
    const app = await context.app()
    const response = await app.request(`/api/v1/exports/${layer}?format=geojson${query}`)
    expect(response.status).toBe(200)
    const path = join(folder, `${context.engine}-${layer}.geojson`)
    const text = await response.text()
    await writeFile(path, text)
    return { path, text, response }
  }

  describe.skipIf(!existsSync(source))('', () => {
    test('a dry run reports everything and leaves nothing', async () => {
      const report = await importFile(context.database, { ...file(pbf), dryRun: true })
      expect(report).toMatchObject({
        changed: true,
        batchId: null,
        layers: { buildings: { created: buildings } },
      })
      expect(await batches(context)).toBe(0)
      expect(await events(context)).toBe(0)
      expect((await context.database.sql`SELECT count(*) FROM building`)[0]!.count).toBe(0)
    })

    test('gives its buildings, estates and roads, most of which hang together', async () => {
      const report = await importFile(context.database, file(pbf))
      expect(report.layers.buildings?.created).toBe(buildings)
      expect(report.layers.communities?.created).toBe(communities)
      expect(report.network!.kilometres).toBeCloseTo(figures.kilometres, 1)
      expect(report.network!.largestShare).toBeGreaterThan(figures.connected)
      expect(report.attribution).toBe('© OpenStreetMap contributors')
      expect(report.skipped.total).toBe(0)
      expect(report.unassigned).toMatchObject({
        buildings: figures.unassigned,
        buildingIds: { length: Math.min(figures.unassigned, 100) },
      })
      const [stored] = await context.database.sql`
        SELECT sum(length_metres) / 1000 AS km, (SELECT min(code) FROM community) AS code FROM road`
      expect(stored!.km).toBeCloseTo(report.network!.kilometres, 2)
      expect(stored!.code).toBe('310110000001')
    })

    test('the same file again, and the same town as XML, change nothing and leave no batch', async () => {
      const before = [await events(context), await batches(context)]
      for (const name of [pbf, xml]) {
        const report = await importFile(context.database, file(name))
        expect(report).toMatchObject({ changed: false, batchId: null })
        for (const layer of OSM_LAYERS) expect(report.layers[layer]).toMatchObject({ created: 0, updated: 0 })
      }
      expect([await events(context), await batches(context)]).toEqual(before)
    })

    test('every layer comes out as RFC 7946 with the same counts for ogrinfo and goes back in unchanged', async () => {
      for (const layer of OSM_LAYERS) {
        const { path, text, response } = await download(layer)
        expect(response.headers.get('content-disposition')).toContain(`${layer}.geojson`)
        const parsed = JSON.parse(text)
        expect(parsed).not.toHaveProperty('crs')
        expect(parsed).toMatchObject({ attribution: '© OpenStreetMap contributors', licence: 'ODbL-1.0' })
        expect(text).not.toMatch(/"coordinates":[^"]*\d\.\d{8}/)
        const count = ogrCount(path)
        if (count !== undefined) expect(count).toBe(parsed.features.length)
        const report = await importFile(context.database, { path, fileName: `${layer}.geojson`, layer })
        expect(report).toMatchObject({ changed: false, skipped: { total: 0 }, unknownProperties: [] })
        expect(report.layers[layer]!.unchanged).toBe(parsed.features.length)
      }
    })

    test('an export is narrowed by the filters of the list', async () => {
      const { text } = await download('buildings', '&parent=310110000001&kind=residential')
      for (const { properties } of JSON.parse(text).features)
        expect(properties).toMatchObject({ communityCode: '310110000001', use: 'residential' })
      expect(JSON.parse((await download('buildings', '&bbox=0,0,1,1')).text).features).toEqual([])
    })

    test('a building that was edited here is kept when a newer extract changes it', async () => {
      const { sql } = context.database
      const id = `osm:way/${edited}`
      await sql`UPDATE building SET name = 'Ours', version = version + 1 WHERE source_id = ${id}`
      const newer = join(folder, `${context.engine}-newer.osm`)
      const way = new RegExp(`<way id="${edited}"[^>]*>`)
      const text = await readFile(source + xml, 'utf8')
      await writeFile(newer, text.replace(way, '$&<tag k="addr:full" v="Elsewhere"/>'))
      const report = await importFile(context.database, { ...file(xml), path: newer })
      expect(report.layers.buildings).toMatchObject({ created: 0, updated: 0, keptLocal: 1 })
      const [kept] = await sql`SELECT name, address FROM building WHERE source_id = ${id}`
      expect(kept!.name).toBe('Ours')
      expect(kept!.address).not.toBe('Elsewhere')
    })
  })
}

onBothDatabases('Export of a town into an empty database', (context) => {
  withTowns('', () => {
    test('creates the same rows', async () => {
      await importFile(context.database, TONGJI)
      const { sql } = context.database
      const app = await context.app()
      const folder = await mkdtemp(join(tmpdir(), 'gridward-exchange-'))
      try {
        const texts = new Map<LayerId, string>()
        for (const layer of OSM_LAYERS)
          texts.set(layer, await (await app.request(`/api/v1/exports/${layer}`)).text())
        await sql`TRUNCATE community, building, landcover, road, facility CASCADE`
        for (const [layer, text] of texts) {
          const path = join(folder, layer)
          await writeFile(path, text)
          const report = await importFile(context.database, { path, fileName: `${layer}.geojson`, layer })
          const { length } = JSON.parse(text).features
          expect(report.layers[layer]).toMatchObject({ created: length, rejected: 0 })
        }
        // Compared at the end: a community's counts need its buildings.
        for (const [layer, text] of texts) {
          const again = JSON.parse(await (await app.request(`/api/v1/exports/${layer}`)).text())
          expect(comparable(again)).toEqual(comparable(JSON.parse(text)))
        }
      } finally {
        await rm(folder, { recursive: true, force: true })
      }
    })
  })
})

onBothDatabases('Two towns without a division', (context) => {
  withTowns('', () => {
    test('Monaco gives 966 buildings, Liechtenstein 3,723, and no communities', async () => {
      const monaco = await importFile(context.database, town('monaco-2012.osm.gz'))
      expect(monaco.layers.buildings).toMatchObject({ read: 966 })
      const liechtenstein = await importFile(context.database, town('liechtenstein-2013-08-03.osm.pbf'))
      expect(liechtenstein.layers.buildings).toMatchObject({ read: 3723 })
      expect(monaco.skipped.total).toBe(0)
      expect(liechtenstein.skipped.items).toMatchObject([{ feature: 'osm:relation/77' }])
      expect(liechtenstein.layers.communities).toMatchObject({ read: 1, created: 0 })
      expect(liechtenstein.notes.map(({ note }) => note).join()).toMatch(/--division/)
      // Monaco is not "missing" from an extract of another place.
      expect(liechtenstein.layers.buildings!.notInFile).toBe(0)
    })
  })
})

/** Without what a new row cannot share with an old one. */
function comparable({ features }: { features: { properties: Record<string, unknown> }[] }) {
  return features
    .map(({ properties: { createdAt, updatedAt, ...properties }, ...feature }) => ({
      ...feature,
      id: 0,
      properties,
    }))
    .sort((a, b) => (String(a.properties.sourceId) < String(b.properties.sourceId) ? -1 : 1))
}

/** Part of Debian's gdal-bin; not something that npm installs. */
const OGRINFO = 'ogrinfo'

/** Undefined where GDAL is not installed. */
function ogrCount(path: string): number | undefined {
  try {
    const summary = execFileSync(OGRINFO, ['-so', '-al', path], { encoding: 'utf8' })
    return Number(/Feature Count: (\d+)/.exec(summary)?.[1])
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    console.log(
      `Skipped: ogrinfo is not installed; ${Object.keys(LAYERS).length} layers were not opened with it.`,
    )
    return undefined
  }
}
