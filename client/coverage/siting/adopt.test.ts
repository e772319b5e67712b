import { expect, test } from 'vitest'
import { facilities } from '../../../geodata/facilities/facility.schema.ts'
import { checkpoints } from '../../../geodata/patrols/checkpoint.schema.ts'
import { adoptionOf } from './adopt.ts'

const places = [
  { lngLat: [121.5, 31.2] as [number, number], name: '路口 3' },
  { lngLat: [121.6, 31.3] as [number, number], name: '点选 9' },
]

test('a proposal becomes what the server takes as new: planned, with works, each under an id of its own', () => {
  const works = { title: '增设 AED', startsOn: '2020-01-01', endsOn: null }
  const { puts, deletes } = adoptionOf(places, { as: 'facilities', kind: 'aed', works })
  expect(deletes).toEqual([])
  expect(puts.map(({ layer, id, version }) => [layer, id, version])).toEqual([
    ['facilities', -1, null],
    ['facilities', -2, null],
  ])
  for (const { properties } of puts)
    expect(facilities.input.parse(properties)).toMatchObject({ kind: 'aed', status: 'planned', works })
  expect(puts[1]!.geometry).toEqual({ type: 'Point', coordinates: [121.6, 31.3] })
})

test('or checkpoints, of the type that is chosen', () => {
  const { puts } = adoptionOf(places, { as: 'checkpoints', siteType: 'fire-lane' })
  for (const { layer, properties } of puts) {
    expect(layer).toBe('checkpoints')
    expect(checkpoints.input.parse(properties)).toMatchObject({ siteType: 'fire-lane' })
  }
})
