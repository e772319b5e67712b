import { expect, test } from 'vitest'
import { readArea, writeArea } from './read-area.ts'

const reason = (text: string) => {
  const area = readArea(text)
  return area.ok ? undefined : area.reason
}

test('a closed ring, repeated positions and more decimals than are kept give one ring, which reads back', () => {
  const area = readArea('120,31;120,31;120.00000004,31;120.1,31;120.1,31.1;120,31')
  expect(area).toEqual({
    ok: true,
    ring: [
      [120, 31],
      [120.1, 31],
      [120.1, 31.1],
    ],
  })
  expect(area.ok && readArea(writeArea(area.ring))).toEqual(area)
})

test.each([
  ['a bow tie', '120,31;120.1,31.1;120.1,31;120,31.1', 'crosses or touches itself'],
  ['a corner on another side', '0,0;4,0;4,4;2,0;0,4', 'crosses or touches itself'],
  ['a spike along its own side', '0,0;4,0;2,0;2,3', 'crosses or touches itself'],
  ['a spike over the closing corner', '0,0;2,2;2,4;-1,-1;1,1', 'crosses or touches itself'],
  ['a flat ring', '0,0;1,1;2,2', 'crosses or touches itself'],
  ['a ring around the antimeridian', '179,0;-179,0;-179,1;179,1', 'crosses the antimeridian'],
  ['two positions', '0,0;1,1;0,0', 'has 2 different positions'],
  ['nothing', '', 'expected longitude,latitude'],
  ['a missing number', '0,;1,1;2,0', 'expected longitude,latitude'],
  ['three numbers', '0,0,0;1,1,0;2,0,0', 'expected longitude,latitude'],
  ['not a number', '0,0;NaN,1;2,0', 'expected longitude,latitude'],
  ['infinity', '0,0;1e400,1;2,0', 'expected longitude,latitude'],
  ['swapped axes', '31,120;31,121;32,121', 'expected longitude,latitude'],
])('%s is refused with the reason', (_what, text, words) => {
  expect(reason(text)).toContain(words)
})

test('200 positions are taken, 201 are not, and a closing position does not count', () => {
  const circle = (count: number) =>
    Array.from({ length: count }, (_, i) => {
      const angle = (2 * Math.PI * i) / count
      return `${Math.cos(angle)},${Math.sin(angle)}`
    })
  expect(reason(circle(200).join(';'))).toBeUndefined()
  expect(reason([...circle(200), '1,0'].join(';'))).toBeUndefined()
  expect(reason(circle(201).join(';'))).toContain('more than 200')
  expect(reason(circle(5000).join(';'))).toContain('more than 200')
})

test('a side that passes a corner by the smallest step does not touch it', () => {
  // So far apart, the products of lattice coordinates are beyond what a double holds.
  expect(reason('-89,-80;89,80;89,81;0,0;-89,81')).toContain('crosses or touches itself')
  expect(reason('-89,-80;89,80;89,81;0,0.0000001;-89,81')).toBeUndefined()
})
