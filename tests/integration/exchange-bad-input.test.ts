import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { onBothDatabases } from '../support/on-both-databases.ts'
import { feature, post, rows } from '../support/upload-geojson.ts'

const OWN_FILES = new URL('../fixtures/', import.meta.url).pathname
const FILES = new URL('../../../shared/data/bad-input/', import.meta.url).pathname
if (!existsSync(FILES)) console.log('Skipped: files from geojsonhint, because ../shared/data is not here.')

/** One layer of each geometry; all but facilities need no property. */
const TRIED = ['buildings', 'roads', 'facilities'] as const

onBothDatabases('Files that others got wrong', (context) => {
  for (const files of [OWN_FILES, FILES]) {
    for (const folder of ['geojson-bad', 'geojson-good']) {
      const names = existsSync(files + folder) ? readdirSync(files + folder).sort() : []
      test.each(names)(
        `${files === FILES ? 'geojsonhint' : 'own'} ${folder}/%s is a clear problem or a report that names feature and reason`,
        async (name) => {
          for (const layer of TRIED) {
            const before = await rows(context)
            const { status, json } = await post(
              context,
              readFileSync(`${files}${folder}/${name}`),
              { layer },
              { name },
            )
            if (status >= 400) {
              expect([413, 415, 422]).toContain(status)
              expect(json.detail.length).toBeGreaterThan(20)
              expect(await rows(context)).toBe(before)
              continue
            }
            const { read, created, unchanged } = json.layers[layer] ?? { read: 0, created: 0, unchanged: 0 }
            expect(created + unchanged + json.skipped.items.length).toBe(json.read.features)
            for (const { feature: which, reason } of json.skipped.items) {
              expect(which).not.toBe('')
              expect(reason.length).toBeGreaterThan(8)
            }
            if (status === 200) expect(await rows(context)).toBe(before)
            // What is taken from a bad file was right but for its winding, its precision or its heights,
            // for which RFC 7946 asks readers not to refuse a file; the report names each change of shape.
            if (folder === 'geojson-bad' && read > 0 && created > 0) {
              expect(
                [
                  'bad-polygon-interiorring-rhr',
                  'different-first-size',
                  'excessive_precision_truncated',
                  'polygon_winding_order',
                ].join(),
              ).toContain(name.split('.')[0])
              const told = [
                ...json.altered.items.map((item) => item.feature),
                ...json.notes.map(({ note }) => note),
              ]
              expect(told.join()).toContain('feature 1')
            }
          }
        },
      )
    }
  }
})

onBothDatabases('Uploads that are refused', (context) => {
  const refused = async (status: number, detail: RegExp, answer: Awaited<ReturnType<typeof post>>) => {
    expect(answer.json.detail).toMatch(detail)
    expect(answer.status).toBe(status)
    expect(await rows(context)).toBe(0)
  }
  const line = {
    type: 'LineString',
    coordinates: [
      [0, 0],
      [1, 1],
    ],
  } as const
  const good = JSON.stringify(line)

  test('GeoJSON without a layer, an unknown layer, and OSM data with one', async () => {
    await refused(400, /say which layer/, await post(context, good))
    await refused(400, /layer=houses is not a layer/, await post(context, good, { layer: 'houses' }))
    await refused(400, /leave out the layer/, await post(context, '<osm/>', { layer: 'roads' }))
  })

  test('unknown fields and parameters, a division that is none', async () => {
    await refused(400, /“colour” is not known/, await post(context, good, { layer: 'roads', colour: 'red' }))
    await refused(400, /dry/, await post(context, good, { layer: 'roads' }, { query: '?dry=true' }))
    await refused(400, /dryRun/, await post(context, good, { layer: 'roads' }, { query: '?dryRun=maybe' }))
    await refused(400, /6 digits/, await post(context, '<osm/>', { division: '31' }))
  })

  test('an empty file, a truncated gzip, noise, a crs in metres, text that is not UTF-8', async () => {
    await refused(422, /empty/, await post(context, '', { layer: 'roads' }))
    await refused(
      422,
      /gzip/,
      await post(context, gzipSync(good.repeat(500)).subarray(0, 40), { layer: 'roads' }),
    )
    await refused(
      415,
      /neither text/,
      await post(context, new Uint8Array([1, 0, 2, 0, 3]), { layer: 'roads' }),
    )
    await refused(
      422,
      /UTF-8/,
      await post(context, Buffer.from('{"type":"\u00b2"}', 'latin1'), { layer: 'roads' }),
    )
    const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::4549' } }
    // The crs comes after the features: what was read until then is taken back.
    const text = `{"type":"FeatureCollection","features":[${JSON.stringify(feature({}, line))}],"crs":${JSON.stringify(crs)}}`
    await refused(415, /EPSG::4549/, await post(context, text, { layer: 'roads' }))
  })

  test('bodies that are not multipart, broken off, without a file', async () => {
    const app = await context.app()
    const send = async (body: string, type: string) => {
      const response = await app.request('/api/v1/imports', {
        method: 'POST',
        body,
        headers: { 'content-type': type },
      })
      return { status: response.status, json: await response.json() }
    }
    await refused(415, /multipart\/form-data/, await send('{}', 'application/json'))
    await refused(400, /multipart/, await send('x', 'multipart/form-data'))
    await refused(
      400,
      /broken/,
      await send(
        '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n{',
        'multipart/form-data; boundary=x',
      ),
    )
    await refused(
      400,
      /no file/,
      await send(
        '--x\r\ncontent-disposition: form-data; name="layer"\r\n\r\nroads\r\n--x--\r\n',
        'multipart/form-data; boundary=x',
      ),
    )
  })
})

onBothDatabases('Text that no database keeps', (context) => {
  const point = { type: 'Point', coordinates: [121, 31] }

  test.each([
    ['NUL', '\u0000'],
    ['half a character', '\ud800'],
    ['the other half', '\udc00x'],
  ])('%s in a key, an id, a value or the rights is a report, never a failure', async (_, odd) => {
    const text = JSON.stringify({
      type: 'FeatureCollection',
      attribution: `a${odd}`,
      licence: `l${odd}`,
      features: [
        feature({ kind: 'aed', [`key${odd}`]: 1 }, point, { id: `id${odd}` }),
        feature({ kind: 'aed', sourceId: `own${odd}` }, point),
        feature({ kind: 'aed', sourceId: odd }, point),
        feature({ kind: 'aed', name: `name${odd}` }, point, { id: `bad${odd}` }),
        feature({ kind: `aed${odd}` }, point),
        feature({ kind: 'aed' }, { type: `Point${odd}`, coordinates: [0, 0] }),
      ],
    })
    const fields = { layer: 'facilities', source: `s${odd}`, attribution: `by${odd}`, licence: odd }
    const { status, json } = await post(context, text, fields, { name: `file${odd}.geojson` })
    expect(json.detail).toBeUndefined()
    expect([200, 201]).toContain(status)
    expect(json.read.features).toBe(6)
    expect(json.skipped.total).toBe(3)
    const app = await context.app()
    const stored = await (await app.request(`/api/v1/imports/${json.batchId}`)).json()
    expect(stored).toMatchObject({ report: { skipped: { total: 3 } } })
    expect(stored.attribution).toMatch(/^by/)
  })

  test('a tag cut inside a character, and a reference to NUL', async () => {
    const osm = (name: string) =>
      `<osm version="0.6"><node id="1" lon="121" lat="31"><tag k="amenity" v="toilets"/><tag k="name" v="${name}"/></node></osm>`
    const cut = await post(context, osm(`${'x'.repeat(119)}𠮷`), {}, { name: 'a.osm' })
    expect(cut.status).toBe(201)
    for (const odd of ['&#0;', '&#xD800;']) {
      const { status } = await post(context, osm(`a${odd}b`), {}, { name: 'a.osm' })
      expect([200, 201, 422]).toContain(status)
    }
  })
})
