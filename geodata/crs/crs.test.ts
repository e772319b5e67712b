import { expect, test } from 'vitest'
import { createRandom } from '../demo/random.ts'
import type { LngLat } from '../shared/geojson.ts'
import { fromLngLat, toLngLat } from './convert.ts'
import { CRS_LIST } from './crs-list.ts'
import { formatCoordinates } from './format-coordinates.ts'
import { parseCoordinates } from './parse-coordinates.ts'
import { suggestCrs } from './suggest-crs.ts'

test('the list holds both forms of all 21 belts, each id once', () => {
  const ids = CRS_LIST.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (let code = 4513; code <= 4554; code++) expect(ids).toContain(`EPSG:${code}`)
  expect(CRS_LIST.filter(({ obfuscated }) => obfuscated).map(({ id }) => id)).toEqual(['GCJ-02', 'BD-09'])
})

// gdaltransform (GDAL 3.6.2), longitude-latitude to easting-northing.
test.each([
  ['EPSG:4549', [120.6203, 31.3187], [559043.891385477, 3466475.43433598]],
  ['EPSG:4550', [121.4737, 31.2304], [354575.479183573, 3457523.53895908]],
  ['EPSG:4534', [75.5, 39.4], [543068.379315143, 4363030.98624625]],
  ['EPSG:4554', [134.7, 48.3], [477742.509975571, 5351829.07396693]],
  ['EPSG:4513', [75.5, 39.4], [25543068.3793151, 4363030.98624625]],
  ['EPSG:4528', [120.6203, 31.3187], [40559043.8913855, 3466475.43433598]],
  ['EPSG:4529', [120.6203, 31.3187], [41273457.7043519, 3468755.59005716]],
  ['EPSG:4533', [134.7, 48.3], [45477742.5099756, 5351829.07396693]],
  ['EPSG:3857', [121.4737, 31.2304], [13522390.4287749, 3662707.2570504]],
] as [string, LngLat, [number, number]][])(
  '%s agrees with PROJ to a tenth of a millimetre',
  (id, lngLat, expected) => {
    const [east, north] = fromLngLat(id, lngLat)!
    expect(Math.abs(east - expected[0])).toBeLessThan(1e-4)
    expect(Math.abs(north - expected[1])).toBeLessThan(1e-4)
  },
)

test('every system leads back to the same place within 1e-7 degree, all over its reach', () => {
  const random = createRandom(7)
  for (const crs of CRS_LIST) {
    for (let i = 0; i < 300; i++) {
      const lng = crs.belt ? crs.belt.centralMeridian + random.between(-3, 3) : random.between(74, 135)
      const lngLat: LngLat = [lng, random.between(4, 53)]
      const [backLng, backLat] = toLngLat(crs.id, fromLngLat(crs.id, lngLat)!)!
      expect(Math.abs(backLng - lngLat[0]), crs.id).toBeLessThan(1e-7)
      expect(Math.abs(backLat - lngLat[1]), crs.id).toBeLessThan(1e-7)
    }
  }
})

test('the obfuscated systems are tens to hundreds of metres off in China and leave other places alone', () => {
  for (const id of ['GCJ-02', 'BD-09']) {
    const [lng, lat] = fromLngLat(id, [120.6203, 31.3187])!
    const metres = Math.hypot((lng - 120.6203) * 95_000, (lat - 31.3187) * 111_000)
    expect(metres).toBeGreaterThan(50)
    expect(metres).toBeLessThan(1_500)
  }
  expect(fromLngLat('GCJ-02', [10, 50])).toEqual([10, 50])
})

test('places that a system does not have give nothing, not nonsense', () => {
  expect(fromLngLat('EPSG:4549', [10, 50])).toBeNull()
  expect(fromLngLat('EPSG:3857', [10, 89])).toBeNull()
  expect(fromLngLat('EPSG:9999', [10, 50])).toBeNull()
  expect(toLngLat('EPSG:4549', [1e12, 1e12])).toBeNull()
  expect(toLngLat('EPSG:4326', [Number.NaN, 1])).toBeNull()
  expect(toLngLat('__proto__', [1, 1])).toBeNull()
})

test('the belt of a place is the nearest central meridian', () => {
  expect(suggestCrs([120.6, 31.3]).id).toBe('EPSG:4549')
  expect(suggestCrs([121.51, 31.2]).id).toBe('EPSG:4550')
  expect(suggestCrs([2.3, 48.8]).id).toBe('EPSG:4326')
})

test('what is shown can be read again', () => {
  for (const { id } of CRS_LIST) {
    const shown = formatCoordinates(id, [120.6203, 31.3187])
    if (shown === null) continue
    const read = parseCoordinates(shown, id)
    // Far from its belt a system's numbers are refused rather than guessed at.
    if (!read.ok) expect(['out-of-range', 'other-crs'], id).toContain(read.reason)
    else expect(Math.abs(read.lngLat[0] - 120.6203), id).toBeLessThan(2e-6)
  }
})

const place = [120.62, 31.3]
test.each([
  ['120.62, 31.3', 'EPSG:4326', 'east-first'],
  ['31.3,120.62', 'EPSG:4326', 'north-first'],
  ['３１．３，１２０．６２', 'EPSG:4490', 'north-first'],
  ['120.62\t31.3', 'EPSG:4326', 'east-first'],
  ['（120.62、31.3）', 'EPSG:4326', 'east-first'],
  ['120°37′12″E 31°18′N', 'EPSG:4326', 'east-first'],
  ['31°18\'0"N, 120°37\'12"E', 'EPSG:4326', 'north-first'],
  ['31°18′00″，120°37′12″', 'EPSG:4326', 'north-first'],
  ['N31.3 E120.62', 'EPSG:4326', 'north-first'],
  ['东经120度37分12秒，北纬31度18分', 'EPSG:4326', 'east-first'],
  ['纬度：31.3 经度：120.62', 'EPSG:4326', 'north-first'],
  ['lat=31.3, lng=120.62', 'EPSG:4326', 'north-first'],
] as const)('reads %j', (text, crs, order) => {
  const read = parseCoordinates(text, crs)
  expect(read).toMatchObject({ ok: true, order })
  if (!read.ok) return
  expect(read.lngLat[0]).toBeCloseTo(place[0]!, 9)
  expect(read.lngLat[1]).toBeCloseTo(place[1]!, 9)
})

test.each([
  ['559043.89 3466475.43', 'EPSG:4549'],
  ['3466475.43，559043.89', 'EPSG:4549'],
  ['3466475.43米 40559043.89米', 'EPSG:4528'],
  ['13427390.38, 3674207.94', 'EPSG:3857'],
])('reads the metres of %j in either order', (text, crs) => {
  const read = parseCoordinates(text, crs)
  expect(read.ok && Math.abs(read.lngLat[0] - 120.6203) + Math.abs(read.lngLat[1] - 31.3187)).toBeLessThan(
    1e-6,
  )
})

test('south and west are negative, by letter or by sign, not both away', () => {
  const read = parseCoordinates('33°52′S 151°12′30″W', 'EPSG:4326')
  expect(read.ok && read.lngLat[1]).toBeCloseTo(-33.866667, 5)
  expect(read.ok && read.lngLat[0]).toBeCloseTo(-151.208333, 5)
})

test.each([
  ['', 'EPSG:4326', 'not-two-numbers', undefined],
  ['120.6', 'EPSG:4326', 'not-two-numbers', undefined],
  ['120.6 31.3 5', 'EPSG:4326', 'not-two-numbers', undefined],
  ['hello 1 2', 'EPSG:4326', 'unreadable', undefined],
  ['120°61′0″E 31°N', 'EPSG:4326', 'unreadable', undefined],
  ['1'.repeat(500), 'EPSG:4326', 'unreadable', undefined],
  ['31N 32N', 'EPSG:4326', 'both-same-axis', undefined],
  ['200, 95', 'EPSG:4326', 'out-of-range', undefined],
  ['559043.89 3466475.43', 'EPSG:4326', 'other-crs', undefined],
  ['40559043.89 3466475.43', 'EPSG:4326', 'other-crs', 'EPSG:4528'],
  ['40559043.89 3466475.43', 'EPSG:4549', 'other-crs', 'EPSG:4528'],
  ['3466475.43 40559043.89', 'EPSG:4549', 'other-crs', 'EPSG:4528'],
  ['559043.89 3466475.43', 'EPSG:4528', 'other-crs', 'EPSG:4549'],
  ['41559043.89 3466475.43', 'EPSG:4528', 'other-crs', 'EPSG:4529'],
  ['120.6, 31.3', 'EPSG:4549', 'other-crs', 'EPSG:4490'],
  ['1e5 3', 'EPSG:4549', 'unreadable', undefined],
  ['1 2', 'EPSG:0', 'unknown-crs', undefined],
])('refuses %j in %s and says so in both languages', (text, crs, reason, suggested) => {
  const read = parseCoordinates(text, crs)
  expect(read).toMatchObject({ ok: false, reason })
  if (read.ok) return
  expect(read.suggestedCrsId).toBe(suggested)
  expect(read.message.zh).toMatch(/[\u4e00-\u9fff]/)
  expect(read.message.en.length).toBeGreaterThan(20)
})
