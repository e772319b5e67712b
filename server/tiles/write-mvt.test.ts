import { expect, test } from 'vitest'
import { decodeStrictly } from '../../tests/support/strict-mvt.ts'
import { type MvtFeature, writeMvtLayer } from './write-mvt.ts'

const RANGE: [number, number] = [-64, 4160]
const point = (id: number, attributes: MvtFeature['attributes']): MvtFeature => ({
  id,
  shape: { type: 'point', x: id, y: 4095 },
  attributes,
})

test('values of every kind come back, equal ones are stored once, nulls are left out', () => {
  const features = [
    point(1, { text: '一号楼', whole: 7, negative: -3, real: 21.5, yes: true, none: null }),
    point(2 ** 40, { text: '一号楼', whole: 0, real: 1e20, yes: false }),
  ]
  const { bytes } = writeMvtLayer('buildings', [features[0]!, { ...features[1]!, shape: features[0]!.shape }])
  const decoded = decodeStrictly(bytes, RANGE).get('buildings')!
  expect(decoded.map(({ id }) => id)).toEqual([1, 2 ** 40])
  expect(decoded[0]!.attributes).toEqual({ text: '一号楼', whole: 7, negative: -3, real: 21.5, yes: true })
  expect(decoded[1]!.attributes).toEqual({ text: '一号楼', whole: 0, real: 1e20, yes: false })
  expect(Buffer.from(bytes).toString('utf8').split('一号楼')).toHaveLength(2)
})

test('a number and the text of the same digits stay apart', () => {
  const { bytes } = writeMvtLayer('x', [point(1, { a: 1 }), point(2, { a: '1' }), point(3, { a: true })])
  const decoded = decodeStrictly(bytes, RANGE).get('x')!
  expect(decoded.map(({ attributes }) => attributes.a)).toEqual([1, '1', true])
})

test('a hole that collapsed goes, its polygon stays; a polygon that collapsed takes its holes along', () => {
  const outer = [0, 0, 0, 50, 50, 50, 50, 0, 0, 0]
  const hole = [10, 10, 20, 10, 20, 20, 10, 10]
  const flat = [5, 5, 9, 9, 5, 5]
  const shape = (polygons: number[][][]): MvtFeature => ({
    id: 1,
    shape: { type: 'polygons', polygons },
    attributes: {},
  })
  const read = (polygons: number[][][]) =>
    decodeStrictly(writeMvtLayer('x', [shape(polygons)]).bytes, RANGE).get('x')
  expect(read([[outer, flat, hole]])![0]!.parts).toHaveLength(2)
  expect(read([[flat, hole]])).toBeUndefined()
})

test('a layer of which nothing is left is no bytes at all, not an empty layer; what is gone is not counted', () => {
  const gone: MvtFeature = { id: 1, shape: { type: 'lines', lines: [[7, 7, 7, 7]] }, attributes: {} }
  expect(writeMvtLayer('roads', [gone])).toEqual({ bytes: new Uint8Array(), count: 0 })
  expect(writeMvtLayer('roads', [gone, point(2, {})]).count).toBe(1)
})

test('layers written apart make one tile when put one after the other', () => {
  const bytes = Buffer.concat(['a', 'b'].map((name) => writeMvtLayer(name, [point(1, {})]).bytes))
  expect([...decodeStrictly(bytes, RANGE).keys()]).toEqual(['a', 'b'])
})
