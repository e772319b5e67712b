import { expect, test } from 'vitest'
import { movableTo, readPieces, sumCells, toGiven } from './correction.ts'

/** A row of four pieces, two in each cell. */
const row = [0, 1, 2, 3].map((at) => ({
  type: 'Feature' as const,
  id: at + 1,
  geometry: { type: 'MultiPolygon' as const, coordinates: [] },
  properties: {
    piece: at,
    weight: 10 * (at + 1),
    buildings: 1,
    ids: [100 + at],
    name: at === 3 ? null : `${at}幢`,
    cell2: at < 2 ? 1 : 2,
    beside: [at - 1, at + 1].filter((piece) => piece >= 0 && piece < 4).map((piece) => [piece, 5]),
  },
}))

test('pieces of the alternative that is corrected are read with their neighbours, one without a name by its number', () => {
  const pieces = readPieces(row, 2)
  expect([...pieces.cells]).toEqual([0, 0, 1, 1])
  expect(pieces.names).toEqual(['0幢', '1幢', '2幢', '#103'])
  expect(sumCells(pieces, pieces.cells)).toEqual([
    { weight: 30, buildings: 2 },
    { weight: 70, buildings: 2 },
  ])
})

test('only what is beside a cell may come to it, and not the last piece of another', () => {
  const pieces = readPieces(row, 2)
  expect(movableTo(pieces, pieces.cells, 0, 10)).toEqual([2])
  expect(movableTo(pieces, Int32Array.of(0, 1, 1, 1), 0, 10)).toEqual([1])
  expect(movableTo(pieces, Int32Array.of(0, 0, 0, 1), 0, 10)).toEqual([])
})

test('what is asked for are the buildings of every cell', () => {
  const pieces = readPieces(row, 2)
  expect(toGiven(pieces, Int32Array.of(0, 1, 1, 1))).toEqual([[100], [101, 102, 103]])
})
