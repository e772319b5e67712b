import { body, type Entry, get, read } from './access-entry.ts'

const note = (ask: Entry['ask']): Entry => ({ permission: 'note', concern: 'write', ask })

/** Notes and photos. */
export const NOTE_ROUTES: Record<string, Entry> = {
  'GET /api/v1/notes': read(({ ids }) => get(`/api/v1/notes?layer=buildings&feature=${ids.buildings}`)),
  'GET /api/v1/notes/{id}': read(({ noteId }) => get(`/api/v1/notes/${noteId}`)),
  'POST /api/v1/notes': note(({ ids }) =>
    body('POST', '/api/v1/notes', { layer: 'buildings', feature: ids.buildings, text: '又一条' }),
  ),
  'PATCH /api/v1/notes/{id}': note(async ({ noteId, mark, etagOf }) => ({
    ...body('PATCH', `/api/v1/notes/${noteId}`, { text: `${mark}改过` }),
    headers: { 'if-match': await etagOf(`/api/v1/notes/${noteId}`) },
  })),
  'DELETE /api/v1/notes/{id}': note(async ({ freshNote, etagOf }) => {
    const path = `/api/v1/notes/${await freshNote()}`
    return { method: 'DELETE', path, headers: { 'if-match': await etagOf(path) } }
  }),
  'POST /api/v1/notes/{id}/restore': note(async ({ deletedNote }) => {
    const { id, etag } = await deletedNote()
    return { method: 'POST', path: `/api/v1/notes/${id}/restore`, headers: { 'if-match': etag } }
  }),
  'POST /api/v1/photos': note(({ ids, picture }) => ({
    method: 'POST',
    path: `/api/v1/photos?layer=buildings&feature=${ids.buildings}`,
    body: picture,
    headers: { 'content-type': 'image/png' },
  })),
  'GET /api/v1/photos': read(
    ({ ids }) => get(`/api/v1/photos?layer=buildings&feature=${ids.buildings}`),
    ({ text }, { photoId }) => text.includes(photoId),
  ),
  'GET /api/v1/photos/{id}/{size}': read(
    ({ photoId }) => get(`/api/v1/photos/${photoId}/thumb`),
    ({ status, bytes }) => status === 200 && bytes.length > 0,
  ),
  'DELETE /api/v1/photos/{id}': note(async ({ freshPhoto }) => ({
    method: 'DELETE',
    path: `/api/v1/photos/${await freshPhoto()}`,
  })),
}
