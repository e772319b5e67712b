import { expect, test } from 'vitest'
import { normaliseGeometry } from './normalise-geometry.ts'

const square = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [0, 0],
]
const reason = (value: unknown, type: 'Point' | 'LineString' | 'MultiPolygon') => {
  const result = normaliseGeometry(value, type)
  return result.ok ? undefined : result.reason
}

test('a polygon becomes a multipolygon and keeps a counter-clockwise ring as it is', () => {
  const result = normaliseGeometry({ type: 'Polygon', coordinates: [square] }, 'MultiPolygon')
  expect(result).toEqual({
    ok: true,
    geometry: { type: 'MultiPolygon', coordinates: [[square]] },
    notes: [],
    rounded: false,
  })
})

test('a clockwise outer ring and a counter-clockwise hole are turned, and both are told', () => {
  const hole = square.map(([x, y]) => [0.2 + x! * 0.5, 0.2 + y! * 0.5])
  const result = normaliseGeometry(
    { type: 'Polygon', coordinates: [[...square].reverse(), hole] },
    'MultiPolygon',
  )
  expect(result.ok && result.geometry.coordinates).toEqual([[square, [...hole].reverse()]])
  expect(result.ok && result.notes).toHaveLength(2)
})

test('the winding of a ring of a few centimetres far from the origin is still right', () => {
  const at = (x: number, y: number) => [121.4737012 + x * 1e-7, 31.2304001 + y * 1e-7]
  const ring = [at(0, 0), at(2, 0), at(2, 1), at(0, 0)]
  const result = normaliseGeometry({ type: 'Polygon', coordinates: [ring] }, 'MultiPolygon')
  expect(result).toMatchObject({ ok: true, notes: [] })
})

test('heights, measures and repeated positions are left out with a note', () => {
  const result = normaliseGeometry(
    {
      type: 'LineString',
      coordinates: [
        [1, 2, 3],
        [1, 2, 3, 4],
        [5, 6],
      ],
    },
    'LineString',
  )
  expect(result).toMatchObject({
    ok: true,
    geometry: {
      coordinates: [
        [1, 2],
        [5, 6],
      ],
    },
  })
  expect(result.ok && result.notes).toHaveLength(2)
})

test('normalising twice changes nothing, though 7 decimals are not exact in binary', () => {
  for (let i = 0; i < 2000; i++) {
    const lng = (i * 0.123456789) % 180
    const once = normaliseGeometry({ type: 'Point', coordinates: [lng, -1e-9] }, 'Point')
    if (!once.ok) throw new Error(once.reason)
    expect(once.rounded).toBe(true)
    expect(normaliseGeometry(once.geometry, 'Point')).toEqual({ ...once, rounded: false })
    expect(JSON.stringify(once.geometry.coordinates)).toMatch(/^\[\d+(\.\d{1,7})?,0\]$/)
  }
})

test('swapped axes and projected metres are named as such', () => {
  expect(reason({ type: 'Point', coordinates: [31.2, 121.4] }, 'Point')).toMatch(/axes look swapped/)
  expect(reason({ type: 'Point', coordinates: [13_521_000, 3_660_000] }, 'Point')).toMatch(/projected metres/)
})

test('numbers written as text are refused with that text', () => {
  expect(reason({ type: 'Point', coordinates: ['121.4', 31] }, 'Point')).toContain('"121.4"')
})

test.each([
  [{ type: 'Polygon', coordinates: [square.slice(0, 4)] }, 'MultiPolygon', /not closed/],
  [{ type: 'Polygon', coordinates: [square.slice(0, 2)] }, 'MultiPolygon', /2 positions/],
  [
    { type: 'Polygon', coordinates: [[square[0], square[1], square[0], square[0]]] },
    'MultiPolygon',
    /encloses no area/,
  ],
  [{ type: 'Polygon', coordinates: [] }, 'MultiPolygon', /without rings/],
  [{ type: 'MultiPoint', coordinates: square }, 'Point', /5 parts/],
  [{ type: 'LineString', coordinates: [square[0], square[0]] }, 'LineString', /no length/],
  [{ type: 'Point', coordinates: [1] }, 'Point', /1 numbers/],
  [{ type: 'Point', coordinates: [1, Number.NaN] }, 'Point', /NaN/],
  [{ type: 'Point' }, 'Point', /missing/],
  [{ type: 'Point', coordinates: square }, 'LineString', /holds LineString/],
  [null, 'Point', /no geometry/],
  ['POINT(1 1)', 'Point', /POINT/],
] as const)('refuses %j as %s', (value, type, expected) => {
  expect(reason(value, type)).toMatch(expected)
})

test('a geometry of a million positions is refused before it is read to the end', () => {
  const coordinates = Array.from({ length: 1_000_000 }, (_, i) => [i / 1e6, 0])
  expect(reason({ type: 'LineString', coordinates }, 'LineString')).toMatch(/more than 200000/)
})
