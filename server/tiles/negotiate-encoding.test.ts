import { expect, test } from 'vitest'
import { negotiateEncoding } from './negotiate-encoding.ts'

test.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['br;q=0', 'identity'],
  ['br;q=0, gzip', 'gzip'],
  ['*', 'br'],
  ['*;q=0.1, gzip;q=0.2', 'gzip'],
  ['identity;q=0, *;q=0', undefined],
  ['*;q=0', undefined],
  ['identity', 'identity'],
  ['gzip;q=0.1', 'gzip'],
  ['BR', 'br'],
  ['x-gzip', 'gzip'],
  ['br;q=nonsense, gzip', 'gzip'],
  ['zstd', 'identity'],
] as const)('Accept-Encoding %j gives %j', (header, encoding) => {
  expect(negotiateEncoding(header)).toBe(encoding)
})
