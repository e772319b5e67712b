import { expect, test } from 'vitest'
import { layOutSheet, ORIENTATIONS, PAPERS } from './paper.ts'
import { readSheet, type SheetState, writeSheet } from './sheet-state.ts'

const state: SheetState = {
  paper: 'a3',
  orientation: 'portrait',
  legend: false,
  scale: 2500,
  centre: [120.6345, 31.2],
  bearing: -12.5,
  title: '夜间巡查 / 第 3 组',
}

test('a link brings back the sheet, with a title that has slashes or none', () => {
  expect(readSheet(writeSheet(state))).toEqual(state)
  expect(readSheet(writeSheet({ ...state, title: undefined }))).toEqual({ ...state, title: undefined })
  expect(readSheet(writeSheet({ ...state, title: '' }))).toEqual({ ...state, title: '' })
})

test('a broken or hostile link opens no sheet that cannot be drawn', () => {
  for (const text of [
    undefined,
    '',
    'a4',
    'a9/landscape/legend/5000/31/120/0',
    'a4/landscape/legend//31/120/0',
    'a4/landscape/legend/5000/91/120/0',
    'a4/landscape/legend/0/31/120/0',
    'a4/landscape/legend/1e400/31/120/0',
    'a4/landscape/maybe/5000/31/120/0',
    'a4/landscape/legend/5000/31/120',
  ])
    expect(readSheet(text), text).toBeUndefined()
  expect(readSheet(`a4/landscape/legend/5000/31/120/0/${'长'.repeat(500)}`)!.title).toHaveLength(80)
})

test('the parts of every sheet add up to its page', () => {
  for (const paper of PAPERS)
    for (const orientation of ORIENTATIONS)
      for (const legend of [true, false]) {
        const sheet = layOutSheet(paper, orientation, legend)
        const below = orientation === 'portrait' ? (sheet.legend?.high ?? 0) : 0
        const beside = orientation === 'landscape' ? (sheet.legend?.wide ?? 0) : 0
        expect(sheet.map.high + below + sheet.head + sheet.foot + 2 * sheet.margin + 0.6).toBeCloseTo(
          sheet.page.high,
          6,
        )
        expect(sheet.map.wide + beside + 2 * sheet.margin + 0.6).toBeCloseTo(sheet.page.wide, 6)
        expect(sheet.mapPixels.wide / 96).toBeCloseTo(sheet.map.wide / 25.4, 1)
      }
})
