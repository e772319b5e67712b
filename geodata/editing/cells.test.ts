import { describe, expect, test } from 'vitest'
import type { LngLat } from '../shared/geojson.ts'
import { type Cell, type CellEdit, type CellLayer, CellSet, cellKey } from './cell-set.ts'
import { demoCells } from './demo-cells.ts'
import { findFaults } from './find-faults.ts'
import { insertVertex } from './insert-vertex.ts'
import { type LatticePoint, toLngLat, toMultiPolygon } from './lattice.ts'
import { mergeCells } from './merge-cells.ts'
import { moveVertex, moveVertices } from './move-vertices.ts'
import { nodeCells } from './node-cells.ts'
import { removeVertex } from './remove-vertex.ts'
import { splitCell } from './split-cell.ts'

/** Units of 10 m or so, on the lattice at 120.6, 31.3. */
const UNIT = 1_000
const at = (x: number, y: number): LngLat => toLngLat(lattice(x, y))
const lattice = (x: number, y: number): LatticePoint => [
  1_206_000_000 + Math.round(x * UNIT),
  313_000_000 + Math.round(y * UNIT),
]
type Corners = [number, number][]
const cell = (layer: CellLayer, id: number, parentId: number | null, ...rings: Corners[]): Cell => ({
  layer,
  id,
  parentId,
  geometry: toMultiPolygon([rings.map((ring) => ring.map(([x, y]) => lattice(x, y)))]),
})
const box = (west: number, south: number, east: number, north: number): Corners => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
]
/** A community of two grids side by side; the west one has two micro-grids, one above the other, the east one has one. */
const town = () =>
  new CellSet([
    cell('communities', 1, null, box(0, 0, 20, 10)),
    cell('grids', 1, 1, box(0, 0, 10, 10)),
    cell('grids', 2, 1, box(10, 0, 20, 10)),
    cell('micro-grids', 1, 1, box(0, 0, 10, 5)),
    cell('micro-grids', 2, 1, box(0, 5, 10, 10)),
    cell('micro-grids', 3, 2, box(10, 0, 20, 10)),
  ])
const keysOf = (cells: Cell[]) => cells.map(cellKey).sort()
function accept(cells: CellSet, edit: CellEdit) {
  if (!edit.ok) throw new Error(`${edit.reason} at ${edit.at}`)
  cells.apply(edit)
  expect(findFaults(cells)).toEqual([])
  return edit
}
const ids = () => {
  let id = 0
  return () => --id
}

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
