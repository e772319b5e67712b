import { expect, test } from 'vitest'
import { pictureName } from './file-name.ts'

const time = new Date(2026, 10, 2, 9, 5)

test('a title with signs that file systems refuse still names a file', () => {
  expect(pictureName('莲风社区', time, 2)).toBe('莲风社区-20261102-0905@2x.png')
  expect(pictureName('../a\\b: "c"?\u0000|', time, 1)).toBe('a-b-c-20261102-0905.png')
  expect(pictureName(' ... ', time, 1)).toBe('gridward-20261102-0905.png')
  expect(pictureName('长'.repeat(300), time, 1).length).toBeLessThan(90)
})
