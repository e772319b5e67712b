import { useSyncExternalStore } from 'react'
import { parseCamera } from '../map/camera.ts'

export interface Bookmark {
  id: string
  name: string
  /** As in the URL; see map/camera.ts. */
  camera: string
}

const KEY = 'gridward.bookmarks'
/** Where a list that cannot be read is kept, so that nothing is lost by going on without it. */
const UNREADABLE = 'gridward.bookmarks.unreadable'
export const MOST_BOOKMARKS = 100
export const MOST_NAME = 60

const listeners = new Set<() => void>()
let text: string | null | undefined
let list: readonly Bookmark[] = []

/** Sound bookmarks of a stored list; undefined for what is no list. */
export function readBookmarks(stored: string): Bookmark[] | undefined {
  let raw: unknown
  try {
    raw = JSON.parse(stored)
  } catch {
    return undefined
  }
  if (!Array.isArray(raw)) return undefined
  const known = new Set<string>()
  return raw
    .filter(
      (entry): entry is Bookmark =>
        typeof entry?.id === 'string' &&
        typeof entry.name === 'string' &&
        typeof entry.camera === 'string' &&
        parseCamera(entry.camera) !== undefined &&
        !known.has(entry.id) &&
        Boolean(known.add(entry.id)),
    )
    .slice(0, MOST_BOOKMARKS)
    .map(({ id, name, camera }) => ({ id, name: name.slice(0, MOST_NAME), camera }))
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY)
  } catch {
    return null
  }
}

export function getBookmarks(): readonly Bookmark[] {
  const now = stored()
  if (now === text) return list
  text = now
  const read = now === null ? [] : readBookmarks(now)
  if (now !== null && !read) localStorage.setItem(UNREADABLE, now)
  list = read ?? []
  return list
}

/** Replaces the list. Throws when the browser keeps nothing (full, or refused). */
export function putBookmarks(next: readonly Bookmark[]): void {
  const written = JSON.stringify(next)
  localStorage.setItem(KEY, written)
  text = written
  list = next
  for (const listener of listeners) listener()
}

function subscribe(onChange: () => void): () => void {
  listeners.add(onChange)
  window.addEventListener('storage', onChange)
  return () => {
    listeners.delete(onChange)
    window.removeEventListener('storage', onChange)
  }
}

/** The cameras that this browser has kept, in the order of their keys. */
export const useBookmarks = () => useSyncExternalStore(subscribe, getBookmarks)
