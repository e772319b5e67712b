import { expect, test } from 'vitest'
import { checkCrs } from './check-crs.ts'

const named = (name: string) => ({ type: 'name', properties: { name } })

test.each([
  'urn:ogc:def:crs:OGC:1.3:CRS84',
  'urn:ogc:def:crs:EPSG::4326',
  'EPSG:4326',
  'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
])('%s is longitude and latitude', (name) => {
  expect(checkCrs(named(name))).toBeUndefined()
})

test('CGCS2000 is taken unchanged and labelled', () => {
  expect(checkCrs(named('urn:ogc:def:crs:EPSG::4490'))).toMatch(/CGCS2000/)
})

test.each([named('urn:ogc:def:crs:EPSG::3857'), named('EPSG:4549'), { type: 'link' }, 7, {}])(
  '%j is refused by name, not shifted',
  (crs) => {
    expect(() => checkCrs(crs)).toThrow(/crs is .*EPSG:4326/)
  },
)
