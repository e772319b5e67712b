import { expect, test } from 'vitest'
import { perThousandHouseholds } from '../../geodata/coverage/per-thousand.ts'
import { sumCoverage } from './sum-coverage.ts'

const row = (facilities: number, households: number | null, more: object = {}) => ({
  id: 1,
  code: '1',
  name: '',
  buildings: 1,
  households,
  householdsUnknown: households === null ? 3 : 0,
  facilities,
  notInService: 0,
  ...more,
})

test('households nobody knows are told apart, not counted as none', () => {
  expect(sumCoverage([row(0, 100), row(2, 300), row(0, null)])).toEqual({
    cells: 3,
    cellsWithout: 2,
    facilities: 2,
    notInService: 0,
    households: 400,
    householdsWithout: 100,
    unknownBuildings: 3,
  })
  expect(sumCoverage([row(1, null)]).households).toBeNull()
})

test('a rate over no households is nothing, not zero and not infinite', () => {
  expect(perThousandHouseholds(3, 0)).toBeNull()
  expect(perThousandHouseholds(3, null)).toBeNull()
  expect(perThousandHouseholds(0, 500)).toBe(0)
  expect(perThousandHouseholds(2, 500)).toBe(4)
})
