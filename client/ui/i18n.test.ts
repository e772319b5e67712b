import { expect, test } from 'vitest'
import { HAZARD_STATES, SEVERITIES } from '../../geodata/hazards/hazard.schema.ts'
import { BUILDING_USES } from '../../geodata/places/building.schema.ts'
import { LANDCOVER_KINDS } from '../../geodata/places/landcover.schema.ts'
import { ROAD_KINDS } from '../../geodata/places/road.schema.ts'
import { en } from './en.ts'
import { zh } from './zh.ts'

function texts(tree: object, path = ''): Map<string, string> {
  return new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}${key}`, value] as const] : [...texts(value, `${path}${key}.`)],
    ),
  )
}
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()

test('a text in one language only would show its key to the other half of the users', () => {
  expect([...texts(en).keys()].sort()).toEqual([...texts(zh).keys()].sort())
})

test('a placeholder missing in one language would lose the figure', () => {
  for (const [key, text] of texts(zh))
    expect(placeholders(texts(en).get(key)!), key).toEqual(placeholders(text))
})

test('no value of an enum reaches the screen as its wire name', () => {
  for (const [labels, values] of [
    [zh.enums.state, HAZARD_STATES],
    [zh.enums.severity, SEVERITIES],
    [zh.enums.use, BUILDING_USES],
    [zh.enums.landcover, LANDCOVER_KINDS],
    [zh.enums.road, ROAD_KINDS],
  ] as const)
    expect(Object.keys(labels).sort()).toEqual([...values].sort())
})
