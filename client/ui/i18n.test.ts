import { expect, test } from 'vitest'
import { HAZARD_STATES, SEVERITIES } from '../../geodata/hazards/hazard.schema.ts'
import { BUILDING_USES } from '../../geodata/places/building.schema.ts'
import { LANDCOVER_KINDS } from '../../geodata/places/landcover.schema.ts'
import { ROAD_KINDS } from '../../geodata/places/road.schema.ts'
import { zh } from './zh.ts'

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
