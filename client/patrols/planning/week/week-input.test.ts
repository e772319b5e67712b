import { expect, test } from 'vitest'
import { teamSchema } from '../../../../geodata/patrols/plan.schema.ts'
import { shiftOn } from '../shift.ts'
import { datesFrom, type Like, weekInputOf } from './week-input.ts'

const fields = { name: '一周', days: ['2026-11-23'], from: '18:00', to: '22:00', seconds: 10, seed: 1 }
const evening = shiftOn('2026-11-20', '18:00', '22:00')
const like = (...teams: object[]): Like => ({
  ...evening,
  area: ['990101001001'],
  teams: teams.map((team, at) => teamSchema.parse({ id: `T${at}`, name: '组', ...evening, ...team })),
})
const hoursOf = (from: string, to: string) => shiftOn('2026-11-20', from, to)

test('days go on over the end of a month and of the year', () => {
  expect(datesFrom('2026-12-30', 4)).toEqual(['2026-12-30', '2026-12-31', '2027-01-01', '2027-01-02'])
})

test('teams keep their hours and breaks where they lie in the shift, and have it whole where not', () => {
  const rest = { ...hoursOf('20:00', '20:30'), minutes: 15 }
  const plan = like({ break: rest }, hoursOf('19:00', '21:00'))
  const { teams, area } = weekInputOf(fields, plan, 'A')
  expect(area).toEqual(['990101001001'])
  expect(teams).toMatchObject([
    { from: '18:00', to: '22:00', break: { from: '20:00', to: '20:30', minutes: 15 } },
    { from: '19:00', to: '21:00', break: null },
  ])
  expect(weekInputOf({ ...fields, from: '08:00', to: '12:00' }, plan, 'A').teams).toMatchObject([
    { from: '08:00', to: '12:00', break: null },
    { from: '08:00', to: '12:00', break: null },
  ])
})

test('without a plan to follow there is one team for the whole shift', () => {
  expect(weekInputOf(fields, undefined, '甲组')).toMatchObject({
    area: [],
    teams: [{ id: 'A', name: '甲组', from: '18:00', to: '22:00', start: null }],
  })
  expect(weekInputOf(fields, like(), '甲组').teams).toHaveLength(1)
})
