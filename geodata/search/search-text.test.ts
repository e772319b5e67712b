import { describe, expect, test } from 'vitest'
import { searchNeedle, searchText } from './search-text.ts'

describe('search text', () => {
  const text = searchText('communities', { name: '柳堤社区 A座12', code: '990101001001' })
  test.each(['柳堤社区', '柳堤社区 A座', 'liudi', 'Liu Di She Qu', 'ldsq', '990101001001', 'a座12'])(
    'a name is found by %s',
    (query) => expect(text).toContain(searchNeedle(query)),
  )
  test('a name without Chinese adds no pinyin', () => {
    expect(searchText('roads', { name: 'Rue Grimaldi' })).toBe('ruegrimaldi')
  })
  test('values that are not text are left out', () => {
    expect(searchText('buildings', { name: null, address: 7 })).toBe('')
  })
})
