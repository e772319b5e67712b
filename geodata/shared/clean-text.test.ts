import { expect, test } from 'vitest'
import { cleanText } from './clean-text.ts'
import { text } from './fields.ts'

test('NUL goes, a lone surrogate becomes U+FFFD, a pair that NUL parted is one character again', () => {
  expect(cleanText('a\u0000b')).toBe('ab')
  expect(cleanText('\ud800x\udc00')).toBe('\ufffdx\ufffd')
  expect(cleanText('\ud842\u0000\udfb7')).toBe('𠮷')
})

test('a cut never leaves half a character', () => {
  expect(cleanText('a𠮷b', 2)).toBe('a')
  expect(cleanText('a𠮷b', 3)).toBe('a𠮷')
  expect(cleanText('abc', 3)).toBe('abc')
})

test('fields and queries refuse what the database cannot keep, and take characters beyond the first plane', () => {
  expect(text().safeParse('𠮷野家').success).toBe(true)
  for (const bad of ['a\u0000', '\ud800', 'x\udfb7y', '\u0001'])
    expect(text().safeParse(bad).success).toBe(false)
})
