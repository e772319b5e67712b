import { expect, test } from 'vitest'
import { Problem } from '../../shared/problem.ts'
import { FeatureSplitter } from './split-features.ts'

function split(text: string, pieceLength = text.length || 1) {
  const features: unknown[] = []
  const collections: unknown[] = []
  const splitter = new FeatureSplitter({
    feature: (value) => features.push(value),
    collection: (members) => collections.push(members),
  })
  for (let at = 0; at < text.length; at += pieceLength) splitter.write(text.slice(at, at + pieceLength))
  splitter.end()
  return { features, collections }
}
const detail = (text: string) => {
  try {
    split(text)
  } catch (error) {
    if (error instanceof Problem) return error.message
    throw error
  }
  return undefined
}

const tricky = {
  type: 'FeatureCollection',
  name: 'a "features":[ } ] in a text \\',
  nested: { features: [1, { features: [] }] },
  features: [
    { type: 'Feature', id: 'br{ac}k[et]s', properties: { 'q"uote\\': '\\"', 文: '😀' }, geometry: null },
    {
      type: 'Feature',
      properties: { deep: [[[[{}]]]] },
      geometry: { type: 'Point', coordinates: [1, -2.5e1] },
    },
    null,
    'text, with ] and }',
    -12.5,
    [],
  ],
  after: [1, 2],
}

test('a collection cut anywhere, even inside an escape, gives the same features', () => {
  for (const space of [undefined, 1])
    for (const length of [1, 2, 3, 7, 64, 100_000]) {
      const { features, collections } = split(JSON.stringify(tricky, null, space), length)
      expect(features).toEqual(tricky.features)
      expect(collections).toEqual([{ ...tricky, features: [] }])
    }
})

test('features before the type are features too', () => {
  expect(split('{"features":[1,2],"type":"FeatureCollection"}').features).toEqual([1, 2])
})

test('newline-delimited and RS-delimited sequences and a byte order mark are read', () => {
  const one = '{"type":"Feature","properties":{},"geometry":null}'
  expect(split(`\ufeff${one}\r\n${one}\n`).features).toHaveLength(2)
  expect(split(`\u001e${one}\n\u001e${one}\n`, 5).features).toHaveLength(2)
})

test('a bare geometry and a Feature stand for themselves', () => {
  expect(split('{"type":"Point","coordinates":[1,2]}').features).toEqual([
    { type: 'Point', coordinates: [1, 2] },
  ])
  expect(split('{"type":"Feature","features":[],"geometry":null}').features).toHaveLength(1)
})

test.each([
  ['', /no GeoJSON object/],
  ['  \n', /no GeoJSON object/],
  ['null', /starts with "null"/],
  ['[1]', /expected a GeoJSON object/],
  ['{}', /has no "type"/],
  ['{"type":"featurecollection","features":[]}', /"featurecollection".*case matter/],
  ['{"type":"Topology"}', /TopoJSON/],
  ['{"type":"FeatureCollection"}', /no list "features"/],
  ['{"type":"FeatureCollection","features":{}}', /no list "features"/],
  ['{"type":"FeatureCollection","type":"Feature","features":[]}', /"type" stands twice/],
  ['{"type":"FeatureCollection","features":[{}', /cut short/],
  ['{"type":"FeatureCollection","features":["', /cut short/],
  ['{"type":"FeatureCollection","features":[{},]}', /After feature 1/],
  ['{"type":"FeatureCollection","features":[{}{}]}', /After feature 1/],
  ['{"type":"FeatureCollection","features":[,{}]}', /After feature 0/],
  ['{"type":"FeatureCollection","features":[{"a":NaN}]}', /Feature 1 is not valid JSON/],
  ['{"type":"Feature","features":[{}]}', /"Feature"/],
  ['{"type":"Point" "coordinates":[1,2]}', /not valid JSON/],
  ['{"type":"Point"}{"type":"Point"} x', /After object 2 comes "x"/],
  [`{"type":"Point","coordinates":${'['.repeat(100_000)}`, /nested deeper/],
])('%s is refused with its fault', (text, expected) => {
  expect(detail(text)).toMatch(expected)
})
