import { expect, test } from 'vitest'
import { type Bookmark, readBookmarks } from './bookmarks.ts'
import {
  addBookmark,
  moveBookmark,
  removeBookmark,
  renameBookmark,
  restoreBookmark,
} from './change-bookmarks.ts'

const list: Bookmark[] = ['a', 'b', 'c'].map((id) => ({ id, name: id, camera: '15/31/120' }))
const ids = (of: readonly Bookmark[]) => of.map(({ id }) => id).join('')

test('order changes by one place and stops at the ends', () => {
  expect(ids(moveBookmark(list, 'c', -1))).toBe('acb')
  expect(ids(moveBookmark(list, 'a', 1))).toBe('bac')
  expect(ids(moveBookmark(list, 'a', -1))).toBe('abc')
  expect(ids(moveBookmark(list, 'x', 1))).toBe('abc')
})

test('a removal taken back puts the bookmark where it was, once', () => {
  const without = removeBookmark(list, 'b')
  const back = restoreBookmark(without, list[1]!, 1)
  expect(ids(back)).toBe('abc')
  expect(ids(restoreBookmark(back, list[1]!, 1))).toBe('abc')
})

test('an empty name keeps the old one, and the list does not grow without end', () => {
  expect(renameBookmark(list, 'a', '  ')[0]!.name).toBe('a')
  expect(renameBookmark(list, 'a', ' 河边 ')[0]!.name).toBe('河边')
  const full = Array.from({ length: 100 }, (_, at) => ({ ...list[0]!, id: String(at) }))
  expect(addBookmark(full, list[0]!)).toHaveLength(100)
})

test('a stored list that is damaged gives what is sound in it, or nothing instead of a crash', () => {
  expect(readBookmarks('{')).toBeUndefined()
  expect(readBookmarks('{"a":1}')).toBeUndefined()
  const mixed = [list[0], null, 3, { id: 'x' }, { ...list[1], camera: 'javascript:1' }, list[0], list[2]]
  expect(ids(readBookmarks(JSON.stringify(mixed))!)).toBe('ac')
})
