import { describe, expect, test } from 'vitest'
import { CellSet, cellKey } from './cell-set.ts'
import { mergeCells } from './merge-cells.ts'
import { splitCell } from './split-cell.ts'
import { accept, at, box, type Corners, cell, ids, keysOf, town } from './test-town.ts'

describe('splitting', () => {
  test('a line through a grid cuts its micro-grids too; the larger parts keep their ids, children find their parent', () => {
    const cells = town()
    const edit = accept(cells, splitCell(cells, { layer: 'grids', id: 1 }, [at(3, -1), at(3, 11)], ids()))
    const byKey = new Map(edit.created.map((made) => [cellKey(made), made]))
    expect([...byKey.keys()].sort()).toEqual(['grids/-1', 'micro-grids/-2', 'micro-grids/-3'])
    expect(byKey.get('grids/-1')!.parentId).toBe(1)
    expect(byKey.get('micro-grids/-2')!.parentId).toBe(-1)
    expect(keysOf(cells.childrenOf({ layer: 'grids', id: -1 }))).toEqual(['micro-grids/-2', 'micro-grids/-3'])
    // The community has the two ends of the cut as vertices now; its outline is the same.
    expect(keysOf(edit.changed)).toContain('communities/1')
    expect(keysOf(edit.changed)).not.toContain('grids/2')
  })

  test('a line along the border between children parts them without cutting them', () => {
    const cells = town()
    const edit = accept(cells, splitCell(cells, { layer: 'grids', id: 1 }, [at(-1, 5), at(11, 5)], ids()))
    expect(keysOf(edit.created)).toEqual(['grids/-1'])
    expect(cells.childrenOf({ layer: 'grids', id: -1 })).toHaveLength(1)
    expect(cells.childrenOf({ layer: 'grids', id: 1 })).toHaveLength(1)
  })

  test('a line that passes a vertex by 20 cm goes through it: no sliver is made', () => {
    const cells = town()
    const edit = accept(
      cells,
      splitCell(cells, { layer: 'grids', id: 1 }, [at(-1, 5.02), at(11, 5.02)], ids()),
    )
    expect(keysOf(edit.created)).toEqual(['grids/-1'])
  })

  test('a line in and out of a cell several times makes as many parts as it cuts off', () => {
    const cells = new CellSet([cell('grids', 1, null, box(0, 0, 20, 10))])
    const zigzag = [at(5, -1), at(8, 11), at(11, -1), at(14, 11)]
    const edit = accept(cells, splitCell(cells, { layer: 'grids', id: 1 }, zigzag, ids()))
    expect(edit.created).toHaveLength(3)
  })

  test('a closed line inside a cell cuts an island out, across children', () => {
    const cells = town()
    const ring = [at(2, 3), at(6, 3), at(6, 7), at(2, 7), at(2, 3)]
    const edit = accept(cells, splitCell(cells, { layer: 'grids', id: 1 }, ring, ids()))
    expect(keysOf(edit.created)).toEqual(['grids/-1', 'micro-grids/-2', 'micro-grids/-3'])
    expect(cells.get({ layer: 'grids', id: 1 })!.geometry.coordinates[0]).toHaveLength(2)
  })

  test('from the hole to the outside twice makes two cells; once makes none', () => {
    const cells = new CellSet([
      cell('grids', 1, null, box(0, 0, 20, 10), box(8, 4, 12, 6).toReversed() as Corners),
    ])
    expect(splitCell(cells, { layer: 'grids', id: 1 }, [at(10, 5), at(10, 11)], ids())).toMatchObject({
      reason: 'line-misses',
    })
    accept(cells, splitCell(cells, { layer: 'grids', id: 1 }, [at(10, -1), at(10, 11)], ids()))
    expect(cells.size).toBe(2)
  })

  test('loose ends inside the cell are cut off, and no vertex is left behind on borders they only touched', () => {
    const cells = town()
    const line = [at(-1, 2), at(11, 2), at(25, 3)]
    const edit = accept(cells, splitCell(cells, { layer: 'grids', id: 1 }, line, ids()))
    expect(keysOf(edit.created)).toEqual(['grids/-1', 'micro-grids/-2'])
    expect(cells.get({ layer: 'micro-grids', id: 3 })!.geometry.coordinates[0]![0]).toHaveLength(7)
    // Its four corners, three junctions and the one end of the cut, closed.
    expect(cells.get({ layer: 'communities', id: 1 })!.geometry.coordinates[0]![0]).toHaveLength(9)
  })

  test.each([
    ['line-misses', [at(3, 3), at(5, 5)]],
    ['line-misses', [at(30, 3), at(35, 5)]],
    ['line-misses', [at(3, -1)]],
    ['line-crosses-itself', [at(-1, 2), at(5, 8), at(5, 2), at(-1, 8)]],
    ['too-small', [at(0.12, -0.04), at(-0.04, 0.12)]],
    ['line-too-long', Array.from({ length: 3_000 }, (_, i) => at(i / 100, i % 2))],
  ])('refuses with %s', (reason, line) => {
    const cells = town()
    expect(splitCell(cells, { layer: 'grids', id: 1 }, line, ids())).toMatchObject({ ok: false, reason })
  })
})

describe('merging', () => {
  test('two grids become one, the children of both are its, and the first id survives', () => {
    const cells = town()
    const edit = accept(cells, mergeCells(cells, 'grids', [2, 1]))
    expect(keysOf(edit.removed)).toEqual(['grids/1'])
    expect(keysOf(cells.childrenOf({ layer: 'grids', id: 2 }))).toEqual([
      'micro-grids/1',
      'micro-grids/2',
      'micro-grids/3',
    ])
  })

  test('cells of different parents, cells that meet in a point only, and lone cells are refused', () => {
    const cells = town()
    expect(mergeCells(cells, 'micro-grids', [1, 3])).toMatchObject({ reason: 'not-siblings' })
    expect(mergeCells(cells, 'grids', [1, 1])).toMatchObject({ reason: 'not-found' })
    expect(mergeCells(cells, 'grids', [1, 99])).toMatchObject({ reason: 'not-found' })
    const corners = new CellSet([
      cell('grids', 1, null, box(0, 0, 10, 10)),
      cell('grids', 2, null, box(10, 10, 20, 20)),
    ])
    expect(mergeCells(corners, 'grids', [1, 2])).toMatchObject({ reason: 'not-adjacent' })
  })

  test('a ring of cells merges around the cell inside, which becomes a hole; with that cell the hole goes', () => {
    const around = [
      cell('grids', 1, null, [
        [0, 0],
        [30, 0],
        [30, 10],
        [20, 10],
        [10, 10],
        [0, 10],
      ]),
      cell('grids', 2, null, [
        [20, 10],
        [30, 10],
        [30, 30],
        [0, 30],
        [0, 20],
        [20, 20],
      ]),
      cell('grids', 3, null, box(0, 10, 10, 20)),
      cell('grids', 4, null, box(10, 10, 20, 20)),
    ]
    const cells = new CellSet(around)
    const edit = accept(cells, mergeCells(cells, 'grids', [1, 2, 3]))
    const [survivor] = edit.changed
    expect(survivor!.geometry.coordinates.map((rings) => rings.length)).toEqual([2])
    accept(cells, mergeCells(cells, 'grids', [1, 4]))
    expect(cells.get({ layer: 'grids', id: 1 })!.geometry.coordinates.map((rings) => rings.length)).toEqual([
      1,
    ])
  })

  test('splitting and merging again gives the same outline back', () => {
    const cells = new CellSet([cell('grids', 1, null, box(0, 0, 20, 10))])
    const before = areaOf(cells, 1)
    accept(cells, splitCell(cells, { layer: 'grids', id: 1 }, [at(7, -1), at(13, 11)], ids()))
    accept(cells, mergeCells(cells, 'grids', [1, -1]))
    expect(areaOf(cells, 1)).toBe(before)
    expect(cells.size).toBe(1)
  })

  const areaOf = (cells: CellSet, id: number) => {
    const ring = cells.get({ layer: 'grids', id })!.geometry.coordinates[0]![0]!
    const xs = ring.map(([x]) => x)
    const ys = ring.map(([, y]) => y)
    return [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)].join(' ')
  }
})
