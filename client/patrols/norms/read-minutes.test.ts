import { expect, test } from 'vitest'
import { formatMinutes } from '../../ui/format.ts'
import { readMinutes } from './read-minutes.ts'

const read = (typed: string) => readMinutes(typed, 1, 525_600)

test('what is shown in either language reads back as the same minutes', () => {
  for (const minutes of [1, 59, 60, 90, 720, 1440, 1500, 10_080, 525_600])
    for (const lang of ['zh', 'en'] as const)
      expect([minutes, lang, read(formatMinutes(minutes, lang))]).toEqual([minutes, lang, minutes])
})

test('a bare figure is minutes; halves, capitals and missing spaces are understood', () => {
  expect([read('90'), read(' 1.5h '), read('2D'), read('0.1 d'), read('半天')]).toEqual([
    90,
    90,
    2880,
    144,
    undefined,
  ])
})

test('nothing, a part of a minute, a negative time, an unknown unit and a year too many are no time', () => {
  expect(['', ' ', '1.5', '-5', '5 weeks', '1e3', '366 d', '0', '9999999999'].map(read)).toEqual(
    Array(9).fill(undefined),
  )
  expect(readMinutes('0', 0, 10)).toBe(0)
})
