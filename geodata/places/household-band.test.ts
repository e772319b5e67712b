import { expect, test } from 'vitest'
import { judgeHouseholds } from './household-band.ts'

test('both ends of the band belong to it, and unknown is not zero', () => {
  const band = { min: 300, max: 500 }
  expect([0, 299, 300, 500, 501, null].map((households) => judgeHouseholds(households, band))).toEqual([
    'below',
    'below',
    'within',
    'within',
    'above',
    'unknown',
  ])
})
