import { expect, test } from 'vitest'
import { arcMinutes, CAP_HEIGHT_EM, smallestTypePixels } from './type-size.ts'

const FULL_HD = { diagonalInches: 55, widthPixels: 1920, heightPixels: 1080 }

test('it is the letter that is 20 minutes high, not the box around it', () => {
  for (const distanceMetres of [0.6, 3, 5, 12]) {
    const viewing = { ...FULL_HD, distanceMetres }
    const pixels = smallestTypePixels(viewing)
    expect(arcMinutes(pixels * CAP_HEIGHT_EM, viewing)).toBeGreaterThanOrEqual(20)
    expect(arcMinutes((pixels - 0.11) * CAP_HEIGHT_EM, viewing)).toBeLessThan(20)
  }
})

test('the height is 0.0058 of the distance, as the tables of ergonomics have it', () => {
  const pixels = smallestTypePixels({ ...FULL_HD, distanceMetres: 3 })
  const millimetres = (pixels * CAP_HEIGHT_EM * 55 * 25.4) / Math.hypot(1920, 1080)
  expect(millimetres / 3000).toBeCloseTo(0.0058, 4)
})

test('twice the pixels on the same screen take type of twice as many pixels', () => {
  const at = (widthPixels: number, heightPixels: number) =>
    smallestTypePixels({ diagonalInches: 65, widthPixels, heightPixels, distanceMetres: 3 })
  expect(at(3840, 2160) / at(1920, 1080)).toBeCloseTo(2, 1)
})

test('three panels side by side are measured by the diagonal of all three', () => {
  // Each 46 inches, 1920 × 1080: together 5760 × 1080 and 120.1 inches.
  const diagonalInches = 46 * (Math.hypot(5760, 1080) / Math.hypot(1920, 1080))
  const one = smallestTypePixels({
    diagonalInches: 46,
    widthPixels: 1920,
    heightPixels: 1080,
    distanceMetres: 4,
  })
  const three = smallestTypePixels({
    diagonalInches,
    widthPixels: 5760,
    heightPixels: 1080,
    distanceMetres: 4,
  })
  expect(Math.abs(one - three)).toBeLessThanOrEqual(0.1)
})
