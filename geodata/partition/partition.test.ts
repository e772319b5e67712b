import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toRows } from './atom-graph.ts'
import { refuseMove } from './correct-parts.ts'
import type { RedrawUnit } from './describe-partition.ts'
import type { Band } from './partition.ts'
import { partitionAtoms } from './partition-atoms.ts'
import { type RedrawOptions, redrawUnit } from './redraw-unit.ts'
import { componentsOf } from './start-standing.ts'
import { faultsOf, testCommunity } from './test-community.ts'

const fresh: RedrawOptions = {
  band: null,
  count: 3,
  mode: 'fresh',
  priorities: ['balance'],
  seed: 1,
  given: null,
}

function lattice(width: number, height: number) {
  const links: Parameters<typeof toRows>[1][number][] = []
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const a = y * width + x
      if (x + 1 < width) links.push({ a, b: a + 1, metres: 10, barrierMetres: 0 })
      if (y + 1 < height) links.push({ a, b: a + width, metres: 10, barrierMetres: 0 })
    }
  return { ...toRows(width * height, links), rimMetres: new Float64Array(width * height), islands: 1 }
}
const share = (weights: number[], band: Band, count?: number) =>
  partitionAtoms(
    {
      graph: lattice(weights.length, 1),
      weights: Float64Array.from(weights),
      band,
      ...(count ? { count } : {}),
    },
    'balance',
    1,
  )

test('a chessboard of unit houses falls into eight equal connected cells, whatever the seed and priority', () => {
  const graph = lattice(8, 8)
  for (const priority of ['balance', 'compact', 'streets'] as const)
    for (let seed = 1; seed <= 5; seed++) {
      const problem = { graph, weights: new Float64Array(64).fill(1), band: { min: 8, max: 8 } }
      const { state, best } = partitionAtoms(problem, priority, seed)
      expect({ state, count: best.count, connected: componentsOf(graph, best.part).length }).toEqual({
        state: 'in-band',
        count: 8,
        connected: 8,
      })
    }
})

test('whole buildings, connected cells that tile the ground, all in the band, in communities of any kind', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 100_000 }),
      fc.integer({ min: 20, max: 130 }),
      (seed, buildings) => {
        const unit = testCommunity(seed, buildings)
        const total = unit.buildings.reduce((sum, { weight }) => sum + weight, 0)
        const middle = total / Math.max(2, Math.round(buildings / 15))
        const band = { min: Math.floor(middle * 0.75), max: Math.ceil(middle * 1.25) }
        const mode = seed % 2 === 0 ? 'minimal' : 'fresh'
        const redrawn = redrawUnit(unit, { ...fresh, band, count: null, mode, seed })
        expect(faultsOf(unit, redrawn, redrawn.alternatives[0]!)).toEqual([])
      },
    ),
    { numRuns: 12, seed: 6 },
  )
}, 30_000)

test('no number of cells comes out: that is said with the sums, and the nearest partition is given all the same', () => {
  expect(share([50, 50, 50], { min: 80, max: 100 })).toMatchObject({
    state: 'impossible',
    why: { reason: 'no-count', total: 150, fewest: 2, most: 1 },
    best: { count: 2 },
  })
  expect(share([50, 50, 50, 50], { min: 80, max: 120 }, 3)).toMatchObject({
    state: 'impossible',
    why: { reason: 'count', count: 3, fewest: 2, most: 2 },
  })
})

test('sums come out but no connected cells do: every way was tried', () => {
  // 40 and 60 would do, but 90 stands between them.
  expect(share([40, 90, 60], { min: 90, max: 100 })).toMatchObject({
    state: 'impossible',
    why: { reason: 'searched' },
  })
  expect(share([40, 60, 90], { min: 90, max: 100 })).toMatchObject({ state: 'in-band', best: { count: 2 } })
})

test('a building that alone is above the maximum gets a cell without others and is no reason to give up', () => {
  const found = share([50, 50, 500, 50, 50], { min: 80, max: 120 })
  expect(found).toMatchObject({ state: 'in-band', best: { count: 3 } })
  expect(found.best.part.filter((cell) => cell === found.best.part[2])).toHaveLength(1)
})

test('cells that fit stay as they are, and a third cell takes little more than a third from two', () => {
  const unit = testCommunity(3, 120)
  const total = unit.buildings.reduce((sum, { weight }) => sum + weight, 0)
  const halves = redrawUnit(unit, { ...fresh, count: 2 })
  const standing = halves.alternatives[0]!.cells.map(({ geometry }) => geometry)
  const cellOf = new Map(
    halves.alternatives[0]!.cells.flatMap(({ pieces }, cell) =>
      pieces.flatMap((piece) =>
        halves.pieces[piece]!.buildings.map((building): [number, number] => [building, cell]),
      ),
    ),
  )
  const settled: RedrawUnit = {
    ...unit,
    standing,
    buildings: unit.buildings.map((building, i) => ({ ...building, standing: cellOf.get(i)! })),
  }
  const band = { min: Math.floor(total * 0.3), max: Math.ceil(total * 0.7) }
  const kept = redrawUnit(settled, { ...fresh, band, count: null, mode: 'minimal', priorities: ['moves'] })
  expect(kept.alternatives[0]!.cells.map(({ isUnchanged, moved }) => [isUnchanged, moved])).toEqual([
    [true, 0],
    [true, 0],
  ])
  // Their borders stay where they were, but for the rounding where they meet the outline.
  const before = halves.alternatives[0]!.cells
  for (const [i, { areaSquareMetres }] of kept.alternatives[0]!.cells.entries())
    expect(Math.abs(areaSquareMetres - before[i]!.areaSquareMetres)).toBeLessThan(3)
  const third = redrawUnit(settled, { ...fresh, mode: 'minimal', priorities: ['moves'] })
  // A third cell of equal size takes a third from the two; little more than that is moved.
  const moved = third.alternatives[0]!.cells.reduce((sum, cell) => sum + cell.moved, 0)
  expect(moved / total).toBeLessThan(0.4)
  expect(third.alternatives[0]!.cells).toHaveLength(3)
})

test('cells drawn by hand are taken as they are, with what is wrong about them', () => {
  const unit = testCommunity(5, 60)
  const ids = unit.buildings.map(({ id }) => id)
  const given = [ids.filter((id) => id % 2 === 0), ids.filter((id) => id % 2 === 1)]
  const { alternatives } = redrawUnit(unit, { ...fresh, given, band: { min: 1, max: 100_000 } })
  expect(alternatives).toHaveLength(1)
  expect(alternatives[0]!.cells.flatMap(({ pieces }) => pieces)).toHaveLength(
    new Set(alternatives[0]!.cells.flatMap(({ pieces }) => pieces)).size,
  )
  expect(alternatives[0]!.disconnected).toBeGreaterThan(0)
})

test('a cell without buildings has one piece and no alternative', () => {
  const unit = { ...testCommunity(1, 30), buildings: [] }
  const { pieces, alternatives } = redrawUnit(unit, fresh)
  expect({ pieces: pieces.length, alternatives }).toEqual({ pieces: 1, alternatives: [] })
})

test('a move by hand is refused when a cell would fall apart, be empty, or lies elsewhere', () => {
  const graph = lattice(5, 1)
  const part = Int32Array.of(0, 0, 0, 1, 2)
  expect(refuseMove(graph, part, 2, 1)).toBeUndefined()
  expect(refuseMove(graph, part, 1, 1)).toBe('not-beside')
  expect(refuseMove(graph, part, 3, 2)).toBe('last')
  expect(refuseMove(graph, part, 2, 0)).toBe('same')
  const row = lattice(3, 2)
  expect(refuseMove(row, Int32Array.of(0, 0, 0, 1, 1, 1), 1, 1)).toBe('falls-apart')
})
