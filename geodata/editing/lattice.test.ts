import { describe, expect, test } from 'vitest'
import { createRandom } from '../demo/random.ts'
import { type LatticePoint, orient, segmentsClash } from './lattice.ts'

describe('exactness', () => {
  test('a turn of one unit over the whole earth is seen, where doubles alone see a straight line', () => {
    const a: LatticePoint = [-1_800_000_000, -850_000_000]
    const b: LatticePoint = [1_799_999_999, 849_999_998]
    expect(orient(a, b, [-1, -1])).toBe(Number(sign(a, b, [-1, -1])))
    const random = createRandom(5)
    for (let i = 0; i < 5_000; i++) {
      const t = random.next()
      const c: LatticePoint = [
        Math.round(a[0] + t * (b[0] - a[0])) + random.int(-1, 1),
        Math.round(a[1] + t * (b[1] - a[1])) + random.int(-1, 1),
      ]
      expect(orient(a, b, c)).toBe(Number(sign(a, b, c)))
    }
  })

  function sign(a: LatticePoint, b: LatticePoint, c: LatticePoint): bigint {
    const [ax, ay, bx, by, cx, cy] = [...a, ...b, ...c].map(BigInt) as [
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
      bigint,
    ]
    const value = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
    return value > 0n ? 1n : value < 0n ? -1n : 0n
  }

  test('segments that share an end clash only when one lies along the other', () => {
    expect(segmentsClash([0, 0], [4, 0], [0, 0], [0, 4])).toBe(false)
    expect(segmentsClash([0, 0], [4, 0], [0, 0], [8, 0])).toBe(true)
    expect(segmentsClash([0, 0], [4, 0], [8, 0], [4, 0])).toBe(false)
    expect(segmentsClash([0, 0], [4, 0], [4, 0], [0, 0])).toBe(false)
    expect(segmentsClash([0, 0], [4, 0], [2, 0], [2, 3])).toBe(true)
    expect(segmentsClash([0, 0], [4, 0], [1, 0], [3, 0])).toBe(true)
    expect(segmentsClash([0, 0], [4, 0], [5, 0], [6, 0])).toBe(false)
  })
})
