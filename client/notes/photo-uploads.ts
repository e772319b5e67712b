import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useSyncExternalStore } from 'react'
import { type Subject, uploadPhoto } from '../api/notes.ts'
import { createUploads, type Upload } from './uploads.ts'

/** Live events of the kind `note` name the same key. */
export const notesKey = ({ layer, feature }: Subject) => ['notes', layer, feature]

let queries: QueryClient | undefined

export const photoUploads = createUploads(uploadPhoto, ({ subject }) => {
  void queries?.invalidateQueries({ queryKey: notesKey(subject) })
})

addEventListener('beforeunload', (event) => {
  const underWay = ({ state }: Upload) => state === 'waiting' || state === 'sending'
  if (photoUploads.list().some(underWay)) event.preventDefault()
})

/** The photos that are on their way to this feature and its notes. */
export function usePhotoUploads({ layer, feature }: Subject): Upload[] {
  queries = useQueryClient()
  return useSyncExternalStore(photoUploads.subscribe, photoUploads.list).filter(
    ({ subject }) => subject.layer === layer && subject.feature === feature,
  )
}
