import { expect, test } from 'vitest'
import { LAYERS } from '../../layers.ts'
import type { LayerId } from '../../shared/layer.ts'
import { ReadNotes } from '../read-notes.ts'
import { featureReader } from './read-feature.ts'

function reader(layer: LayerId) {
  const notes = new ReadNotes()
  const read = featureReader({
    layer: LAYERS[layer],
    source: 'file',
    digest: (text) => `d${text.length}`,
    notes,
  })
  return { notes, read }
}
const point = { type: 'Point', coordinates: [121.5, 31.2] }
const square = {
  type: 'Polygon',
  coordinates: [
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 0],
    ],
  ],
}
const feature = (properties: unknown, geometry: unknown = square, more: object = {}) => ({
  type: 'Feature',
  properties,
  geometry,
  ...more,
})

test('Chinese keys, words and numbers as text are understood, and each guess is told', () => {
  const { read, notes } = reader('buildings')
  const found = read(
    feature({ 名称: '3号楼', 地址: '四平路1239号', 户数: '36', 层数: 6, 用途: '住宅', 备注: 'x' }),
  )
  expect(found?.properties).toMatchObject({
    name: '3号楼',
    address: '四平路1239号',
    households: 36,
    floors: 6,
    use: 'residential',
    population: null,
  })
  expect(notes.unknownProperties).toEqual([{ property: '备注', count: 1 }])
  expect(notes.notes.map(({ note }) => note)).toContain(
    'households: numbers written as text were read as numbers',
  )
})

test('our own name wins over an alias wherever it stands', () => {
  const { read, notes } = reader('buildings')
  expect(read(feature({ 名称: 'alias', name: 'own' }))?.properties.name).toBe('own')
  expect(notes.notes[0]!.note).toContain('名称')
})

test('derived properties of an export are neither unknown nor written', () => {
  const { read, notes } = reader('roads')
  const line = { type: 'LineString', coordinates: [point.coordinates, [121.6, 31.2]] }
  const found = read(
    feature({ lengthMetres: 3, createdAt: 'x', updatedAt: 'y', sourceId: 'osm:way/1#0' }, line),
  )
  expect(found).toMatchObject({ sourceId: 'osm:way/1#0', properties: { kind: 'minor', walkable: true } })
  expect(notes.unknownProperties).toEqual([])
})

test('identity is sourceId, then code, then id, then content', () => {
  const { read } = reader('buildings')
  const code = '3101100000010010100001'
  expect(read(feature({ sourceId: 'osm:way/1', code }, square, { id: 5 }))?.sourceId).toBe('osm:way/1')
  expect(read(feature({ code }, square, { id: 5 }))?.sourceId).toBe(`code:${code}`)
  expect(read(feature({}, square, { id: 5 }))?.sourceId).toBe('file:5')
  expect(read(feature({}))?.sourceId).toMatch(/^file:sha-d\d+$/)
})

test('the second feature with an identity is named with the first', () => {
  const { read, notes } = reader('buildings')
  read(feature({}, square, { id: 'a' }))
  expect(read(feature({ name: 'other' }, square, { id: 'a' }))).toBeUndefined()
  expect(notes.skipped.items).toEqual([
    { feature: 'feature 2 (id a)', reason: 'has the same identity (file:a) as feature 1' },
  ])
})

test('a grid code of the older 14 digits means the same grid', () => {
  const { read } = reader('grids')
  expect(read(feature({ code: '31011000000101', name: 'x' }))?.sourceId).toBe('code:310110000001001')
})

test('a code written as a number too large for JSON is refused, for it was rounded before we saw it', () => {
  const { read, notes } = reader('grids')
  expect(read(feature({ code: 310110000001001, name: 'x' }))?.properties.code).toBe('310110000001001')
  expect(read(feature({ code: Number('31011000000100123'), name: 'x' }))).toBeUndefined()
  expect(notes.skipped.items[0]!.reason).toMatch(/code is/)
})

test.each([
  [feature({}, null), /no geometry/],
  [feature({}, point), /this layer holds MultiPolygon/],
  [feature([1]), /properties that are a list/],
  [feature(123), /properties that are 123/],
  [feature({ floors: 'many' }), /floors is "many"/],
  [feature({ floors: [1] }), /floors is a list/],
  [feature({ name: { zh: 'x' } }), /name is an object/],
  [null, /is null, expected a Feature/],
  [{ type: 'Featre' }, /"Featre"/],
  [{ type: 'GeometryCollection', geometries: [] }, /GeometryCollection/],
])('%j is skipped with its reason', (value, reason) => {
  const { read, notes } = reader('buildings')
  expect(read(value)).toBeUndefined()
  expect(notes.skipped.items).toMatchObject([{ feature: 'feature 1', reason: expect.stringMatching(reason) }])
})

test('a required property that is missing is named', () => {
  const { read, notes } = reader('facilities')
  read(feature({ name: 'x' }, point))
  expect(notes.skipped.items[0]!.reason).toBe('has no kind, which this layer needs')
})

test('null for a property with a default is the default; odd ids and boxes are noted, not fatal', () => {
  const { read, notes } = reader('buildings')
  expect(
    read(feature({ use: null, floors: '', code: '' }, square, { id: {}, bbox: 'x' }))?.properties,
  ).toMatchObject({
    use: 'other',
    floors: null,
  })
  expect(notes.notes).toHaveLength(2)
})

test('a million skipped features keep the report small', () => {
  const { notes } = reader('buildings')
  for (let i = 0; i < 1_000_000; i++) notes.skip(`feature ${i}`, `reason ${i}`)
  expect(notes.skipped.total).toBe(1_000_000)
  expect(notes.skipped.items).toHaveLength(1000)
  expect(notes.skipped.reasons.length).toBeLessThanOrEqual(201)
})
