import { randomUUID } from 'node:crypto'
import type { Photo } from '../../geodata/notes/note.schema.ts'
import { Problem } from '../../geodata/shared/problem.ts'
import type { Sql } from '../platform/database.ts'
import { takeTurns } from '../platform/take-turns.ts'
import { makeSizes, PHOTO_TYPE, type Sizes } from './make-sizes.ts'
import { announcePhoto, doomPhoto, insertPhoto, type NewPhoto, type Subject } from './photo.store.ts'
import { photoKey } from './photo-keys.ts'
import type { PhotoStore } from './photo-store.ts'
import { removeLoose } from './sweep-photos.ts'

/** Decoding takes up to 150 MB and a core. */
const decodeInTurn = takeTurns(2, 20)

/**
 * Decodes, stores and records a photo. The row is written after both files; when anything fails, or the client went
 * away, the files are removed, and what cannot be removed now the sweep removes later. Throws what makeSizes,
 * insertPhoto and the store throw.
 */
export async function addPhoto(
  { sql, store }: { sql: Sql; store: PhotoStore },
  bytes: Uint8Array,
  about: Subject & Pick<NewPhoto, 'note' | 'author' | 'reach' | 'claim'>,
  signal?: AbortSignal,
): Promise<Photo> {
  const sizes = await decodeInTurn(async () => {
    stopIfGone(signal)
    return makeSizes(bytes)
  })
  stopIfGone(signal)
  const id = randomUUID()
  await announcePhoto(sql, id)
  try {
    await putSizes(store, id, sizes)
    stopIfGone(signal)
    const { width, height, full } = sizes
    return await insertPhoto(sql, { ...about, id, width, height, bytes: full.length })
  } catch (error) {
    await withdraw(sql, store, id).catch(() => {})
    throw error
  }
}

/** The answer to a commit may have been lost: files go only where the database says that the photo has no row. */
async function withdraw(sql: Sql, store: PhotoStore, id: string): Promise<void> {
  if (await doomPhoto(sql, id)) await removeLoose(sql, store, id)
}

async function putSizes(store: PhotoStore, id: string, { full, thumb }: Sizes): Promise<void> {
  await store.put(photoKey(id, 'thumb'), thumb, PHOTO_TYPE)
  await store.put(photoKey(id, 'full'), full, PHOTO_TYPE)
}

function stopIfGone(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new Problem('bad-request', 'The upload was cancelled; nothing was kept.')
}
