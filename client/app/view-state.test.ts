import { expect, test } from 'vitest'
import { formatQuery, parseQuery, readLayers, readSearch, readSelection, writeLayers } from './view-state.ts'

test('a code of digits stays a text on its way through the URL', () => {
  const query = formatQuery({ at: '320508019044001', map: '15/31.3/120.6', layers: 'roads,hazards' })
  expect(query).toBe('?at=320508019044001&map=15/31.3/120.6&layers=roads,hazards')
  expect(readSearch(parseQuery(query))).toMatchObject({ at: '320508019044001', map: '15/31.3/120.6' })
})

test('a broken link opens on defaults instead of failing', () => {
  const search = readSearch({ at: '<script>', lang: 'xx', theme: 3, density: 'yes' })
  expect(Object.values(search).every((value) => value === undefined)).toBe(true)
  expect(readSelection('dragons/3')).toBeUndefined()
})

test('no layers at all is not the same as the default layers', () => {
  expect(writeLayers([])).toBe('none')
  expect(readLayers('none')).toEqual([])
  expect(readLayers(writeLayers(readLayers(undefined)))).toEqual(readLayers(undefined))
})
