import { expect, test } from 'vitest'
import { fitRows, footLines } from './fit-rows.ts'
import { shownFigures } from './shown-figures.ts'
import { textEm } from './text-width.ts'
import { typeFor } from './use-looks.ts'

const figure = (id: string, isOff = false) => ({ id, isOff, widthEm: 7 })

test('a figure that misses its target is the last to be left out, and the order stays', () => {
  const figures = [figure('open'), figure('overdue', true), figure('unassigned'), figure('due-soon', true)]
  const ids = (room: number) => shownFigures(figures, room).map(({ id }) => id)
  expect(ids(28)).toEqual(['open', 'overdue', 'unassigned', 'due-soon'])
  expect(ids(27.9)).toEqual(['open', 'overdue', 'due-soon'])
  expect(ids(17)).toEqual(['overdue', 'due-soon'])
  expect(ids(0)).toEqual(['overdue'])
})

test('Chinese is wide and figures are narrow: what is wider than thought would be cut off', () => {
  expect(textEm('超期')).toBe(2)
  expect(textEm('12')).toBeCloseTo(1.3)
  // As Chromium sets them in Inter and Noto Sans SC.
  for (const [text, em] of [
    ['Overdue', 4.04],
    ['Due in 2 h', 4.77],
    ['Sites missed', 5.95],
    ['1 d −12', 3.74],
    ['Unknown', 4.47],
  ] as const)
    expect(textEm(text), text).toBeGreaterThanOrEqual(em)
})

test('no half row, and more columns rather than wider ones on an ultra-wide wall', () => {
  const rowsIn = (width: number, height: number) => fitRows(width, height, false, 99)
  expect(rowsIn(13, 13.6)).toEqual({ columns: 1, lines: 3, hasDeadline: false, count: 3 })
  expect(rowsIn(13, 13.4).count).toBe(2)
  expect(rowsIn(32, 9)).toEqual({ columns: 2, lines: 3, hasDeadline: false, count: 4 })
  expect(rowsIn(24, 9)).toEqual({ columns: 1, lines: 2, hasDeadline: true, count: 2 })
  // A full-HD screen of 55 inches, read from 2.5 m.
  expect(rowsIn(19.2, 23)).toEqual({ columns: 1, lines: 2, hasDeadline: false, count: 7 })
  expect(fitRows(13, 9.6, true, 99)).toEqual({ columns: 1, lines: 1, hasDeadline: false, count: 5 })
})

test('few alarms are not cut to two lines where there is room for three, nor squeezed into columns', () => {
  expect(fitRows(19.2, 23, false, 5)).toMatchObject({ lines: 3, count: 5 })
  expect(fitRows(19.2, 23, false, 6)).toMatchObject({ lines: 2, count: 7 })
  expect(fitRows(32, 9, false, 1)).toMatchObject({ columns: 1, lines: 3 })
})

test('on a low screen the lines below give way, then the lines of an alarm: one is always whole', () => {
  expect([3.7, 5.1, 6.4, 30].map(footLines)).toEqual([0, 1, 2, 2])
  expect(fitRows(19, 3.2, false, 9)).toMatchObject({ lines: 2, count: 1 })
  expect(fitRows(19, 3.1, false, 9)).toMatchObject({ lines: 1, count: 1 })
  expect(fitRows(13, 4, false, 1)).toMatchObject({ lines: 2, count: 1 })
})

test('a telephone is read from near, whatever screen the layout is for', () => {
  const phone = { width: 390, height: 844, screenWidth: 390, screenHeight: 844, ratio: 3 }
  expect(typeFor(screen, phone)).toEqual({ pixels: 16, readableMetres: undefined })
})

const page = { width: 1920, height: 1080, screenWidth: 1920, screenHeight: 1080, ratio: 1 }
const screen = { distanceMetres: 4, diagonalInches: 55, widthPixels: null }

test('a window that is smaller than its screen does not make the type smaller', () => {
  const full = typeFor(screen, page)
  expect(typeFor(screen, { ...page, width: 1280, height: 720 })).toEqual(full)
  expect(full.readableMetres).toBeUndefined()
})

test('a page that is enlarged by the browser has the same letters on the glass', () => {
  const enlarged = { width: 960, height: 540, screenWidth: 960, screenHeight: 540, ratio: 2 }
  expect(typeFor(screen, enlarged).pixels).toBeCloseTo(typeFor(screen, page).pixels / 2, 5)
})

test('where nothing would fit, it says from how far the wall can be read instead of pretending', () => {
  const { pixels, readableMetres } = typeFor({ ...screen, distanceMetres: 20 }, page)
  expect(pixels).toBe(96)
  expect(readableMetres).toBeGreaterThan(7)
  expect(readableMetres).toBeLessThan(8)
})
