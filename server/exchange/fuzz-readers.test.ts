import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { deflateSync, gzipSync } from 'node:zlib'
import { PbfWriter } from 'pbf'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { featureReader } from '../../geodata/exchange/geojson/read-feature.ts'
import { FeatureSplitter } from '../../geodata/exchange/geojson/split-features.ts'
import { osmToLayers } from '../../geodata/exchange/osm/osm-to-layers.ts'
import { ReadNotes } from '../../geodata/exchange/read-notes.ts'
import { LAYERS } from '../../geodata/layers.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import { openFile } from './open-file.ts'
import { readOsmFile, utf8Decoder } from './read-osm-file.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gridward-fuzz-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Reads bytes as an import would, without the database. Undefined when they were read; else the problem. */
async function read(bytes: Uint8Array): Promise<Problem | undefined> {
  const path = join(folder, 'input')
  await writeFile(path, bytes)
  try {
    const file = await openFile(path)
    const notes = new ReadNotes()
    if (file.format !== 'geojson') {
      osmToLayers(await readOsmFile(file, () => {}), notes)
      return undefined
    }
    const take = featureReader({ layer: LAYERS.buildings, source: 'f', digest: String, notes })
    const splitter = new FeatureSplitter({ feature: (value) => void take(value), collection: () => {} })
    const decode = utf8Decoder()
    for await (const chunk of file.chunks) splitter.write(decode(chunk))
    splitter.write(decode())
    splitter.end()
    return undefined
  } catch (error) {
    if (error instanceof Problem) return error
    throw error
  }
}

/** A block with dense nodes, a building, a road and a multipolygon. */
function pbfContent(): Uint8Array {
  const texts = [
    '',
    'building',
    'yes',
    'highway',
    'residential',
    'type',
    'multipolygon',
    'outer',
    'amenity',
    'bank',
  ]
  const block = new PbfWriter()
  block.writeMessage(
    1,
    (_, w) => {
      for (const text of texts) w.writeStringField(1, text)
    },
    null,
  )
  block.writeMessage(
    2,
    (_, group) => {
      group.writeMessage(
        2,
        (_, dense) => {
          dense.writePackedSVarint(1, [1, 1, 1, 1])
          dense.writePackedSVarint(8, [312_000_000, 1000, 0, -500])
          dense.writePackedSVarint(9, [1_215_000_000, 0, 1000, 0])
          dense.writePackedVarint(10, [8, 9, 0, 0, 0, 0])
        },
        null,
      )
      for (const [id, keys, values, refs] of [
        [1, [1], [2], [1, 1, 1, -2]],
        [2, [3], [4], [1, 3]],
      ] as const)
        group.writeMessage(
          3,
          (_, way) => {
            way.writeVarintField(1, id)
            way.writePackedVarint(2, [...keys])
            way.writePackedVarint(3, [...values])
            way.writePackedSVarint(8, [...refs])
          },
          null,
        )
      group.writeMessage(
        4,
        (_, relation) => {
          relation.writeVarintField(1, 5)
          relation.writePackedVarint(2, [5, 1])
          relation.writePackedVarint(3, [6, 2])
          relation.writePackedVarint(8, [7])
          relation.writePackedSVarint(9, [1])
          relation.writePackedVarint(10, [1])
        },
        null,
      )
    },
    null,
  )
  return block.finish()
}

const pbf = (): Buffer => Buffer.concat([pbfHead(), blob('OSMData', pbfContent())])

function blob(type: string, content: Uint8Array, rawSize = content.length): Buffer {
  const body = new PbfWriter()
  body.writeVarintField(2, rawSize)
  body.writeBytesField(3, deflateSync(content))
  const bytes = body.finish()
  const header = new PbfWriter()
  header.writeStringField(1, type)
  header.writeVarintField(3, bytes.length)
  const head = header.finish()
  const length = Buffer.alloc(4)
  length.writeUInt32BE(head.length)
  return Buffer.concat([length, head, bytes])
}

const xml =
  Buffer.from(`<?xml version='1.0' encoding='UTF-8'?>\n<osm version="0.6"><node id="1" lat="31.2" lon="121.5">
  <tag k="amenity" v="bank"/></node><node id="2" lat="31.3" lon="121.5"/><node id="3" lat="31.3" lon="121.6"/>
  <way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><nd ref="1"/><tag k="building" v="yes"/></way>
  <relation id="5"><member type="way" ref="1" role="outer"/><tag k="type" v="multipolygon"/></relation></osm>`)
const geojson = Buffer.from(
  JSON.stringify({
    type: 'FeatureCollection',
    features: [
      {
        type: 'Feature',
        id: 1,
        properties: { 名称: '楼', floors: '3', x: [{}] },
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [1, 1],
              [2, 1],
              [2, 2],
              [1, 1],
            ],
          ],
        },
      },
    ],
  }),
)

/** mulberry32 */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

function mutate(bytes: Buffer, next: () => number): Buffer {
  const copy = Buffer.from(bytes)
  const at = () => Math.floor(next() * copy.length)
  const kind = next()
  if (kind < 0.15) return copy.subarray(0, at())
  if (kind < 0.3) {
    const [from, to] = [at(), at()].sort((a, b) => a - b)
    return Buffer.concat([copy.subarray(0, to), copy.subarray(from)])
  }
  for (let i = Math.ceil(next() * 6); i > 0; i--)
    copy[at()] =
      kind < 0.6 ? Math.floor(next() * 256) : '0-9"{}[]<>,\\\u0000'.charCodeAt(Math.floor(next() * 15))
  return copy
}

test.each([
  ['OSM XML', xml],
  ['OSM PBF', pbf()],
  ['gzipped OSM XML', gzipSync(xml)],
  ['GeoJSON', geojson],
])(
  '%s is read, and hundreds of damaged copies give problems, never another error',
  async (_, bytes) => {
    expect(await read(bytes)).toBeUndefined()
    const next = random(20_260_701)
    let refused = 0
    for (let i = 0; i < 500; i++) if (await read(mutate(bytes, next))) refused++
    expect(refused).toBeGreaterThan(150)
  },
  60_000,
)

test('damage inside the compressed blocks of a PBF is met as well', async () => {
  const next = random(7)
  const content = Buffer.from(pbfContent())
  for (let i = 0; i < 500; i++) await read(Buffer.concat([pbfHead(), blob('OSMData', mutate(content, next))]))
}, 60_000)

test('random bytes, whatever they start with, are refused', async () => {
  const next = random(3)
  for (const start of ['', '{', '<osm>', '\u001f\u008b', '\u0000\u0000\u0000\u000d\n\u0009OSMHeader']) {
    for (let i = 0; i < 50; i++) {
      const noise = Buffer.from(Array.from({ length: 200 }, () => Math.floor(next() * 256)))
      expect(await read(Buffer.concat([Buffer.from(start, 'latin1'), noise]))).toBeInstanceOf(Problem)
    }
  }
})

test('a gzip bomb is refused before it is read to its end', async () => {
  const bomb = gzipSync(Buffer.concat([Buffer.from('<osm>'), Buffer.alloc(300_000_000, ' ')]))
  expect((await read(bomb))?.code).toMatch(/too-large|unreadable-file/)
  const json = gzipSync(
    Buffer.concat([Buffer.from('{"type":"FeatureCollection","features":['), Buffer.alloc(300_000_000, ' ')]),
  )
  expect((await read(json))?.code).toBe('too-large')
})

test('a PBF that states huge sizes is refused before memory is taken for them', async () => {
  const head = Buffer.alloc(4, 0xff)
  expect(
    (await read(Buffer.concat([Buffer.from([0, 0, 0, 13]), Buffer.from('\n\tOSMHeader'), head])))?.code,
  ).toBe('unreadable-file')
  const bomb = blob('OSMData', Buffer.alloc(100_000_000), 1000)
  expect((await read(Buffer.concat([pbfHead(), bomb])))?.message).toMatch(/does not decompress/)
  const huge = blob('OSMData', Buffer.alloc(10), 2 ** 40)
  expect((await read(Buffer.concat([pbfHead(), huge])))?.message).toMatch(/at most 33554432/)
  const empties = blob(
    'OSMData',
    Buffer.from(Array.from({ length: 4_000_000 }, (_, i) => (i % 2 ? 0 : 0x12))),
  )
  expect((await read(Buffer.concat([pbfHead(), empties])))?.message).toMatch(/too many entries/)
})

test.each([
  ['PK\u0003\u0004 zip', /zip archive/],
  ['SQLite format 3\u0000', /GeoPackage/],
  ['\u00ff\u00fe{\u0000', /UTF-16/],
  ['', /empty/],
  ['<gpx/>', /<gpx>/],
  ['hello', /starts with "hello"/],
])('%j is named for what it is', async (text, expected) => {
  expect((await read(Buffer.from(text, 'latin1')))?.message).toMatch(expected)
})

function pbfHead(): Buffer {
  const header = new PbfWriter()
  for (const feature of ['OsmSchema-V0.6', 'DenseNodes']) header.writeStringField(4, feature)
  return blob('OSMHeader', header.finish())
}
