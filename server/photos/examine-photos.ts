import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Env } from '../platform/env.ts'
import { openPhotoStore } from './open-photo-store.ts'
import type { PhotoStore } from './photo-store.ts'

/**
 * Whether the photo store takes, gives back and removes a small file; a folder may stay behind, empty. `problem` says
 * what is wrong and what to do.
 */
export async function examinePhotos(
  env: Pick<Env, 'photos' | 'dataFolder'>,
  store: PhotoStore = openPhotoStore(env),
): Promise<{ place: string; problem?: string }> {
  const { photos, dataFolder } = env
  const place =
    photos?.kind === 's3'
      ? `bucket ${photos.bucket} at ${photos.endpoint}`
      : (photos?.folder ?? join(dataFolder, 'photos'))
  const key = `doctor/${randomBytes(8).toString('hex')}.txt`
  const bytes = randomBytes(16)
  try {
    await store.put(key, bytes, 'text/plain')
    try {
      const found = await store.get(key)
      if (!found || !bytes.equals(found))
        return { place, problem: 'It does not give back what was put there. See that it is one store.' }
    } finally {
      await store.delete(key)
    }
    return { place }
  } catch (error) {
    return { place, problem: (error as Error).message }
  }
}
