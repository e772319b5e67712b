import geodesic from 'geographiclib-geodesic'
import { expect, test } from 'vitest'
import {
  METRES_PER_PAPER_PIXEL,
  metresPerDegree,
  metresPerPixel,
  moveCentre,
  scaleBar,
  scaleToFit,
  zoomOfScale,
} from './scale.ts'

test('a degree of longitude has the ellipsoid’s length, not the sphere’s', () => {
  for (const lat of [0, 31.3, -60]) {
    const { s12 } = geodesic.Geodesic.WGS84.Inverse(lat, 0, lat, 0.001)
    expect(metresPerDegree(lat)).toBeCloseTo(s12! * 1000, 3)
  }
})

test('the zoom of a scale draws a metre on the ground as 1/n metre on paper', () => {
  for (const n of [500, 5000, 50_000])
    for (const lat of [0, 31.3, -52])
      expect(metresPerPixel(lat, zoomOfScale(n, lat)) / METRES_PER_PAPER_PIXEL / n).toBeCloseTo(1, 10)
})

test('what is seen fits on the sheet in both directions', () => {
  expect(scaleToFit({ wide: 1000, high: 10 }, { wide: 1000, high: 1000 })).toBe(4000)
  expect(scaleToFit({ wide: 10, high: 1000 }, { wide: 1000, high: 1000 })).toBe(4000)
  expect(scaleToFit({ wide: 1e9, high: 1 }, { wide: 10, high: 10 })).toBe(1_000_000)
})

test('a scale bar is round and never longer than its room', () => {
  for (const perPixel of [0.013, 0.2, 1, 1.32, 4.9, 77, 1000]) {
    const { metres, pixels } = scaleBar(perPixel, 190)
    expect(pixels).toBeLessThanOrEqual(190)
    expect(pixels).toBeGreaterThan(190 / 2.6)
    expect([1, 2, 5]).toContain(Number((metres / 10 ** Math.floor(Math.log10(metres))).toPrecision(6)))
  }
})

test('a picture dragged to the right shows what lies to the left of it, on a turned map too', () => {
  const still = { zoom: 15, bearing: 0 }
  const [lng, lat] = moveCentre([120, 31], still, 100, 0)
  expect(lng).toBeCloseTo(120 - (100 * 360) / (512 * 2 ** 15), 9)
  expect(lat).toBeCloseTo(31, 9)
  expect(moveCentre([120, 31], still, 0, 100)[1]).toBeGreaterThan(31)
  // The top points east: the left of the picture is north.
  const [east, north] = moveCentre([120, 31], { zoom: 15, bearing: 90 }, 100, 0)
  expect(east).toBeCloseTo(120, 9)
  expect(north).toBeGreaterThan(31)
})

test('moving there and back ends where it began', () => {
  const view = { zoom: 12.3, bearing: 37 }
  const [lng, lat] = moveCentre(moveCentre([120.6, 31.3], view, 250, -90), view, -250, 90)
  expect(lng).toBeCloseTo(120.6, 9)
  expect(lat).toBeCloseTo(31.3, 9)
})
