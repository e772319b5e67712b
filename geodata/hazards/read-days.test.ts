import { expect, test } from 'vitest'
import { countDays, readDays, withDays } from './read-days.ts'

const names = { holiday: '节假日', workday: '补班' }

test('dates as people and notices write them: dashes, slashes, 年月日, full-width digits', () => {
  for (const text of ['2027-10-1', '2027/10/01', '2027年10月1日', '２０２７－１０－０１'])
    expect(readDays(`${text} 国庆节`, names).days).toEqual([
      { day: '2027-10-01', kind: 'holiday', name: '国庆节' },
    ])
})

test('a span gives every day of it, over the end of a month as well', () => {
  const { days } = readDays('2027-09-29~2027-10-02 国庆节', names)
  expect(days.map(({ day }) => day)).toEqual(['2027-09-29', '2027-09-30', '2027-10-01', '2027-10-02'])
})

test('调休上班 has the character of a holiday in it and is a day of work', () => {
  expect(readDays('2027-10-09 国庆节 调休上班', names).days).toEqual([
    { day: '2027-10-09', kind: 'workday', name: '国庆节' },
  ])
  expect(readDays('2027-10-09, make-up day', names).days[0]?.kind).toBe('workday')
  expect(readDays('2027-10-09 补班', names).days[0]?.name).toBe('补班')
})

test('what is no day is told by its line, not taken for the next one', () => {
  const { days, unread } = readDays('放假安排\n2027-02-30 春节\n\n2027-05-03~2027-05-01\n2027-01-01', names)
  expect(days).toEqual([{ day: '2027-01-01', kind: 'holiday', name: '节假日' }])
  expect(unread.map(({ line }) => line)).toEqual([1, 2, 4])
})

test('a span of a whole year is a slip of the pen', () => {
  expect(readDays('2027-01-01~2027-12-31', names).days).toEqual([])
})

test('a day said twice is there once, the last time counts', () => {
  const holiday = { day: '2027-05-01', kind: 'holiday', name: '劳动节' } as const
  const workday = { day: '2027-05-01', kind: 'workday', name: '补班' } as const
  expect(withDays([holiday], [workday])).toEqual([workday])
  expect(countDays([holiday], [workday])).toBe(1)
  expect(countDays([holiday], [])).toBe(1)
  expect(countDays([holiday], [holiday])).toBe(0)
})
