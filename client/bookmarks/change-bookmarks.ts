import { type Bookmark, MOST_BOOKMARKS, MOST_NAME } from './bookmarks.ts'

type List = readonly Bookmark[]

export const addBookmark = (list: List, bookmark: Bookmark): List =>
  list.length >= MOST_BOOKMARKS ? list : [...list, bookmark]

export const renameBookmark = (list: List, id: string, name: string): List =>
  list.map((one) => (one.id === id ? { ...one, name: name.trim().slice(0, MOST_NAME) || one.name } : one))

export const removeBookmark = (list: List, id: string): List => list.filter((one) => one.id !== id)

/** Puts a removed one back at its place, or at the end of a list that has become shorter. */
export const restoreBookmark = (list: List, bookmark: Bookmark, at: number): List =>
  list.some(({ id }) => id === bookmark.id) ? list : list.toSpliced(Math.min(at, list.length), 0, bookmark)

/** One place up (−1) or down (+1); at the ends it stays. */
export function moveBookmark(list: List, id: string, by: -1 | 1): List {
  const from = list.findIndex((one) => one.id === id)
  const to = from + by
  if (from < 0 || to < 0 || to >= list.length) return list
  return list.toSpliced(from, 1).toSpliced(to, 0, list[from]!)
}
