import { expect, test } from 'vitest'
import type { Alarm, AlarmList } from '../../geodata/walls/alarm.schema.ts'
import { listed } from './use-choice.ts'

const alarm = (key: string, gridCode: string | null) => ({ key, gridCode }) as Alarm
const list = (more: Partial<AlarmList>) =>
  ({
    alarms: [alarm('hazard:1', 'a'), alarm('hazard:2', null), alarm('hazard:3', 'a')],
    shelved: [],
    groups: [{ gridCode: 'a' }, { gridCode: null }],
    flood: { since: '', count: 11 },
    ...more,
  }) as AlarmList
const keys = (of: ReturnType<typeof listed>) => of.alarms.map(({ key }) => key)

test('a flood is listed by grid, and each of its alarms can be had, those outside every grid as well', () => {
  expect(listed(list({}), { kind: 'all' }).groups).toHaveLength(2)
  expect(listed(list({ flood: null }), { kind: 'all' }).groups).toBeUndefined()
  expect(keys(listed(list({}), { kind: 'grid', gridCode: 'a' }))).toEqual(['hazard:1', 'hazard:3'])
  expect(keys(listed(list({}), { kind: 'grid', gridCode: null }))).toEqual(['hazard:2'])
})

test('a grid whose last alarm ended and a shelf that was emptied do not leave an empty list behind', () => {
  expect(listed(list({}), { kind: 'grid', gridCode: 'b' }).listing.kind).toBe('all')
  expect(listed(list({}), { kind: 'shelved' }).listing.kind).toBe('all')
  const shelved = [alarm('hazard:9', 'a')]
  expect(keys(listed(list({ shelved }), { kind: 'shelved' }))).toEqual(['hazard:9'])
})
