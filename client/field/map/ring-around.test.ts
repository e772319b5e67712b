import { expect, test } from 'vitest'
import { metresTo } from '../way-to.ts'
import { ringAround } from './ring-around.ts'

test('the ring of a phone’s error is as wide in the north as at the equator, and closed', () => {
  for (const lat of [0, 31.2, 60])
    for (const metres of [5, 120]) {
      const ring = ringAround([121.5, lat], metres)
      expect(ring[0]).toEqual(ring.at(-1))
      for (const corner of ring) expect(metresTo([121.5, lat], corner) / metres).toBeCloseTo(1, 2)
    }
})
