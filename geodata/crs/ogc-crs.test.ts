import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toLngLat } from './convert.ts'
import { CRS84, crsReaching, type OgcCrs, toOgc } from './ogc-crs.ts'
import { readOgcBox } from './read-ogc-box.ts'

const uri = (code: number) => `http://www.opengis.net/def/crs/EPSG/0/${code}`
const byCode = (code: number): OgcCrs => crsReaching(undefined).find((crs) => crs.uri === uri(code))!

// gdaltransform (PROJ 9) for the numbers, gdalsrsinfo -o wkt2 for the order of axes: all belts have the northing first.
test.each([
  [4326, [31.2304, 121.4737]],
  [4490, [31.2304, 121.4737]],
  [3857, [13522390.4288, 3662707.2571]],
  [4550, [3457523.539, 354575.4792]],
])('EPSG:%i by its address has the axes in the order of EPSG', (code, expected) => {
  const at = toOgc(byCode(code), [121.4737, 31.2304])!
  expect(at[0]).toBeCloseTo(expected[0]!, 3)
  expect(at[1]).toBeCloseTo(expected[1]!, 3)
})
test('CRS84 has the longitude first', () => {
  expect(toOgc(CRS84, [121.4737, 31.2304])).toEqual([121.4737, 31.2304])
})

test('belts far from a box are not offered for it, and those that are lead back to the same place', () => {
  const shanghai = crsReaching([121.4, 31.1, 121.6, 31.3])
  const codes = shanghai.map((crs) => Number(crs.uri.split('/').at(-1)))
  expect(codes).toEqual(expect.arrayContaining([4326, 4490, 3857, 4549, 4550]))
  expect(codes).not.toContain(4534)
  expect(crsReaching([7.4, 43.7, 7.5, 43.8]).every(({ crs }) => crs.belt === null)).toBe(true)
  const place = fc.tuple(
    fc.double({ min: 121.4, max: 121.6, noNaN: true }),
    fc.double({ min: 31.1, max: 31.3, noNaN: true }),
  )
  fc.assert(
    fc.property(place, fc.constantFrom(...shanghai), (lngLat, crs) => {
      const [first, second] = toOgc(crs, lngLat)!
      const back = toLngLat(crs.crs.id, crs.northFirst ? [second, first] : [first, second])!
      // 2e-9 degrees are 0.2 mm; degrees are rounded to seven decimals.
      const tolerance = crs.crs.unit === 'degree' ? 5.1e-8 : 2e-9
      expect(Math.abs(back[0] - lngLat[0])).toBeLessThan(tolerance)
      expect(Math.abs(back[1] - lngLat[1])).toBeLessThan(tolerance)
    }),
    { seed: 20261122, numRuns: 300 },
  )
})

test('the box of a box in another system holds it, and is larger by no more than its turn', () => {
  const box = [121.45, 31.2, 121.5, 31.25] as const
  for (const crs of crsReaching([...box])) {
    const corners = [
      [box[0], box[1]],
      [box[2], box[1]],
      [box[0], box[3]],
      [box[2], box[3]],
    ].map((corner) => toOgc(crs, corner as [number, number])!)
    const firsts = corners.map(([first]) => first)
    const seconds = corners.map(([, second]) => second)
    const text = [Math.min(...firsts), Math.min(...seconds), Math.max(...firsts), Math.max(...seconds)].join()
    const read = readOgcBox(text, crs)
    if (!read.ok) throw new Error(`${crs.uri} ${read.reason}`)
    const [west, south, east, north] = read.bbox
    expect(west, crs.uri).toBeLessThanOrEqual(box[0])
    expect(south, crs.uri).toBeLessThanOrEqual(box[1])
    expect(east, crs.uri).toBeGreaterThanOrEqual(box[2])
    expect(north, crs.uri).toBeGreaterThanOrEqual(box[3])
    // Twenty degrees from the middle of a belt, north is ten degrees off.
    const most = crs.crs.belt ? 0.3 * (box[2] - box[0]) : 1e-7
    expect(Math.max(box[0] - west, box[1] - south, east - box[2], north - box[3]), crs.uri).toBeLessThan(most)
  }
})

test('degrees may cross the antimeridian, heights are passed over, Web Mercator reaches the edge of the world', () => {
  expect(readOgcBox('177,65,-177,70', CRS84)).toEqual({ ok: true, bbox: [177, 65, -177, 70] })
  expect(readOgcBox('65,177,70,-177', byCode(4326))).toEqual({ ok: true, bbox: [177, 65, -177, 70] })
  expect(readOgcBox('120,31,-5,121,32,9', CRS84)).toEqual({ ok: true, bbox: [120, 31, 121, 32] })
  const world = readOgcBox('-2.1e7,-3e7,20037508.3427892,3e7', byCode(3857))
  expect(world).toMatchObject({ ok: true, bbox: [-180, expect.any(Number), 180, expect.any(Number)] })
})

test.each([
  ['1,2,3', 'too few numbers'],
  ['1,2,3,4,5', 'five numbers'],
  ['', 'nothing'],
  ['1,2,3,', 'an empty number'],
  ['a,b,c,d', 'words'],
  ['NaN,1,2,3', 'no number'],
  ['1e999,1,2,3', 'more than a number holds'],
  ['0x1,1,2,3', 'a number of a program'],
  ['120,32,121,31', 'upside down'],
  ['120,31,181,32', 'beyond the edge'],
  [`${'1'.repeat(500)},1,2,3`, 'a very long one'],
])('%s is refused: %s', (text) => {
  expect(readOgcBox(text, CRS84).ok).toBe(false)
})
test('metres that no belt reaches, or whose sides are exchanged, are refused', () => {
  expect(readOgcBox('0,-9e8,1,9e8', byCode(4549)).ok).toBe(false)
  expect(readOgcBox('5,1,2,3', byCode(3857)).ok).toBe(false)
})
