import type { Sql } from '../platform/database.ts'
import { hourly } from '../platform/hourly.ts'
import { doomLoose, dropPhotosOfDeletedNotes, forgetLoose } from './photo.store.ts'
import { photoKey } from './photo-keys.ts'
import type { PhotoStore } from './photo-store.ts'

/** Longer than any upload takes. */
const UPLOAD_MINUTES = 60
/** For as long a note that was deleted can be brought back with its photos. */
const KEEP_DAYS = 30
const AT_ONCE = 200

/** Removes both files of a photo that has no row, then forgets it. What fails is left to a later sweep. */
export async function removeLoose(sql: Sql, store: PhotoStore, id: string): Promise<void> {
  await store.delete(photoKey(id, 'thumb'))
  await store.delete(photoKey(id, 'full'))
  await forgetLoose(sql, id)
}

/**
 * Removes files that no photo needs: of deleted photos, of uploads that were never finished (a crash, a lost
 * connection), of notes deleted long ago. Safe while uploads go on and in several processes at once. Returns how many
 * photos were removed; throws when the store or the database does not answer.
 */
export async function sweepPhotos(
  sql: Sql,
  store: PhotoStore,
  { uploadMinutes = UPLOAD_MINUTES, keepDays = KEEP_DAYS } = {},
): Promise<number> {
  await dropPhotosOfDeletedNotes(sql, keepDays)
  let removed = 0
  for (;;) {
    const ids = await doomLoose(sql, uploadMinutes, AT_ONCE)
    if (ids.length === 0) return removed
    for (const id of ids) await removeLoose(sql, store, id)
    removed += ids.length
  }
}

/** Sweeps now and every hour. Returns what ends it; the next server goes on where it was. */
export const sweepPhotosHourly = (
  sql: Sql,
  store: PhotoStore,
  failed: (error: unknown) => void,
): (() => void) => hourly(() => sweepPhotos(sql, store), failed)
