import { expect, test } from 'vitest'
import { newsOf } from './news.ts'

test('what is open as the wall is switched on is no news; what comes then is, once, and again when it comes back', () => {
  const opened = newsOf(undefined, ['a', 'b'])
  expect(opened.fresh).toEqual([])
  const more = newsOf(opened.seen, ['a', 'b', 'c'])
  expect(more.fresh).toEqual(['c'])
  expect(newsOf(more.seen, ['a', 'b', 'c']).fresh).toEqual([])
  const shelved = newsOf(more.seen, ['a', 'b'])
  expect(newsOf(shelved.seen, ['a', 'b', 'c']).fresh).toEqual(['c'])
  expect(shelved.seen.size).toBe(2)
})
