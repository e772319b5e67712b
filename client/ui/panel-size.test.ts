import { expect, test } from 'vitest'
import { clampWidth, readPanelSize, USUAL } from './panel-size.ts'

test('what was remembered wrongly does not leave a panel that fills the window or none', () => {
  expect(readPanelSize('{"layers":5000,"place":-3,"sheet":"none"}')).toEqual({
    layers: 560,
    place: 280,
    sheet: 'half',
  })
  expect(readPanelSize('{"layers":null,"place":"400"}')).toEqual(USUAL)
  for (const broken of [null, '', '{', '[]', '3', 'null']) expect(readPanelSize(broken)).toEqual(USUAL)
})

test('a width between pixels is kept whole', () => {
  expect(clampWidth('layers', 333.4)).toBe(333)
})
