import { expect, test } from 'vitest'
import { compareMembers } from './compare-members.ts'

test('members that stayed are left out, whatever the order of their own members', () => {
  expect(
    compareMembers(
      { name: 'A', works: { title: 'x', startsOn: 'y' }, floors: 3 },
      { floors: 4, works: { startsOn: 'y', title: 'x' }, name: 'A' },
    ),
  ).toEqual([{ name: 'floors', before: 3, after: 4 }])
})

test('the properties of a feature stand beside its geometry, not in one lump', () => {
  expect(
    compareMembers(
      { geometry: { type: 'Point', coordinates: [1, 2] }, properties: { name: 'A' } },
      { geometry: { type: 'Point', coordinates: [1, 3] }, properties: { name: 'B' } },
    ).map(({ name }) => name),
  ).toEqual(['geometry', 'name'])
})

test('what was created or deleted shows every member that says something', () => {
  expect(compareMembers(null, { name: 'A', description: null })).toEqual([
    { name: 'name', before: undefined, after: 'A' },
  ])
  expect(compareMembers({ name: 'A' }, null)).toEqual([{ name: 'name', before: 'A', after: undefined }])
})
