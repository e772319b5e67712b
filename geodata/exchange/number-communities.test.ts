import { expect, test } from 'vitest'
import type { IncomingFeature } from '../shared/feature.ts'
import { numberCommunities } from './number-communities.ts'

const community = (sourceId: string, lng: number, lat: number): IncomingFeature => ({
  sourceId,
  geometry: {
    type: 'MultiPolygon',
    coordinates: [
      [
        [
          [lng, lat],
          [lng + 1, lat],
          [lng, lat + 1],
          [lng, lat],
        ],
      ],
    ],
  },
  properties: { name: sourceId },
})
const none = { codes: new Map<string, string>(), taken: new Set<string>() }
const codes = (features: IncomingFeature[]) =>
  Object.fromEntries(features.map(({ sourceId, properties }) => [sourceId, properties.code]))

test('numbers run west to east, then north to south', () => {
  const given = [community('east', 5, 0), community('south-west', 0, 0), community('north-west', 0, 5)]
  expect(codes(numberCommunities(given, '310110', none).numbered)).toEqual({
    'north-west': '310110000001',
    'south-west': '310110000002',
    east: '310110000003',
  })
})

test('a new community in the west does not renumber the old ones', () => {
  const known = {
    codes: new Map([['old', '310110005001']]),
    taken: new Set(['310110005001', '310110005002']),
  }
  const { numbered } = numberCommunities(
    [community('new', -5, 0), community('old', 0, 0)],
    '310110005',
    known,
  )
  expect(codes(numbered)).toEqual({ old: '310110005001', new: '310110005003' })
})

test('without a division only those that are known are kept', () => {
  const known = { codes: new Map([['old', '310110005001']]), taken: new Set<string>() }
  const found = numberCommunities([community('new', 0, 0), community('old', 0, 0)], undefined, known)
  expect(codes(found.numbered)).toEqual({ old: '310110005001' })
  expect(found.withoutDivision).toBe(1)
})

test('the thousandth community is refused, not numbered with four digits', () => {
  const many = Array.from({ length: 1000 }, (_, i) => community(`c${i}`, i / 10, 0))
  expect(() => numberCommunities(many, '310110', none)).toThrow(/999/)
})

test.each(['', '31011', '310110005001', 'abcdef'])('the division %j is refused', (division) => {
  expect(() => numberCommunities([], division, none)).toThrow(/6 digits/)
})
