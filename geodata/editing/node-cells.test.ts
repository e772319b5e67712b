import { expect, test } from 'vitest'
import { createRandom } from '../demo/random.ts'
import { CellSet, cellKey } from './cell-set.ts'
import { demoCells } from './demo-cells.ts'
import { findFaults } from './find-faults.ts'
import { type LatticePoint, nearestOnSegment, toMultiPolygon, toShape } from './lattice.ts'
import { moveVertex } from './move-vertices.ts'
import { NODE_TOLERANCE, nodeCells } from './node-cells.ts'

/** Two of them are at most 1.5 units apart: with half a unit of rounding that is within the tolerance. */
const NUDGES = [
  [0, 0],
  [1, 0],
  [0, 1],
] as const

/** The demo area as other programs hand it over: rounded differently in each layer, straight runs thinned out. */
function worn(seed: number) {
  const random = createRandom(seed)
  let dropped = 0
  const cells = demoCells(seed, 600).map((cell) => ({
    ...cell,
    geometry: toMultiPolygon(
      toShape(cell.geometry).map((rings) =>
        rings.map((ring) => {
          const kept: LatticePoint[] = []
          for (const [i, point] of ring.entries()) {
            const [before, after] = [kept.at(-1) ?? ring.at(-1)!, ring[(i + 1) % ring.length]!]
            const straight = nearestOnSegment(point, before, after).distance < 0.5
            if (
              straight &&
              i > 0 &&
              kept.at(-1) === ring[i - 1] &&
              ring.length - dropped > 4 &&
              random.chance(0.6)
            ) {
              dropped++
              continue
            }
            kept.push(point)
          }
          return kept.map(([x, y]): LatticePoint => {
            const [dx, dy] = random.pick(NUDGES)
            return [x + dx, y + dy]
          })
        }),
      ),
    ),
  }))
  return { cells, dropped }
}

test('borders rounded differently in each layer and thinned out become one again, and stay so while edited', () => {
  let dropped = 0
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const { cells: given, dropped: gone } = worn(seed)
    dropped += gone
    const { cells, changed } = nodeCells(given)
    expect(changed.length).toBeGreaterThan(given.length / 2)
    const set = new CellSet(cells)
    expect(findFaults(set)).toEqual([])
    for (const [i, cell] of cells.entries()) {
      expect(cellKey(cell)).toBe(cellKey(given[i]!))
      const before = toShape(given[i]!.geometry).flat(2)
      for (const point of before) {
        const near = toShape(cell.geometry)
          .flat(2)
          .some(([x, y]) => Math.hypot(x - point[0], y - point[1]) <= NODE_TOLERANCE)
        expect(near).toBe(true)
      }
    }
    const corner = cells[0]!.geometry.coordinates[0]![0]![3]!
    const edit = moveVertex(set, corner, [corner[0] + 2e-6, corner[1] + 2e-6])
    expect(edit.ok && edit.changed.length).toBeGreaterThanOrEqual(3)
  }
  expect(dropped).toBeGreaterThan(10)
})

test('noding what is noded changes nothing, and gives back the very values', () => {
  const { cells } = nodeCells(worn(2).cells)
  const again = nodeCells(cells)
  expect(again.changed).toEqual([])
  again.cells.forEach((cell, i) => {
    expect(cell).toBe(cells[i])
  })
})

test('a cell smaller than the tolerance is left as it is, not flattened', () => {
  const speck = {
    layer: 'grids' as const,
    id: 1,
    parentId: null,
    geometry: toMultiPolygon([
      [
        [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
      ],
    ]),
  }
  expect(nodeCells([speck]).cells[0]).toBe(speck)
})
