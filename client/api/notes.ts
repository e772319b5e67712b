import type { Note, Photo, PhotoSize } from '../../geodata/notes/note.schema.ts'
import type { LayerId } from '../../geodata/shared/layer.ts'
import { askToRenew } from './renewal.ts'
import { ApiError, requestJson, withQuery } from './request.ts'
import { sendJson } from './send-json.ts'

const NOTES = '/api/v1/notes'
const PHOTOS = '/api/v1/photos'

/** The feature that notes and photos are about. */
export interface Subject {
  layer: LayerId
  feature: number
}

export interface NotePage {
  notes: Note[]
  next: string | null
}

export interface PhotoPage {
  photos: Photo[]
  next: string | null
}

const subjectOf = ({ layer, feature }: Subject) => ({ layer, feature })

/** Newest first. */
export const listNotes = (subject: Subject, cursor: string | undefined, signal?: AbortSignal) =>
  requestJson<NotePage>(withQuery(NOTES, { ...subjectOf(subject), cursor }), signal ? { signal } : {})

export const getNote = (id: number) => requestJson<Note>(`${NOTES}/${id}`)

export const postNote = (subject: Subject, text: string) =>
  sendJson<Note>('POST', NOTES, { ...subjectOf(subject), text })

/** Throws ApiError 412 when someone else changed it since. */
export const patchNote = ({ id, version }: Note, text: string) =>
  sendJson<Note>('PATCH', `${NOTES}/${id}`, { text }, version)

export const deleteNote = async ({ id, version }: Note): Promise<void> => {
  await sendJson<Note>('DELETE', `${NOTES}/${id}`, undefined, version)
}

/** Brings a deleted note back with its photos. */
export const restoreNote = ({ id, version }: Note) =>
  sendJson<Note>('POST', `${NOTES}/${id}/restore`, undefined, version)

/** Photos of the feature that belong to no note, newest first. */
export const listLoosePhotos = (subject: Subject, cursor: string | undefined, signal?: AbortSignal) =>
  requestJson<PhotoPage>(
    withQuery(PHOTOS, { ...subjectOf(subject), note: 'none', cursor }),
    signal ? { signal } : {},
  )

export const photoUrl = (id: string, size: PhotoSize) => `${PHOTOS}/${id}/${size}`

export const deletePhoto = async (id: string): Promise<void> => {
  await sendJson<undefined>('DELETE', `${PHOTOS}/${id}`)
}

export interface PhotoUpload {
  subject: Subject
  note: number | undefined
  file: File
}

/**
 * Sends a photo; `onProgress` hears the share that was sent, 0–1. Throws ApiError, and an AbortError when `signal`
 * aborts. fetch tells nothing of a body's progress, so this is an XMLHttpRequest.
 */
export function uploadPhoto(
  { subject, note, file }: PhotoUpload,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Photo> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const abort = () => request.abort()
    const settle = (act: () => void) => () => {
      signal.removeEventListener('abort', abort)
      act()
    }
    request.open('POST', withQuery(PHOTOS, { ...subjectOf(subject), note }))
    request.responseType = 'json'
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    request.onload = settle(() => {
      const { status, statusText, response } = request
      if (status === 201) return resolve(response as Photo)
      if (status === 401) askToRenew()
      reject(new ApiError(status, response?.code ?? 'http', response?.detail ?? `${status} ${statusText}`))
    })
    request.onerror = settle(() => reject(new ApiError(0, 'unreachable', 'unreachable')))
    request.onabort = settle(() => reject(new DOMException('cancelled', 'AbortError')))
    if (signal.aborted) return reject(new DOMException('cancelled', 'AbortError'))
    signal.addEventListener('abort', abort, { once: true })
    const form = new FormData()
    form.set('file', file, file.name || 'photo')
    request.send(form)
  })
}
