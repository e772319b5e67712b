import { join } from 'node:path'
import type { Env } from '../platform/env.ts'
import { openFolderStore } from './folder-store.ts'
import type { PhotoStore } from './photo-store.ts'
import { openS3Store } from './s3-store.ts'

/** The store that the environment names. Touches nothing until the first photo. */
export function openPhotoStore({ photos, dataFolder }: Pick<Env, 'photos' | 'dataFolder'>): PhotoStore {
  if (photos?.kind === 's3') return openS3Store(photos)
  return openFolderStore(photos?.folder ?? join(dataFolder, 'photos'))
}
