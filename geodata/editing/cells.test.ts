import { describe, expect, test } from 'vitest'
import { CellSet } from './cell-set.ts'
import { demoCells } from './demo-cells.ts'
import { findFaults } from './find-faults.ts'
import { insertVertex } from './insert-vertex.ts'
import { moveVertex, moveVertices } from './move-vertices.ts'
import { nodeCells } from './node-cells.ts'
import { removeVertex } from './remove-vertex.ts'
import { splitCell } from './split-cell.ts'
import { accept, at, box, type Corners, cell, ids, keysOf, town } from './test-town.ts'

describe('noding', () => {
  test('a T-junction of another level or a neighbour gets its vertex, and only cells that change are new values', () => {
    const given = [
      cell('communities', 1, null, box(0, 0, 20, 10)),
      cell('grids', 1, 1, box(0, 0, 10, 10)),
      cell('grids', 2, 1, box(10, 0, 20, 5)),
      cell('grids', 3, 1, box(10, 5, 20, 10)),
    ]
    const { cells, changed } = nodeCells(given)
    expect(keysOf(changed)).toEqual(['communities/1', 'grids/1'])
    expect(cells[2]).toBe(given[2])
    expect(cells[1]!.geometry.coordinates[0]![0]).toContainEqual(at(10, 5))
    expect(findFaults(new CellSet(given))).toEqual([])
  })

  test('vertices two units apart become one, that of the outer level; a vertex beside an edge bends it', () => {
    const [parent, child] = [
      cell('communities', 1, null, box(0, 0, 10, 10)),
      cell('grids', 1, 1, box(0, 0, 10, 5)),
    ]
    const off = cell('grids', 2, 1, [
      [0.001, 5.001],
      [10, 5],
      [10, 10],
      [0, 9.999],
    ])
    const cells = new CellSet([parent, child, off])
    expect(findFaults(cells)).toEqual([])
    expect(cells.get(off)!.geometry.coordinates[0]![0]).toContainEqual(at(0, 10))
  })

  test('the demo area is conforming already: noding changes nothing', () => {
    expect(nodeCells(demoCells(1, 1000)).changed).toEqual([])
  })
})

describe('moving', () => {
  test('a vertex that five cells of three levels share moves in all of them', () => {
    const cells = town()
    const edit = accept(cells, moveVertex(cells, at(10, 0), at(11, -1)))
    expect(keysOf(edit.changed)).toEqual([
      'communities/1',
      'grids/1',
      'grids/2',
      'micro-grids/1',
      'micro-grids/3',
    ])
  })

  test('edges that would cross, cells that would flip, and taken places are refused and nothing changes', () => {
    const cells = town()
    const before = JSON.stringify([...cells.values()])
    expect(moveVertex(cells, at(10, 5), at(-2, 5))).toMatchObject({ ok: false, reason: 'crosses-border' })
    expect(moveVertex(cells, at(10, 5), at(0, 5))).toMatchObject({ ok: false, reason: 'vertex-taken' })
    expect(moveVertex(cells, at(3, 3), at(4, 4))).toMatchObject({ ok: false, reason: 'not-found' })
    const flip = [
      { from: at(0, 0), to: at(0, 10.5) },
      { from: at(20, 0), to: at(20, 10.5) },
      { from: at(10, 0), to: at(10, 10.5) },
    ]
    expect(moveVertices(cells, flip).ok).toBe(false)
    expect(JSON.stringify([...cells.values()])).toBe(before)
  })

  test('vertices that change places in one move are not taken; two that go to one place are', () => {
    const cells = town()
    const [a, b] = [at(10, 5), at(10, 4)]
    accept(cells, insertVertex(cells, [at(10, 0), at(10, 5)], b))
    const along = [
      { from: b, to: at(10, 3) },
      { from: a, to: b },
    ]
    accept(cells, moveVertices(cells, along))
    expect(
      moveVertices(cells, [
        { from: at(10, 3), to: at(9, 3) },
        { from: b, to: at(9, 3) },
      ]),
    ).toMatchObject({ reason: 'vertex-taken' })
  })

  test('a corner pulled over a whole cell that does not touch it is refused, though no edge crosses another', () => {
    const island = box(8, 4, 9, 5)
    const cells = new CellSet([
      cell(
        'grids',
        1,
        null,
        [
          [0, 0],
          [10, 4.5],
          [0, 9],
        ],
        island.toReversed() as Corners,
      ),
      cell('grids', 2, null, island),
    ])
    expect(moveVertex(cells, at(10, 4.5), at(5, 4.5))).toMatchObject({ ok: false, reason: 'flips-cell' })
    // From outside: a cell of its own beside the corner is swallowed.
    const apart = new CellSet([
      cell('communities', 1, null, [
        [0, 0],
        [10, 4.5],
        [0, 9],
      ]),
      cell('communities', 2, null, box(11, 4.4, 12, 4.6)),
    ])
    expect(moveVertex(apart, at(10, 4.5), at(20, 4.5))).toMatchObject({ ok: false, reason: 'flips-cell' })
  })

  test('a vertex put in or taken out may not jump over a cell that does not touch it either', () => {
    const island = box(5, 4.4, 5.5, 4.6)
    const cells = new CellSet([
      cell('grids', 1, null, [...box(0, 0, 10, 10), [-5, 4.5]] as Corners, island.toReversed() as Corners),
      cell('grids', 2, null, island),
    ])
    expect(insertVertex(cells, [at(10, 0), at(10, 10)], at(1, 4.5))).toMatchObject({ reason: 'flips-cell' })
    const apart = new CellSet([
      cell('communities', 1, null, [
        [0, 0],
        [10, 0],
        [5, 5],
        [10, 10],
        [0, 10],
      ]),
      cell('communities', 2, null, box(8, 4.5, 9, 5.5)),
    ])
    expect(removeVertex(apart, at(5, 5))).toMatchObject({ reason: 'flips-cell' })
  })

  test('an island carried out of the cell around it is refused', () => {
    const island = box(4, 4, 5, 5)
    const cells = new CellSet([
      cell('grids', 1, null, box(0, 0, 10, 10), island.toReversed() as Corners),
      cell('grids', 2, null, island),
    ])
    const carry = (dx: number) =>
      moveVertices(
        cells,
        island.map(([x, y]) => ({ from: at(x, y), to: at(x + dx, y) })),
      )
    expect(carry(20)).toMatchObject({ ok: false, reason: 'flips-cell' })
    accept(cells, carry(3))
  })

  test('outside the working area nothing moves: cells that were not loaded may share the border', () => {
    const cells = new CellSet(town().values(), [...at(1, -5), ...at(19, 9)])
    expect(moveVertex(cells, at(0, 0), at(1, 1))).toMatchObject({ ok: false, reason: 'outside-area' })
    accept(cells, moveVertex(cells, at(10, 5), at(11, 5)))
  })

  test('borders that clash already can be mended piece by piece', () => {
    const cells = new CellSet([
      cell('grids', 1, null, box(0, 0, 10, 10)),
      cell('grids', 2, null, [
        [9, 2],
        [20, 2],
        [20, 8],
        [9, 8],
      ]),
    ])
    expect(moveVertex(cells, at(9, 2), at(10.5, 2))).toMatchObject({ ok: true })
  })
})

describe('numbers that are no places', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY, 1e300, -200])(
    '%d is refused by every operation',
    (bad) => {
      const cells = town()
      const grid = { layer: 'grids', id: 1 } as const
      expect(moveVertex(cells, at(10, 5), [bad, 31])).toMatchObject({ reason: 'outside-area' })
      expect(moveVertex(cells, [bad, 31], at(10, 5))).toMatchObject({ reason: 'not-found' })
      expect(insertVertex(cells, [at(0, 0), at(0, 5)], [120, bad])).toMatchObject({ reason: 'outside-area' })
      expect(removeVertex(cells, [bad, bad])).toMatchObject({ reason: 'not-found' })
      expect(splitCell(cells, grid, [at(3, -1), [bad, bad]], ids())).toMatchObject({ reason: 'outside-area' })
    },
  )
})

describe('vertices', () => {
  test('a new vertex enters every cell that has the edge; a junction stays; a plain vertex goes', () => {
    const cells = town()
    const put = accept(cells, insertVertex(cells, [at(10, 5), at(10, 0)], at(10.2, 2)))
    expect(keysOf(put.changed)).toEqual(['grids/1', 'grids/2', 'micro-grids/1', 'micro-grids/3'])
    expect(removeVertex(cells, at(10, 5))).toMatchObject({ ok: false, reason: 'junction' })
    expect(keysOf(accept(cells, removeVertex(cells, at(10.2, 2))).changed)).toEqual(keysOf(put.changed))
    expect(insertVertex(cells, [at(0, 0), at(20, 10)], at(5, 5))).toMatchObject({ reason: 'not-found' })
    const triangle = new CellSet([
      cell('grids', 1, null, [
        [0, 0],
        [10, 0],
        [0, 10],
      ]),
    ])
    expect(removeVertex(triangle, at(0, 0))).toMatchObject({ reason: 'too-small' })
  })
})
