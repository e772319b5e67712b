import { expect, test } from 'vitest'
import { changeUnit, initialParams, readParams } from './read-params.ts'

test('what is no question is asked as at first, and one that is stays as it was put', () => {
  expect(readParams({ kinds: ['ufo'], walk: 'far' })).toEqual(initialParams())
  const asked = { ...initialParams(), kinds: ['clinic', 'pharmacy'], walk: 800, bands: [] }
  expect(readParams(asked)).toEqual(asked)
})

test('a distance in the other unit is one of its own, never metres taken for minutes', () => {
  const minutes = changeUnit(initialParams(), 'minutes')
  expect(minutes).toMatchObject({ unit: 'minutes', walk: 10, bands: [] })
  expect(readParams(minutes)).toEqual(minutes)
  expect(changeUnit(minutes, 'metres')).toMatchObject({ unit: 'metres', walk: 500 })
})
