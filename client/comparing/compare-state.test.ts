import { expect, test } from 'vitest'
import { readCompare, writeCompare } from './compare-state.ts'

test('a link opens the comparison as it stood', () => {
  for (const link of [
    'swipe/30/moments/2026-11-20T08:00:00.000Z/now',
    'side/50/layers/communities,grids/-',
    'swipe/0/layers/none/buildings',
    'swipe/100/moments/-/2026-11-20T08:00:00.000Z',
  ])
    expect(writeCompare(readCompare(link))).toBe(link)
})

test('a broken link still opens, without what is broken', () => {
  const fresh = writeCompare(readCompare(undefined))
  expect(fresh).toBe('swipe/50/moments/-/now')
  for (const link of [
    '',
    'x/NaN/y/z',
    'swipe/900/moments/yesterday/1e9',
    'swipe/50/moments/2026-13-99T/',
    '/////',
  ])
    expect(writeCompare(readCompare(link))).toBe(fresh)
  expect(readCompare('side/5/layers/__proto__,grids/none').layers).toEqual({ left: ['grids'], right: [] })
})

test('a moment with an offset is kept as the instant it is', () => {
  expect(readCompare('swipe/50/moments/2026-11-20T08:00:00+08:00/now').moments.left).toBe(
    '2026-11-20T00:00:00.000Z',
  )
})
