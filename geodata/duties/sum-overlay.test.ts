import { describe, expect, test } from 'vitest'
import { overlayRows, sumOverlay } from './sum-overlay.ts'

describe('zones over cells', () => {
  const cells = [
    { cell: 1, code: '01', name: '一', squareMetres: 1000, outsideSquareMetres: 0, overlapSquareMetres: 0 },
    { cell: 2, code: '02', name: '二', squareMetres: 1000, outsideSquareMetres: 100, overlapSquareMetres: 0 },
    {
      cell: 3,
      code: '03',
      name: '三',
      squareMetres: 1000,
      outsideSquareMetres: 1000,
      overlapSquareMetres: 0,
    },
  ]
  const piece = (
    cell: number,
    zone: number | null,
    squareMetres: number,
    households: number,
    buildings = 1,
  ) => ({
    cell,
    zone,
    code: zone === null ? null : `J${zone}`,
    name: null,
    squareMetres,
    households,
    buildings,
  })
  const limits = { leastShare: 0.05, sliverSquareMetres: 50 }
  test('shares add up to one with what is outside; slivers split nothing', () => {
    const rows = overlayRows(
      cells,
      [
        piece(1, 7, 980, 40),
        piece(1, 8, 20, 0, 0),
        piece(2, 7, 500, 10),
        piece(2, 8, 400, 30),
        piece(2, null, 0, 10),
      ],
      limits,
    )
    for (const { pieces, code } of rows) {
      expect(
        pieces.reduce((sum, { areaShare }) => sum + areaShare!, 0),
        code,
      ).toBeCloseTo(1)
      if (code !== '03')
        expect(pieces.reduce((sum, { householdShare }) => sum + householdShare!, 0)).toBeCloseTo(1)
    }
    expect(rows.map(({ isSplit, main }) => [isSplit, main?.zone])).toEqual([
      [false, 7],
      // Most ground is in 7, most households in 8.
      [true, 8],
      [false, null],
    ])
    expect(rows[2]!.pieces[0]!.householdShare).toBeNull()
    expect(sumOverlay(rows)).toMatchObject({
      cells: 3,
      whole: 2,
      split: 1,
      outside: 1,
      slivers: 1,
      outsideSquareMetres: 1100,
      overlapSquareMetres: 0,
      misplacedHouseholds: 20,
      rows: [{ code: '02' }, { code: '01' }, { code: '03' }],
    })
  })
  test('a small piece with a building is no sliver, and zones that overlap are said', () => {
    const [row] = overlayRows(
      [{ ...cells[0]!, overlapSquareMetres: 30 }],
      [piece(1, 7, 1000, 40), piece(1, 8, 30, 10)],
      limits,
    )
    expect(row).toMatchObject({ isSplit: true, overlapSquareMetres: 30 })
  })
})
